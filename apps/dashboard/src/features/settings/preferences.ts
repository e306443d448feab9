import { useSyncExternalStore } from 'react';
import { languages, type Language } from '../../messages/catalog.js';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'comfortable' | 'compact';
/** The list beside the open ticket, or (while none is open) the columns of its view over the whole width. */
export type Layout = 'split' | 'columns';

export interface Preferences {
  theme: Theme;
  density: Density;
  language: Language;
  layout: Layout;
}

/** Read by public/boot.js too, before the first paint. */
const storageKey = 'manydesk.preferences';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let current = read();

function read(): Preferences {
  let saved: Partial<Preferences> = {};
  try {
    saved = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Preferences>;
  } catch {
    // Something else wrote there; the defaults are as good as any.
  }
  return {
    theme: saved.theme === 'light' || saved.theme === 'dark' ? saved.theme : 'system',
    density: saved.density === 'compact' ? 'compact' : 'comfortable',
    language: saved.language && saved.language in languages ? saved.language : 'en',
    layout: saved.layout === 'columns' ? 'columns' : 'split',
  };
}

function apply(): void {
  const { dataset } = document.documentElement;
  const { theme, density } = current;
  dataset.theme = theme === 'system' ? (systemDark.matches ? 'dark' : 'light') : theme;
  dataset.density = density;
  for (const listener of listeners) listener();
}

systemDark.addEventListener('change', apply);
window.addEventListener('storage', (event) => {
  if (event.key !== storageKey) return;
  current = read();
  apply();
});

/** Changes one or more of the preferences of this browser. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(storageKey, JSON.stringify(current));
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The language that is chosen now, for what is asked outside a component. */
export function chosenLanguage(): Language {
  return current.language;
}

/** Theme, density and language of this browser. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}
