import { IntlMessageFormat } from 'intl-messageformat';
import type { accessEn } from './access-en.js';
import type { billingEn } from './billing-en.js';
import type { customersEn } from './customers-en.js';
import type { deskSettingsEn } from './desk-settings-en.js';
import { en } from './en.js';
import type { integrationsEn } from './integrations-en.js';
import type { staffEn } from './staff-en.js';
import type { supportEn } from './support-en.js';
import type { ticketEn } from './ticket-en.js';
import type { workEn } from './work-en.js';

type Core = typeof en;

export type MessageKey =
  | keyof Core
  | keyof typeof accessEn
  | keyof typeof billingEn
  | keyof typeof customersEn
  | keyof typeof deskSettingsEn
  | keyof typeof integrationsEn
  | keyof typeof staffEn
  | keyof typeof supportEn
  | keyof typeof ticketEn
  | keyof typeof workEn;
export type Messages = Record<keyof Core, string>;
export type MessageValues = Record<string, string | number | boolean | Date>;
export type Language = 'en' | 'ar';

type Parsed = ReturnType<IntlMessageFormat['getAst']>;
type Sentences = Record<string, string>;

/** The languages that are complete, in their own words. */
export const languages: Record<Language, { name: string; dir: 'ltr' | 'rtl' }> = {
  en: { name: 'English', dir: 'ltr' },
  ar: { name: 'العربية', dir: 'rtl' },
};

/** The sentences that the first load does without, by what says them. */
const parts = {
  access: {
    en: async () => (await import('./access-en.js')).accessEn,
    ar: async () => (await import('./access-ar.js')).accessAr,
  },
  billing: {
    en: async () => (await import('./billing-en.js')).billingEn,
    ar: async () => (await import('./billing-ar.js')).billingAr,
  },
  customers: {
    en: async () => (await import('./customers-en.js')).customersEn,
    ar: async () => (await import('./customers-ar.js')).customersAr,
  },
  deskSettings: {
    en: async () => (await import('./desk-settings-en.js')).deskSettingsEn,
    ar: async () => (await import('./desk-settings-ar.js')).deskSettingsAr,
  },
  integrations: {
    en: async () => (await import('./integrations-en.js')).integrationsEn,
    ar: async () => (await import('./integrations-ar.js')).integrationsAr,
  },
  staff: {
    en: async () => (await import('./staff-en.js')).staffEn,
    ar: async () => (await import('./staff-ar.js')).staffAr,
  },
  support: {
    en: async () => (await import('./support-en.js')).supportEn,
    ar: async () => (await import('./support-ar.js')).supportAr,
  },
  ticket: {
    en: async () => (await import('./ticket-en.js')).ticketEn,
    ar: async () => (await import('./ticket-ar.js')).ticketAr,
  },
  work: {
    en: async () => (await import('./work-en.js')).workEn,
    ar: async () => (await import('./work-ar.js')).workAr,
  },
} satisfies Record<string, Record<Language, () => Promise<Sentences>>>;

export type MessagePart = keyof typeof parts;

const asked = new Set<MessagePart>();
const loaded = new Set<string>();
/** What has been fetched of them, by language. */
const fetched: Record<Language, Sentences> = { en: {}, ar: {} };

/** Fetches sentences; whatever says them waits for this first. */
export async function loadParts(language: Language, names: Iterable<MessagePart>): Promise<void> {
  await Promise.all(
    [...names].map(async (name) => {
      asked.add(name);
      const mark = `${language}.${name}`;
      if (loaded.has(mark)) return;
      Object.assign(fetched[language], await parts[name][language]());
      loaded.add(mark);
    }),
  );
}

/** English comes with the page; any other language is fetched when it is chosen. */
export async function loadMessages(language: Language): Promise<Messages> {
  // What is open already says it in the new language too.
  await loadParts(language, asked);
  return language === 'ar' ? (await import('./ar.js')).ar : en;
}

/**
 * Turns keys into sentences of one language. The build has parsed every message that takes values
 * (see vite.config.ts); one that is still text takes none.
 */
export function translator(language: Language, messages: Messages) {
  const parsed = new Map<MessageKey, IntlMessageFormat>();
  return (key: MessageKey, values?: MessageValues): string => {
    const source: unknown = (messages as Sentences)[key] ?? fetched[language][key];
    if (typeof source === 'string') return source;
    let message = parsed.get(key);
    if (!message) {
      message = new IntlMessageFormat(source as Parsed, language);
      parsed.set(key, message);
    }
    return String(message.format(values));
  };
}

export type Translate = ReturnType<typeof translator>;
