import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { UserRights } from '#modules/users/user-rights.service.js';
import { nextDigest } from './digest-time.js';
import { Preferences, type NotificationPreferences } from './notification-preferences.service.js';
import { GATHERED_FOR, mayKnow, type NotificationReason } from './notification-reasons.js';
import { tellPeople } from './notifications.sql.js';

/** An event further down a chain of jobs than anything that a person would begin. */
const DEEPEST = 5;

/** What somebody is to be told because of an event of a ticket. */
export interface Occasion {
  reason: NotificationReason;
  event: { id: string; depth: number; actor: { id: string | null } };
  ticketId: string;
  messageId: string | null;
  /** Null for a program, or for somebody whose name is not known. */
  actorName: string | null;
}

/**
 * Tells people, each as they have chosen: only those who may come in and know of it now, never whoever did it, and once
 * for an event however often its job runs. What happens again before they looked is counted, and a flood is told as one.
 */
@Injectable()
export class NotificationTelling {
  constructor(
    private readonly system: SystemDb,
    private readonly preferences: Preferences,
    private readonly rights: UserRights,
    private readonly organizations: OrganizationsService,
    private readonly clock: Clock,
  ) {}

  /** Tells those of `ids`. One statement: the notification and the mark that it is to be mailed stand or fall together. */
  async tell(ids: readonly string[], occasion: Occasion): Promise<void> {
    const { reason, event, ticketId, messageId, actorName } = occasion;
    const others = [...new Set(ids)].filter((id) => id !== event.actor.id);
    if (others.length === 0) return;
    const people = [...(await this.rights.of(others)).values()].filter(({ permissions }) =>
      mayKnow(permissions, reason),
    );
    if (people.length === 0) return;
    const now = this.clock.now();
    const [preferencesOf, { timeZone }] = await Promise.all([
      this.preferences.of(people.map(({ id }) => id)),
      this.organizations.current(),
    ]);
    const rows = people.flatMap(({ id }) => {
      const row = rowOf(reason, preferencesOf(id), timeZone, now);
      return row ? [{ id: newId(), userId: id, ...row }] : [];
    });
    if (rows.length === 0) return;
    await this.system.sql(tellPeople, [
      requireOrganizationId('a notification'),
      JSON.stringify(rows),
      event.id,
      now.toISOString(),
      reason,
      ...[ticketId, messageId, actorName],
      event.depth > DEEPEST,
    ]);
  }
}

/** How and when somebody is told; null when they want to hear nothing of it. */
function rowOf(
  reason: NotificationReason,
  { choices, digest, timeZone }: NotificationPreferences,
  zoneOfAll: string,
  now: Date,
) {
  const { inApp, mail } = choices[reason];
  if (mail === 'off') return inApp ? { inApp, mail: null, mailDueAt: null } : null;
  const mailDueAt =
    mail === 'digest'
      ? nextDigest(digest, timeZone ?? zoneOfAll, now)
      : new Date(now.getTime() + GATHERED_FOR[reason]);
  return { inApp, mail, mailDueAt };
}
