import type { FieldValue } from '#modules/fields/fields.service.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import type { NewEvent } from '#core/ledger/ledger-event.js';
import type { SeenVersion } from '#core/context/version.js';
import { isDifferent } from '#core/context/version.js';
import type { TicketPriority, TicketStatus, TicketType } from './ticket-terms.js';
import type { TicketRow } from './tickets.view.js';

/** What somebody wants a ticket to be. What is left out stays; null empties. */
export interface TicketChange {
  subject?: string;
  priority?: TicketPriority;
  type?: TicketType | null;
  /** The category alone, which means its default state unless the ticket is in it already. */
  status?: TicketStatus;
  /** A state, and with it its category. Excludes `status`. */
  stateId?: string;
  assigneeId?: string | null;
  teamId?: string | null;
  requesterId?: string;
  /** All tags. Excludes the two below, which leave the other tags alone. */
  tags?: string[];
  addTags?: string[];
  removeTags?: string[];
  cc?: string[];
  fields?: Record<string, unknown>;
  /** An instant, ISO 8601. */
  snoozedUntil?: string | null;
}

export interface ChangeOptions {
  /** The operation that the change is a part of, by which it can be undone. */
  operationId?: string;
  /** The version that the changer has seen; they are refused when somebody has changed the same fields since. */
  seen?: SeenVersion;
  /** Who must have the ticket for the change to be made; null for nobody. */
  ifAssigneeId?: string | null;
  /** Whether it may close the ticket and open a closed one, which a plain edit may not. */
  maySettle?: boolean;
  /** Whether it may close the ticket, and open none: what many tickets or a macro are given may be a closed state. */
  mayClose?: boolean;
  /**
   * The change brings back what was: archived states and teams and the values of fields are taken as they are, and
   * nothing is required of a ticket that goes back to being solved.
   */
  restores?: boolean;
}

/** What came of a change. */
export interface AppliedChange {
  before: ChangingTicket;
  after: ChangingTicket;
  /**
   * What became different, as `[before, after]` by its name in a {@link TicketChange} (custom fields as
   * `fields.<key>`): enough to undo it. Empty when all was so already.
   */
  changed: Record<string, [unknown, unknown]>;
}

/** A ticket as a change sees it. */
export interface ChangingTicket extends TicketRow {
  fields: Record<string, FieldValue>;
}

/** The columns that a change may write. */
export type TicketColumns = Pick<
  ChangingTicket,
  | 'subject'
  | 'priority'
  | 'type'
  | 'status'
  | 'stateId'
  | 'assigneeId'
  | 'assigneeName'
  | 'teamId'
  | 'requesterId'
  | 'requesterEmail'
  | 'requesterName'
  | 'companyId'
  | 'tags'
  | 'cc'
  | 'fields'
> & { snoozedUntil: string | null; closedAt: string | null };

/** What a change says of a ticket by itself, each of it a fact that readers wait for. */
const COMPARED = [
  'subject',
  'priority',
  'type',
  'status',
  'stateId',
  'assigneeId',
  'teamId',
  'requesterId',
  'companyId',
  'tags',
  'cc',
  'snoozedUntil',
] as const;

/** Refuses a change that says two things of one field. Throws {@link ValidationFailed}. */
export function refuseContradiction({
  status,
  stateId,
  tags,
  addTags,
  removeTags,
}: TicketChange): void {
  if (status !== undefined && stateId !== undefined)
    throw new ValidationFailed([
      { field: 'stateId', problem: 'excludes status: send one of them' },
    ]);
  if (tags !== undefined && (addTags !== undefined || removeTags !== undefined))
    throw new ValidationFailed([
      { field: 'tags', problem: 'excludes addTags and removeTags: send all tags or the changes' },
    ]);
}

/** What becomes different of `before` by `target`, custom fields one by one. */
export function differencesOf(
  before: ChangingTicket,
  target: Partial<TicketColumns>,
): Record<string, [unknown, unknown]> {
  const changed: Record<string, [unknown, unknown]> = {};
  for (const field of COMPARED) {
    if (target[field] !== undefined && isDifferent(before[field], target[field]))
      changed[field] = [before[field], target[field]];
  }
  const fields = target.fields ?? before.fields;
  for (const key of new Set([...Object.keys(before.fields), ...Object.keys(fields)])) {
    if (isDifferent(before.fields[key], fields[key]))
      changed[`fields.${key}`] = [before.fields[key] ?? null, fields[key] ?? null];
  }
  return changed;
}

/** The names under which `ticket_versioned` counts what a change asks for. What only adds or takes away is never lost. */
export function versionedNames(change: TicketChange): Map<string, string> {
  const names = new Map<string, string>();
  for (const [field, value] of Object.entries(change)) {
    if (value === undefined || field === 'addTags' || field === 'removeTags') continue;
    if (field === 'fields')
      for (const key of Object.keys(value)) names.set(`fields.${key}`, `fields.${key}`);
    else names.set(field, field === 'stateId' ? 'status' : field);
  }
  return names;
}

/** The facts that a change is told by: who has it, whether it is done and whether it is seen each have one of their own. */
export function eventsOf(
  { id, number }: { id: string; number: number },
  changed: Record<string, [unknown, unknown]>,
  operationId: string | undefined,
): NewEvent[] {
  const { assigneeId, snoozedUntil, ...rest } = changed;
  const { status, stateId, ...others } = rest;
  const settles = status?.[1] === 'closed' || status?.[0] === 'closed';
  const state = { ...(status && { status }), ...(stateId && { stateId }) };
  const updated = settles ? others : rest;
  const event = (type: string, changes: NewEvent['changes'], facts = {}): NewEvent => ({
    type,
    subject: { type: 'ticket', id },
    data: { number, ...facts },
    changes: changes!,
    ...(operationId && { operationId }),
  });
  return [
    ...(Object.keys(updated).length > 0 ? [event('ticket.updated', updated)] : []),
    ...(assigneeId ? [assignment(event, assigneeId)] : []),
    ...(snoozedUntil
      ? [event(snoozedUntil[1] === null ? 'ticket.woken' : 'ticket.snoozed', { snoozedUntil })]
      : []),
    ...(settles
      ? [event(status[1] === 'closed' ? 'ticket.closed' : 'ticket.reopened', state)]
      : []),
  ];
}

function assignment(
  event: (type: string, changes: NewEvent['changes'], facts?: object) => NewEvent,
  assigneeId: [unknown, unknown],
): NewEvent {
  return assigneeId[1] === null
    ? event('ticket.unassigned', { assigneeId })
    : event('ticket.assigned', { assigneeId }, { assigneeId: assigneeId[1] });
}
