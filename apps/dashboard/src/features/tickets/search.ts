import type { TicketPriority, TicketStatus } from '../../api/types.js';

export const statuses = ['open', 'pending', 'on_hold', 'solved', 'closed'] as const;
export const priorities = ['urgent', 'high', 'normal', 'low'] as const;
export const sorts = [
  '-updatedAt',
  'updatedAt',
  '-createdAt',
  'createdAt',
  '-lastMessageAt',
  'lastMessageAt',
  '-priority',
  'priority',
  '-number',
  'number',
] as const;

export type TicketSort = (typeof sorts)[number];

/** What the queue shows; it lives in the address, so that a link or a reload restores it. */
export interface TicketSearch {
  status?: TicketStatus;
  /** A person's id, `me` or `none`. */
  assignee?: string;
  priority?: TicketPriority;
  tag?: string;
  requester?: string;
  company?: string;
  /** A team's id, or `none`. */
  team?: string;
  /** The id of a view that somebody keeps; what else is said narrows it. */
  view?: string;
  /** Conditions that nobody keeps yet, in the words of the API. */
  conditions?: string;
  /** Words of the subject. */
  q?: string;
  sort?: TicketSort;
}

function oneOf<T extends string>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((choice) => choice === value);
}

function text(value: unknown, most = 200): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, most) : undefined;
}

/** Takes what it understands out of the address, and nothing else. */
export function toTicketSearch(raw: Record<string, unknown>): TicketSearch {
  const found = {
    status: oneOf<TicketStatus>(statuses, raw.status),
    assignee: text(raw.assignee),
    priority: oneOf<TicketPriority>(priorities, raw.priority),
    tag: text(raw.tag),
    requester: text(raw.requester),
    company: text(raw.company),
    team: text(raw.team),
    view: text(raw.view),
    conditions: text(raw.conditions, 8_000),
    q: text(raw.q),
    sort: oneOf(sorts, raw.sort),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The same, in the words of the API. */
export function toTicketQuery(search: TicketSearch) {
  const { assignee, requester, company, team, view, q, sort, ...rest } = search;
  return {
    ...rest,
    sort,
    ...(assignee && { assigneeId: assignee }),
    ...(requester && { requesterId: requester }),
    ...(company && { companyId: company }),
    ...(team && { teamId: team }),
    ...(view && { viewId: view }),
    ...(q && { subject: q }),
  };
}

/** The views of the rail, in its order. */
export const views = [
  { id: 'mine', search: { status: 'open', assignee: 'me' }, counted: true },
  { id: 'unassigned', search: { status: 'open', assignee: 'none' }, counted: true },
  { id: 'open', search: { status: 'open' }, counted: true },
  { id: 'pending', search: { status: 'pending' }, counted: true },
  { id: 'solved', search: { status: 'solved' }, counted: false },
  { id: 'closed', search: { status: 'closed' }, counted: false },
  { id: 'all', search: {}, counted: false },
] as const satisfies { id: string; search: TicketSearch; counted: boolean }[];

/** The same as conditions, for the views of the rail that are counted. */
export const countedViews = JSON.stringify(
  Object.fromEntries(
    views
      .filter(({ counted }) => counted)
      .map(({ id, search }: { id: string; search: TicketSearch }) => [
        id,
        {
          all: [
            { field: 'status', operator: 'is', value: search.status },
            ...(search.assignee === 'me'
              ? [{ field: 'assigneeId', operator: 'is', value: 'me' }]
              : []),
            ...(search.assignee === 'none' ? [{ field: 'assigneeId', operator: 'is_empty' }] : []),
          ],
        },
      ]),
  ),
);

export type ViewId = (typeof views)[number]['id'];

/** With one of these a search looks at something that no view of the rail shows. */
const narrowing = ['requester', 'company', 'team', 'view', 'conditions'] as const;

/** The view that a search belongs to; `search` when it looks at something of its own. */
export function viewOf(search: TicketSearch): ViewId | 'search' {
  if (narrowing.some((field) => search[field])) return 'search';
  const view = views.find((each) => {
    const wanted: TicketSearch = each.search;
    return wanted.status === search.status && wanted.assignee === search.assignee;
  });
  return view?.id ?? 'search';
}

/** A change of what the queue shows; undefined drops what narrows it. */
export type Show = (change: { [K in keyof TicketSearch]?: TicketSearch[K] | undefined }) => void;
