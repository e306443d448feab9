import { ar } from './ar.js';
import { en } from './en.js';
import type { NoticeMessages } from './form.js';

const LANGUAGES: Record<string, { messages: NoticeMessages; direction: 'ltr' | 'rtl' }> = {
  en: { messages: en, direction: 'ltr' },
  ar: { messages: ar, direction: 'rtl' },
};

export const NOTICE_LANGUAGES = Object.keys(LANGUAGES);

/** The sentences of `locale` (BCP 47), or English. */
export function languageOf(locale: string) {
  const code = locale.toLowerCase().split('-')[0]!;
  const known = Object.hasOwn(LANGUAGES, code) ? code : 'en';
  return { code: known, ...LANGUAGES[known]! };
}
