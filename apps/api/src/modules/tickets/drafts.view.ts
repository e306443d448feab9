import type { AttachmentDto } from '#modules/attachments/dto/attachment.dto.js';
import type { DraftDto, OwnDraftDto } from './dto/draft.dto.js';
import { htmlToText } from './html-text.js';

/** A draft as `drafts.sql.ts` reads it. */
export interface DraftRow {
  id: string;
  kind: string;
  html: string;
  cc: string[] | null;
  bcc: string[];
  mentions: string[];
  version: number;
  updatedAt: string;
}

export interface OwnDraftRow {
  id: string;
  ticketId: string;
  number: number;
  subject: string;
  kind: string;
  html: string;
  updatedAt: string;
}

/** Characters of a draft's words in a list. */
const LONGEST_EXCERPT = 200;

export function toDraftDto({ id: _, ...row }: DraftRow, attachments: AttachmentDto[]): DraftDto {
  return { ...row, attachments };
}

export function toOwnDraftDto({ id: _, html, ...row }: OwnDraftRow): OwnDraftDto {
  const words = htmlToText(html).replace(/\s+/g, ' ').trim();
  // Cut by characters as people count them: half of one is none.
  const characters = [...words];
  const excerpt =
    characters.length <= LONGEST_EXCERPT
      ? words
      : `${characters.slice(0, LONGEST_EXCERPT - 1).join('')}…`;
  return { ...row, excerpt };
}
