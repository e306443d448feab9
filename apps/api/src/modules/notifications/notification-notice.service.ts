import { Injectable, type OnModuleInit } from '@nestjs/common';
import { currentContext, runInContext } from '#core/context/context.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import {
  Notices,
  type Notice,
  type NoticeEntry,
  type QueuedNotice,
} from '#modules/notices/notices.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { UserRights } from '#modules/users/user-rights.service.js';
import { Preferences } from './notification-preferences.service.js';
import { mayKnow, NOTIFICATION_REASONS, type NotificationReason } from './notification-reasons.js';
import { mailedSelect, wantsMail, type MailedRow } from './notifications.view.js';
import { UnsubscribeLinks } from './unsubscribe-links.service.js';

/** Lines of a digest; the rest is counted. */
const MOST_LINES = 50;

/** Says what stands in a mail that tells of notifications, when it is sent. */
@Injectable()
export class NotificationNotice implements OnModuleInit {
  constructor(
    private readonly db: TenantDb,
    private readonly organizations: OrganizationsService,
    private readonly rights: UserRights,
    private readonly preferences: Preferences,
    private readonly links: UnsubscribeLinks,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    for (const kind of [...NOTIFICATION_REASONS, 'notification_digest'] as const) {
      this.notices.register(kind, ({ organizationId, data }: QueuedNotice) => {
        if (organizationId === null) return Promise.resolve(null);
        const context = { requestId: 'notice', ...currentContext(), organizationId };
        return runInContext(context, () => this.#make(kind, String(data.mailId)));
      });
    }
  }

  /**
   * Only what the person may know of now, has not read in the desk meanwhile and still wants to be mailed; nothing when
   * none of it is left.
   */
  async #make(kind: string, mailId: string): Promise<Notice | null> {
    const rows = await this.db.client.notification.findMany({
      where: { mailId, OR: [{ readAt: null }, { inApp: false }] },
      select: mailedSelect,
      orderBy: [{ latestAt: 'desc' }, { id: 'desc' }],
    });
    const userId = rows[0]?.userId;
    const person = userId && (await this.rights.of([userId])).get(userId);
    if (!person) return null;
    const preferences = (await this.preferences.of([person.id]))(person.id);
    const told = rows.filter(
      (row) => mayKnow(person.permissions, row.kind) && wantsMail(preferences, row.kind),
    );
    if (told.length === 0) return null;
    const { name: organization } = await this.organizations.current();
    const values = { organization, name: person.name };
    const unsubscribe = this.links.to(person.id, reasonsOf(told));
    if (kind !== 'notification_digest') {
      const [row] = told;
      const path = `/tickets/${row!.ticketId}`;
      return { values: { ...values, ...valuesOf(row!) }, path, unsubscribe };
    }
    const count = told.reduce((sum, { occurrences }) => sum + occurrences, 0);
    return {
      values: { ...values, count },
      path: '/notifications',
      entries: entriesOf(told),
      unsubscribe,
    };
  }
}

function entriesOf(told: MailedRow[]): NoticeEntry[] {
  const entries = told.slice(0, MOST_LINES).map((row): NoticeEntry => {
    const path = row.ticketId === null ? '/tickets' : `/tickets/${row.ticketId}`;
    return { says: row.kind as NoticeEntry['says'], values: valuesOf(row), path };
  });
  const left = told.length - entries.length;
  if (left === 0) return entries;
  return [...entries, { says: 'more', values: { count: left }, path: '/notifications' }];
}

/** Who, where and how often; never what was written. */
function valuesOf({ actorName, ticket, occurrences }: MailedRow): Record<string, string | number> {
  return {
    actor: actorName ?? 'unknown',
    number: ticket?.number ?? 0,
    subject: ticket?.subject ?? '',
    count: occurrences,
  };
}

/** Why the mail comes: what its link turns off. Of what was held back, everything that one could be told of. */
function reasonsOf(told: MailedRow[]): NotificationReason[] {
  if (told.some(({ kind }) => kind === 'suppressed')) return [...NOTIFICATION_REASONS];
  return NOTIFICATION_REASONS.filter((reason) => told.some(({ kind }) => kind === reason));
}
