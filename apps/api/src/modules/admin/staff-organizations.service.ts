import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { isId } from '#core/context/ids.js';
import { AdminDb } from '#core/database/admin-db.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
} from '#core/database/page.js';
import { PlanLimits } from '#core/limits/plan-limits.js';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { monthOf, standingsOf } from '#modules/billing/usage.service.js';
import { StaffOrganizationNotFound } from './admin.exceptions.js';
import type { OrganizationHealthDto } from './dto/organization-health.dto.js';
import type { StaffOrganizationDto } from './dto/staff-organization.dto.js';
import type { StaffOrganizationsQuery } from './dto/staff-organizations-query.dto.js';
import { FailedJobs } from './failed-jobs.service.js';
import { healthOf, type HealthRow } from './organization-health.sql.js';
import {
  boundsOf,
  staffOrganizationSelect,
  toStaffOrganizationDto,
  type StaffOrganizationRow,
} from './staff-organizations.view.js';

const DAY = 24 * 3_600_000;

const OF_STATUS = {
  active: { suspendedAt: null, deleteAfter: null },
  suspended: { suspendedAt: { not: null } },
  to_be_deleted: { deleteAfter: { not: null } },
} as const;
const OF_USAGE = {
  near_limit: { entitlement: { usedPercent: { gte: 80, lt: 100 } } },
  over_limit: { entitlement: { usedPercent: { gte: 100 } } },
} as const;

/** The organizations of the deployment as its staff see them: that they are there, and how they fare. */
@Injectable()
export class StaffOrganizations {
  readonly #storage: number;

  constructor(
    private readonly db: AdminDb,
    private readonly limits: PlanLimits,
    private readonly jobs: FailedJobs,
    private readonly clock: Clock,
    private readonly entitlements: Entitlements,
    { settings }: AppConfig,
  ) {
    this.#storage = settings.storagePerOrganization;
  }

  /** A page of them, the newest first. */
  async list(query: StaffOrganizationsQuery): Promise<Page<StaffOrganizationDto>> {
    const page = query.toRequest();
    const { where: after, ...rest } = newestFirst(page);
    const wanted = [
      ...(query.search === undefined ? [] : [searched(query.search)]),
      ...(query.status === undefined ? [] : [OF_STATUS[query.status]]),
      ...this.#ofPlan(query),
    ];
    const { organization } = this.db.client;
    const [rows, counted] = await Promise.all([
      organization.findMany({
        where: { AND: [...wanted, after] },
        ...rest,
        select: staffOrganizationSelect,
      }),
      organization.count({ where: { AND: wanted }, take: COUNTED_AT_MOST }),
    ]);
    const { areSold } = this.entitlements;
    return toPage(rows, page, counted, newestFirstCursor, (row) =>
      toStaffOrganizationDto(row, areSold),
    );
  }

  /** One of them. Throws {@link StaffOrganizationNotFound}. */
  async one(id: string): Promise<StaffOrganizationDto> {
    return toStaffOrganizationDto(await this.#row(id), this.entitlements.areSold);
  }

  /** How one of them fares. Throws {@link StaffOrganizationNotFound}. */
  async health(id: string): Promise<OrganizationHealthDto> {
    const found = await this.#row(id);
    const now = this.clock.now();
    const since = new Date(now.getTime() - DAY).toISOString();
    const [[row], jobsFailed] = await Promise.all([
      this.db.sql<HealthRow>(healthOf, [id, since, monthOf(now).toISOString()]),
      this.jobs.countOf(id),
    ]);
    const { storageUsed, ticketsAMonth, ...counts } = row!;
    const { perMinute, concurrent } = this.limits.of(id);
    const { areSold } = this.entitlements;
    const bounds = boundsOf(areSold ? found.entitlement : null);
    const storageAllowed = Math.min(bounds.storageBytes ?? this.#storage, this.#storage);
    const used = { seats: counts.activePeople, ticketsAMonth, storageBytes: storageUsed };
    return {
      organization: toStaffOrganizationDto(found, areSold),
      ...counts,
      jobsFailed,
      limits: { storageUsed, storageAllowed, perMinute, concurrent },
      planLimits: standingsOf(bounds, used),
    };
  }

  #ofPlan({ plan, standing, usage }: StaffOrganizationsQuery) {
    const isAsked = (plan ?? standing ?? usage) !== undefined;
    // Where none are sold nobody has one, whatever was written while some were.
    if (!this.entitlements.areSold) return isAsked ? [{ id: { in: [] } }] : [];
    return [
      ...(plan === undefined ? [] : [{ entitlement: { planId: plan } }]),
      ...(standing === undefined ? [] : [{ subscription: { status: standing } }]),
      ...(usage === undefined ? [] : [OF_USAGE[usage]]),
    ];
  }

  async #row(id: string): Promise<StaffOrganizationRow> {
    const where = { id };
    const { organization } = this.db.client;
    const row = await organization.findFirst({ where, select: staffOrganizationSelect });
    if (!row) throw new StaffOrganizationNotFound();
    return row;
  }
}

function searched(words: string) {
  const contains = { contains: words.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } as const;
  const id = words.toLowerCase();
  return { OR: [{ name: contains }, { slug: contains }, ...(isId(id) ? [{ id }] : [])] };
}
