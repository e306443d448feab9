import type { NotificationDto } from './dto/notification.dto.js';
import type { NotificationPreferences } from './notification-preferences.view.js';
import { NOTIFICATION_REASONS, type NotificationKind } from './notification-reasons.js';

/** What of a notification leaves the room. */
export const notificationSelect = {
  id: true,
  kind: true,
  ticketId: true,
  messageId: true,
  actorName: true,
  occurrences: true,
  readAt: true,
  createdAt: true,
  latestAt: true,
  ticket: { select: { number: true, subject: true } },
} as const;

/** What a mail about notifications needs of each. */
export const mailedSelect = {
  userId: true,
  kind: true,
  ticketId: true,
  actorName: true,
  occurrences: true,
  ticket: { select: { number: true, subject: true } },
} as const;

export interface MailedRow {
  userId: string;
  kind: string;
  ticketId: string | null;
  actorName: string | null;
  occurrences: number;
  ticket: { number: number; subject: string } | null;
}

interface NotificationRow extends Omit<MailedRow, 'userId'> {
  id: string;
  messageId: string | null;
  readAt: Date | null;
  createdAt: Date;
  latestAt: Date;
}

export function toNotificationDto(row: NotificationRow): NotificationDto {
  return {
    id: row.id,
    kind: row.kind as NotificationKind,
    ticket: row.ticketId !== null && row.ticket ? { id: row.ticketId, ...row.ticket } : null,
    messageId: row.messageId,
    actorName: row.actorName,
    count: row.occurrences,
    readAt: row.readAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    latestAt: row.latestAt.toISOString(),
  };
}

/** Whether a person wants mails about `kind`. Of what was held back: about anything. */
export function wantsMail({ choices }: NotificationPreferences, kind: string): boolean {
  return NOTIFICATION_REASONS.some(
    (reason) => (kind === 'suppressed' || kind === reason) && choices[reason].mail !== 'off',
  );
}
