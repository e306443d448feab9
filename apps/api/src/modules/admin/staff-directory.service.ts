import { Injectable } from '@nestjs/common';
import { AdminDb } from '#core/database/admin-db.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import type { StaffDto } from './dto/staff.dto.js';
import { staffSelect, toStaffDto } from './staff.view.js';

/** Who the staff are. */
@Injectable()
export class StaffDirectory {
  constructor(private readonly db: AdminDb) {}

  /** Everybody, those who have left too; the newest first. */
  async list(page: PageRequest): Promise<Page<StaffDto>> {
    const { client } = this.db;
    const [rows, counted] = await Promise.all([
      client.staffMember.findMany({ ...newestFirst(page), select: staffSelect }),
      client.staffMember.count({ take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, toStaffDto);
  }

  /** One of them, who is there. */
  async one(id: string): Promise<StaffDto> {
    return toStaffDto(
      await this.db.client.staffMember.findFirstOrThrow({ where: { id }, select: staffSelect }),
    );
  }
}
