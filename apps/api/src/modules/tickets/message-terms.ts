/** Files that a message carries. */
export const MOST_ATTACHMENTS = 25;
/** People whom a note names. */
export const MOST_MENTIONS = 50;
/** Characters of HTML, its marks included. */
export const LONGEST_HTML = 400_000;

export const DRAFT_KINDS = ['reply', 'note'] as const;

export type DraftKind = (typeof DRAFT_KINDS)[number];
