import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { AdminDb } from '#core/database/admin-db.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import type { StaffPrincipal } from '#core/tenancy/staff-realm.js';
import { AnnouncementNotFound } from './admin.exceptions.js';
import {
  announcementSelect,
  toAnnouncementDto,
  type AnnouncementRow,
} from './announcements.view.js';
import type { NewAnnouncementDto, StaffAnnouncementDto } from './dto/announcement.dto.js';
import { StaffActs } from './staff-acts.service.js';

const STAFF_SELECT = {
  ...announcementSelect,
  createdAt: true,
  withdrawnAt: true,
  staff: { select: { name: true } },
} as const;

interface StaffRow extends AnnouncementRow {
  createdAt: Date;
  withdrawnAt: Date | null;
  staff: { name: string };
}

/** What the staff tell the people of every organization. */
@Injectable()
export class StaffAnnouncements {
  constructor(
    private readonly db: AdminDb,
    private readonly acts: StaffActs,
    private readonly clock: Clock,
  ) {}

  /** All of them, those that are over too; the newest first. */
  async list(page: PageRequest): Promise<Page<StaffAnnouncementDto>> {
    const { announcement } = this.db.client;
    const [rows, counted] = await Promise.all([
      announcement.findMany({ ...newestFirst(page), select: STAFF_SELECT }),
      announcement.count({ take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, toStaffDto);
  }

  /** Tells something, from now or a given time. Throws ValidationFailed for one that ends before it begins. */
  async announce(staff: StaffPrincipal, dto: NewAnnouncementDto): Promise<StaffAnnouncementDto> {
    const now = this.clock.now();
    const startsAt = dto.startsAt === undefined ? now : new Date(dto.startsAt);
    const endsAt = dto.endsAt === undefined ? null : new Date(dto.endsAt);
    if (endsAt && endsAt <= startsAt)
      throw new ValidationFailed([{ field: 'endsAt', problem: 'must be after startsAt' }]);
    const id = newId();
    const { tone, title, text, arabic } = dto;
    const row = await this.db.transaction(async (tx) => {
      await tx.announcement.createMany({
        data: [
          {
            ...{ id, staffId: staff.id, tone, title, text, startsAt, endsAt, createdAt: now },
            ...{ titleAr: arabic?.title ?? null, textAr: arabic?.text ?? null },
          },
        ],
      });
      await this.acts.record(tx, {
        type: 'announcement.made',
        data: { announcementId: id, title },
      });
      return tx.announcement.findFirstOrThrow({ where: { id }, select: STAFF_SELECT });
    });
    return toStaffDto(row);
  }

  /** Takes it back. Quiet when that was done. Throws {@link AnnouncementNotFound}. */
  async withdraw(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      if ((await tx.announcement.count({ where: { id } })) === 0) throw new AnnouncementNotFound();
      const { count } = await tx.announcement.updateMany({
        where: { id, withdrawnAt: null },
        data: { withdrawnAt: this.clock.now() },
      });
      if (count === 0) return;
      await this.acts.record(tx, { type: 'announcement.withdrawn', data: { announcementId: id } });
    });
  }
}

function toStaffDto({ staff, createdAt, withdrawnAt, ...row }: StaffRow): StaffAnnouncementDto {
  return {
    ...toAnnouncementDto(row),
    staffName: staff.name,
    createdAt: createdAt.toISOString(),
    withdrawnAt: withdrawnAt?.toISOString() ?? null,
  };
}
