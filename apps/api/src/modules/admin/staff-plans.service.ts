import { Injectable } from '@nestjs/common';
import { AdminDb } from '#core/database/admin-db.js';
import { COUNTED_AT_MOST, toPage, type Page } from '#core/database/page.js';
import { Plans, planSelect, toPlanDto, type PlanRow } from '#modules/billing/plans.service.js';
import { StaffPlanNotFound } from './admin.exceptions.js';
import type { NewPlanVersionDto } from './dto/new-plan-version.dto.js';
import type { StaffPlanDto } from './dto/staff-plan.dto.js';
import { StaffActs } from './staff-acts.service.js';

const SELECT = { ...planSelect, isOffered: true, createdAt: true } as const;

interface Row extends PlanRow {
  isOffered: boolean;
  createdAt: Date;
}

/** What is sold, as rows of which a version never changes, and new versions of it. */
@Injectable()
export class StaffPlans {
  constructor(
    private readonly db: AdminDb,
    private readonly plans: Plans,
    private readonly acts: StaffActs,
  ) {}

  /** The newest version of each plan, by id. */
  async list(skip: number, limit: number): Promise<Page<StaffPlanDto>> {
    const newest = await this.db.client.plan.groupBy({ by: ['id'], _max: { version: true } });
    const keys = newest
      .map(({ id, _max }) => ({ id, version: _max.version! }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const asked = keys.slice(skip, skip + limit + 1);
    const rows = await this.db.client.plan.findMany({
      where: { OR: asked },
      orderBy: { id: 'asc' },
      select: SELECT,
    });
    return this.#page(rows, { skip, limit, counted: keys.length });
  }

  /** All versions of one, the newest first. Throws {@link StaffPlanNotFound}. */
  async versions(id: string, skip: number, limit: number): Promise<Page<StaffPlanDto>> {
    const where = { id };
    const { plan } = this.db.client;
    const [rows, counted] = await Promise.all([
      plan.findMany({
        where,
        orderBy: { version: 'desc' },
        skip,
        take: limit + 1,
        select: SELECT,
      }),
      plan.count({ where, take: COUNTED_AT_MOST }),
    ]);
    if (counted === 0) throw new StaffPlanNotFound();
    return this.#page(rows, { skip, limit, counted });
  }

  /** Offers a plan, or a new version of it. Throws ValidationFailed, and PlanMoved when it is based on an older one. */
  async publish(id: string, { basedOn, ...plan }: NewPlanVersionDto): Promise<StaffPlanDto> {
    const version = await this.plans.publish({ id, ...plan }, basedOn, (tx, made) =>
      this.acts.record(tx, { type: 'plan.published', data: { planId: id, version: made } }),
    );
    const where = { id, version };
    const row = await this.db.client.plan.findFirstOrThrow({ where, select: SELECT });
    return toDto(row, 0);
  }

  async #page(
    rows: Row[],
    { skip, limit, counted }: { skip: number; limit: number; counted: number },
  ): Promise<Page<StaffPlanDto>> {
    const had = await this.db.client.organizationEntitlement.groupBy({
      by: ['planId', 'planVersion'],
      where: { planId: { in: rows.map(({ id }) => id) } },
      _count: { _all: true },
    });
    const countOf = ({ id, version }: Row): number =>
      had.find((row) => row.planId === id && row.planVersion === version)?._count._all ?? 0;
    const request = { skip, limit, cursor: null };
    const page = toPage(rows, request, counted, noPlace, (row) => toDto(row, countOf(row)));
    // By number of rows alone: a plan is named by words, which a cursor does not hold.
    return { ...page, nextCursor: null };
  }
}

function noPlace(): { key: string; id: string } {
  return { key: '', id: '' };
}

function toDto(row: Row, organizations: number): StaffPlanDto {
  const { isOffered, createdAt } = row;
  return { ...toPlanDto(row), isOffered, createdAt: createdAt.toISOString(), organizations };
}
