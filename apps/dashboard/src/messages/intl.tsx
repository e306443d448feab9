import { Direction } from 'radix-ui';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { en } from './en.js';
import {
  languages,
  loadMessages,
  translator,
  type Language,
  type Messages,
  type Translate,
} from './catalog.js';

interface Intl_ {
  language: Language;
  dir: 'ltr' | 'rtl';
  t: Translate;
}

const IntlContext = createContext<Intl_>({ language: 'en', dir: 'ltr', t: translator('en', en) });

/** Gives every component below it the sentences of `language`, and the page its direction. */
export function IntlProvider({ language, children }: { language: Language; children: ReactNode }) {
  const [loaded, setLoaded] = useState<{ language: Language; messages: Messages }>({
    language: 'en',
    messages: en,
  });
  useEffect(() => {
    let current = true;
    void loadMessages(language).then((messages) => {
      if (current) setLoaded({ language, messages });
    });
    return () => {
      current = false;
    };
  }, [language]);

  const value = useMemo<Intl_>(() => {
    const { dir } = languages[loaded.language];
    return { language: loaded.language, dir, t: translator(loaded.language, loaded.messages) };
  }, [loaded]);

  useEffect(() => {
    document.documentElement.lang = value.language;
    document.documentElement.dir = value.dir;
  }, [value]);

  // Waiting for the chosen language is shorter than reading a flash of the wrong one.
  if (loaded.language !== language && loaded.language === 'en') return null;
  return (
    <IntlContext value={value}>
      <Direction.Provider dir={value.dir}>{children}</Direction.Provider>
    </IntlContext>
  );
}

/** The sentences, the language and the direction of the page. */
export function useIntl(): Intl_ {
  return use(IntlContext);
}

/** The function that turns a message key into a sentence. */
export function useText(): Translate {
  return use(IntlContext).t;
}
