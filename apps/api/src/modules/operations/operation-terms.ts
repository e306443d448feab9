export const OPERATION_KINDS = ['merge', 'split', 'bulk', 'macro'] as const;
export const OPERATION_STATUSES = [
  'queued',
  'running',
  'done',
  'failed',
  'undoing',
  'undone',
] as const;
export const ITEM_STATUSES = ['pending', 'done', 'unchanged', 'failed', 'undone'] as const;

export type OperationKind = (typeof OPERATION_KINDS)[number];
export type OperationStatus = (typeof OPERATION_STATUSES)[number];
export type ItemStatus = (typeof ITEM_STATUSES)[number];

/** How long an operation can be undone. */
export const UNDO_DAYS = 30;
/** Tickets that one bulk operation changes at most. */
export const MOST_IN_BULK = 10_000;
/** Tickets that are merged into another at once. */
export const MOST_IN_MERGE = 50;
/** Messages that are split off at once. */
export const MOST_IN_SPLIT = 100;
