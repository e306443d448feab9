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
import type { OperationItemDto } from './dto/operation-item.dto.js';
import type { OperationDto } from './dto/operation.dto.js';
import { OperationNotFound } from './operations.exceptions.js';
import type { ItemStatus, OperationKind } from './operation-terms.js';
import {
  operationItemSelect,
  operationSelect,
  toOperationDto,
  toOperationItemDto,
} from './operations.view.js';

/** What was done to tickets as a whole: looking at it. */
@Injectable()
export class OperationsService {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
  ) {}

  /** The operations of the organization, the newest first. */
  async list(
    filter: { kind?: OperationKind | undefined },
    page: PageRequest,
  ): Promise<Page<OperationDto>> {
    const where = filter.kind === undefined ? {} : { kind: filter.kind };
    const { where: after, ...query } = newestFirst(page);
    const { client } = this.db;
    const [counted, rows] = await Promise.all([
      client.operation.count({ where, take: COUNTED_AT_MOST }),
      client.operation.findMany({
        where: { AND: [where, after] },
        ...query,
        select: operationSelect,
      }),
    ]);
    const now = this.clock.now();
    return toPage(rows, page, counted, newestFirstCursor, (row) => toOperationDto(row, now));
  }

  /** One operation. Throws {@link OperationNotFound}. */
  async get(id: string): Promise<OperationDto> {
    const select = operationSelect;
    const row = await this.db.client.operation.findFirst({ where: { id }, select });
    if (!row) throw new OperationNotFound();
    return toOperationDto(row, this.clock.now());
  }

  /** What it did to each ticket, in the order of the request. Throws {@link OperationNotFound}. */
  async items(
    operationId: string,
    status: ItemStatus | undefined,
    page: PageRequest,
  ): Promise<Page<OperationItemDto>> {
    await this.get(operationId);
    const { client } = this.db;
    const where = { operationId, ...(status !== undefined && { status }) };
    const [counted, rows] = await Promise.all([
      client.operationItem.count({ where, take: COUNTED_AT_MOST }),
      client.operationItem.findMany({
        where: { ...where, ...(page.cursor && { position: { gt: Number(page.cursor.key) } }) },
        orderBy: { position: 'asc' },
        skip: page.skip,
        take: page.limit + 1,
        select: operationItemSelect,
      }),
    ]);
    const cursor = (row: { position: number; ticketId: string }) => ({
      key: String(row.position),
      id: row.ticketId,
    });
    return toPage(rows, page, counted, cursor, toOperationItemDto);
  }
}
