import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { exportSelect, type ExportRow } from './exports.view.js';

/** Files that were asked for, of tickets or of all: `seen` says which, and which of them for whom. */
@Injectable()
export class ExportRows {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
  ) {}

  /** The newest first. */
  async page<T>(
    seen: object,
    page: PageRequest,
    toDto: (row: ExportRow, now: Date) => T,
  ): Promise<Page<T>> {
    const query = newestFirst(page);
    const [rows, counted] = await Promise.all([
      this.db.client.export.findMany({
        ...query,
        where: { AND: [query.where, seen] },
        select: exportSelect,
      }),
      this.db.client.export.count({ where: seen, take: COUNTED_AT_MOST }),
    ]);
    const now = this.clock.now();
    return toPage(rows, page, counted, newestFirstCursor, (row) => toDto(row, now));
  }

  /** One of them, or null. */
  find(seen: object, id: string): Promise<ExportRow | null> {
    return this.db.client.export.findFirst({
      where: { AND: [{ id }, seen] },
      select: exportSelect,
    });
  }
}
