/** Who sees a view: whoever made it, a team, everybody. */
export const VIEW_SCOPES = ['personal', 'team', 'organization'] as const;
export type ViewScope = (typeof VIEW_SCOPES)[number];

/** What a list can show of each ticket, besides custom fields (`fields.<key>`). */
const COLUMNS = [
  'number',
  'subject',
  'status',
  'state',
  'priority',
  'type',
  'requester',
  'company',
  'assignee',
  'team',
  'tags',
  'channel',
  'messageCount',
  'createdAt',
  'updatedAt',
  'lastMessageAt',
  'closedAt',
  'snoozedUntil',
];

export const A_COLUMN = new RegExp(`^(${COLUMNS.join('|')}|fields\\.[a-z][a-z0-9_]{0,49})$`);
export const COLUMN_PROBLEM = `each column must be one of ${COLUMNS.join(', ')} or fields.<key>`;
export const MOST_COLUMNS = 20;
export const LARGEST_POSITION = 10_000;
