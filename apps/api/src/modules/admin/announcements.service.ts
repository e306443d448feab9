import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { wholePage, type Page } from '#core/database/page.js';
import { SystemDb } from '#core/database/system-db.js';
import { announcementSelect, toAnnouncementDto } from './announcements.view.js';
import type { AnnouncementDto } from './dto/announcement.dto.js';

/** More at once are not news. */
const MOST_SHOWN = 10;

/** What everybody is told now, in whatever organization. */
@Injectable()
export class Announcements {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
  ) {}

  /** Those that have begun and are not over, the newest first. */
  async current(): Promise<Page<AnnouncementDto>> {
    const now = this.clock.now();
    const rows = await this.system.client.announcement.findMany({
      where: {
        ...{ withdrawnAt: null, startsAt: { lte: now } },
        OR: [{ endsAt: null }, { endsAt: { gt: now } }],
      },
      orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
      take: MOST_SHOWN,
      select: announcementSelect,
    });
    return wholePage(rows.map(toAnnouncementDto));
  }
}
