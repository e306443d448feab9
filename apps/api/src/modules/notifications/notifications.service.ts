import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import {
  COUNTED_AT_MOST,
  toPage,
  type Cursor,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { requirePerson } from '#core/tenancy/current-person.js';
import type { Permission } from '#core/tenancy/permissions.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { NotificationDto } from './dto/notification.dto.js';
import type { NotificationKind } from './notification-reasons.js';
import { NotificationNotFound } from './notifications.exceptions.js';
import { notificationSelect, toNotificationDto } from './notifications.view.js';

/** Unread ones that are counted: a bell shows no more than two digits. */
const MOST_UNREAD = 100;

/** What the caller was told of. Every method throws PersonMissing for a program, which nobody tells anything. */
@Injectable()
export class NotificationsService {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
  ) {}

  /** One page, the newest first, and how many are unread: counted to 100. */
  async list(
    permissions: ReadonlySet<Permission>,
    { unread, kind }: { unread: boolean; kind: NotificationKind | undefined },
    page: PageRequest,
  ): Promise<{ page: Page<NotificationDto>; unread: number }> {
    const mine = visibleTo(permissions);
    const isUnread = { ...mine, readAt: null };
    const listed = { AND: [unread ? isUnread : mine, kind ? { kind } : {}] };
    const { cursor, skip, limit } = page;
    const { notification } = this.db.client;
    const [rows, counted, unreadCount] = await Promise.all([
      notification.findMany({
        where: { AND: [listed, cursor ? after(cursor) : {}] },
        orderBy: [{ latestAt: 'desc' }, { id: 'desc' }],
        skip,
        take: limit + 1,
        select: notificationSelect,
      }),
      notification.count({ where: listed, take: COUNTED_AT_MOST }),
      notification.count({ where: isUnread, take: MOST_UNREAD }),
    ]);
    return {
      page: toPage(rows, page, counted, placeOf, toNotificationDto),
      unread: unreadCount,
    };
  }

  /** Notes that the caller has read one. Quiet when they had. Throws {@link NotificationNotFound}. */
  async read(permissions: ReadonlySet<Permission>, id: string): Promise<NotificationDto> {
    const mine = { ...visibleTo(permissions), id };
    await this.#read(mine);
    const row = await this.db.client.notification.findFirst({
      where: mine,
      select: notificationSelect,
    });
    if (!row) throw new NotificationNotFound();
    return toNotificationDto(row);
  }

  /** Notes that the caller has read all of them, or all about a ticket. Quiet when there are none. */
  async readAll(ticketId?: string): Promise<void> {
    await this.#read({ userId: requirePerson(), ...(ticketId && { ticketId }) });
  }

  async #read(where: { userId: string; id?: string; ticketId?: string }): Promise<void> {
    await this.db.client.notification.updateMany({
      where: { ...where, readAt: null },
      data: { readAt: this.clock.now() },
    });
  }
}

/** Whoever may not read notes any more is not shown who mentioned them in one. */
function visibleTo(permissions: ReadonlySet<Permission>) {
  const mine = { userId: requirePerson(), inApp: true };
  return permissions.has('notes:read') ? mine : { ...mine, kind: { not: 'mentioned' } };
}

const placeOf = ({ latestAt, id }: { latestAt: Date; id: string }): Cursor => ({
  key: latestAt.toISOString(),
  id,
});

const after = ({ key, id }: Cursor) => ({
  OR: [{ latestAt: { lt: key } }, { latestAt: key, id: { lt: id } }],
});
