import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Log } from '#core/logging/log.js';
import { SuspendedOrganizations } from '#core/tenancy/suspended-organizations.js';
import { Notices, type NoticeKind } from '#modules/notices/notices.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { UserRights, type PersonWithRights } from '#modules/users/user-rights.service.js';
import { Preferences, type NotificationPreferences } from './notification-preferences.service.js';
import { mayKnow } from './notification-reasons.js';
import { wantsMail } from './notifications.view.js';
import { duePeople } from './notifications.sql.js';

const HOUR = 3_600_000;
/** People that one look writes to. */
const BATCH = 50;
/** Notifications that one mail can tell of. */
const LARGEST_MAIL = 500;
/** Mails to a person within an hour; what comes after waits and is one mail. */
const MOST_MAILS = 20;
/** Milliseconds after which no job of an event runs again. */
const KEPT_FOR = 7 * 24 * HOUR;

const dueSelect = {
  id: true,
  kind: true,
  ticketId: true,
  mail: true,
  inApp: true,
  readAt: true,
} as const;

interface DueRow {
  id: string;
  kind: string;
  ticketId: string | null;
  mail: string | null;
  inApp: boolean;
  readAt: Date | null;
}

interface DuePerson {
  organizationId: string;
  userId: string;
}

/**
 * Queues the mails that notifications are due for: one a ticket at once, one digest for all that waits for it. What was
 * read meanwhile, or may not be known any more, is not mailed. A person is written to by one worker at a time, and the
 * mail and its mark are one transaction: once, whoever races and whatever dies.
 */
@Injectable()
@Sweeps({ name: 'notifications.mails', every: 5_000, wokenBy: 'notification_mails' })
export class NotificationMails implements Sweep {
  constructor(
    private readonly system: SystemDb,
    private readonly preferences: Preferences,
    private readonly rights: UserRights,
    private readonly organizations: OrganizationsService,
    private readonly notices: Notices,
    private readonly clock: Clock,
    private readonly suspended: SuspendedOrganizations,
    private readonly log: Log,
  ) {}

  async sweep(): Promise<boolean> {
    const now = this.clock.now();
    const values = [now.toISOString(), BATCH, this.suspended.all()];
    const due = await this.system.sql<DuePerson>(duePeople, values);
    let done = 0;
    for (const person of due) {
      const { organizationId, userId } = person;
      const context = { requestId: 'notification-mails', organizationId };
      await runInContext(context, () => this.#writeTo(person, now)).then(
        () => (done += 1),
        (error: unknown) => this.log.error('notification.not_mailed', { userId, error }),
      );
    }
    if (due.length === 0) await this.#forgetOld(now);
    return due.length === BATCH && done > 0;
  }

  async #writeTo({ organizationId, userId }: DuePerson, now: Date): Promise<void> {
    const person = (await this.rights.of([userId])).get(userId);
    const preferences = (await this.preferences.of([userId]))(userId);
    const locale = preferences.locale ?? (await this.organizations.current()).locale;
    await this.system.transactionIn(organizationId, async (tx) => {
      if (!(await isAlone(tx, userId))) return;
      const mine = { organizationId, userId };
      const rows = await tx.notification.findMany({
        where: { ...mine, mailDueAt: { lte: now } },
        select: dueSelect,
        orderBy: { latestAt: 'asc' },
        take: LARGEST_MAIL,
      });
      const told = rows.filter((row) => isToBeTold(row, person, preferences));
      await tx.notification.updateMany({
        where: { ...mine, id: { in: rows.filter((row) => !told.includes(row)).map(idOf) } },
        data: { mailDueAt: null },
      });
      const lately = await tx.notification.groupBy({
        by: ['mailId'],
        where: { ...mine, mailedAt: { gt: new Date(now.getTime() - HOUR) } },
      });
      const letters = lettersOf(told);
      const sent = letters.slice(0, Math.max(0, MOST_MAILS - lately.length));
      await tx.notification.updateMany({
        where: { ...mine, id: { in: letters.slice(sent.length).flat().map(idOf) } },
        data: { mail: 'digest', mailDueAt: new Date(now.getTime() + HOUR) },
      });
      for (const letter of sent) {
        const mailId = newId();
        const ids = letter.map(idOf);
        await tx.notification.updateMany({
          where: { ...mine, id: { in: ids } },
          data: { mailDueAt: null, mailId, mailedAt: now },
        });
        // Nobody reads in the desk what it does not show: the next time is another one.
        await tx.notification.updateMany({
          where: { ...mine, id: { in: ids }, inApp: false, readAt: null },
          data: { readAt: now },
        });
        const [kind, to, data] = [kindOf(letter), person!.email, { mailId }];
        await this.notices.post(tx, { kind, to, locale, organizationId, data });
      }
    });
  }

  async #forgetOld(now: Date): Promise<void> {
    await this.system.client.notificationOccurrence.deleteMany({
      where: { createdAt: { lt: new Date(now.getTime() - KEPT_FOR) } },
    });
  }
}

/** Whether no other worker writes to the person now; held until the end of `tx`. */
async function isAlone(tx: SystemTransaction, userId: string): Promise<boolean> {
  const [lock] = await tx.$queryRaw<{ held: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${`notification mails ${userId}`}, 0)) as held`;
  return lock!.held;
}

function isToBeTold(
  { kind, inApp, readAt }: DueRow,
  person: PersonWithRights | undefined,
  preferences: NotificationPreferences,
): boolean {
  if (!person || (inApp && readAt !== null)) return false;
  return mayKnow(person.permissions, kind) && wantsMail(preferences, kind);
}

/** What goes into each mail: all that waited for a digest into one, and of the rest what is about one ticket. */
function lettersOf(rows: DueRow[]): DueRow[][] {
  const letters = Map.groupBy(rows, ({ mail, ticketId }) => (mail === 'digest' ? null : ticketId));
  return [...letters.values()];
}

function kindOf(letter: DueRow[]): NoticeKind {
  const [only, ...others] = letter;
  const isDigest = others.length > 0 || only!.mail === 'digest' || only!.kind === 'suppressed';
  return isDigest ? 'notification_digest' : (only!.kind as NoticeKind);
}

const idOf = ({ id }: { id: string }): string => id;
