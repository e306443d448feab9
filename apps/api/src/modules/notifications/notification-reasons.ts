import type { Permission } from '#core/tenancy/permissions.js';

/** Why somebody is told. The order is part of the links that turn mails off: add at the end. */
export const NOTIFICATION_REASONS = [
  'mentioned',
  'assigned',
  'customer_replied',
  'ticket_created',
] as const;
export type NotificationReason = (typeof NOTIFICATION_REASONS)[number];

/** What stands in the list of what somebody was told: a reason, or that they were told of too much at once. */
export const NOTIFICATION_KINDS = [...NOTIFICATION_REASONS, 'suppressed'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

export const MAILINGS = ['at_once', 'digest', 'off'] as const;
export type Mailing = (typeof MAILINGS)[number];

export const DIGEST_RHYTHMS = ['hourly', 'daily'] as const;
export type DigestRhythm = (typeof DIGEST_RHYTHMS)[number];

/** The languages that mails are written in. */
export const MAIL_LOCALES = ['en', 'ar'] as const;

/** How somebody is told for a reason. A type and not an interface: it is kept as JSON. */
export type NotificationChoice = { inApp: boolean; mail: Mailing };

/** What a person has who has chosen nothing: told of what waits for them, mailed only when somebody turned to them. */
export const DEFAULT_CHOICES: Record<NotificationReason, NotificationChoice> = {
  mentioned: { inApp: true, mail: 'at_once' },
  assigned: { inApp: true, mail: 'at_once' },
  customer_replied: { inApp: true, mail: 'digest' },
  ticket_created: { inApp: false, mail: 'off' },
};

/** Milliseconds that a mail at once waits for more of the same: what somebody did to them is told without delay. */
export const GATHERED_FOR: Record<NotificationReason, number> = {
  mentioned: 0,
  assigned: 0,
  customer_replied: 60_000,
  ticket_created: 60_000,
};

/** Whether a person with `permissions` may know of what `kind` tells. */
export function mayKnow(permissions: ReadonlySet<Permission>, kind: string): boolean {
  return permissions.has('tickets:read') && (kind !== 'mentioned' || permissions.has('notes:read'));
}
