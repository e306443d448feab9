import type { NoticeEntry, NoticeKind } from '../notice-kinds.js';

/** The sentences of one kind, in ICU message syntax. */
export interface NoticeMessage {
  subject: string;
  lines: string[];
  /** Absent for a notice that leads nowhere. */
  button?: string;
}

export type NoticeMessages = Record<NoticeKind, NoticeMessage> & {
  common: Record<'hello' | 'helloNobody' | 'buttonFails' | 'automatic' | 'unsubscribe', string>;
  entries: Record<NoticeEntry['says'], string>;
};
