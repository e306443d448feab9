import type { Permission } from '../tenancy/permissions.js';

/** Types of facts that are for those alone who hold a further right: whoever is told of a note learns that there is one. */
const NEEDS: Readonly<Record<string, Permission>> = {
  'ticket.noted': 'notes:read',
  'billing.subscribed': 'billing:read',
  'billing.plan_changed': 'billing:read',
  'billing.renewed': 'billing:read',
  'billing.cancellation_asked': 'billing:read',
  'billing.cancellation_withdrawn': 'billing:read',
  'billing.status_changed': 'billing:read',
  'billing.limit_near': 'billing:read',
  'billing.override_given': 'billing:read',
  'billing.override_ended': 'billing:read',
  'billing.profile_changed': 'billing:read',
  'billing.invoice_issued': 'billing:read',
  'billing.invoice_paid': 'billing:read',
  'billing.credit_note_issued': 'billing:read',
};

/** Facts about messages that were moved: which and how many, and notes are among them. */
const COUNT_NOTES: ReadonlySet<string> = new Set([
  'ticket.merged',
  'ticket.unmerged',
  'ticket.split',
  'operation.finished',
  'operation.undone',
]);

/**
 * Types of events that somebody with `permissions` is not told of: in no feed, no stream, no webhook and no timeline.
 * Their place in the log stays empty.
 */
export function hiddenEventTypes(permissions: ReadonlySet<Permission>): string[] {
  return Object.keys(NEEDS).filter((type) => !permissions.has(NEEDS[type]!));
}

/** What somebody with `permissions` is told of an event of that `type`: `data` without what says how many notes there are. */
export function visibleEventData(
  type: string,
  data: Record<string, unknown> | null,
  permissions: ReadonlySet<Permission>,
): Record<string, unknown> | null {
  if (data === null || !COUNT_NOTES.has(type) || permissions.has('notes:read')) return data;
  const { messages: _, messageIds: __, ...rest } = data;
  return rest;
}
