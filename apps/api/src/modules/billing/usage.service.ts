import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Entitlements, type Grant } from '#core/tenancy/entitlements.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { EntitlementDto, EntitlementsDto } from './dto/entitlements.dto.js';
import type { UsageDto } from './dto/usage.dto.js';
import { DAY, plusDays } from './periods.js';
import { sampleDay, usageByDay, usedNow } from './usage.sql.js';

const MOST_DAYS = 366;

/** What a plan bounds and can be counted. */
export const COUNTED = ['seats', 'ticketsAMonth', 'storageBytes'] as const;
export type Counted = (typeof COUNTED)[number];

/** What the organization in context uses, and what it may. */
@Injectable()
export class Usage {
  constructor(
    private readonly db: TenantDb,
    private readonly entitlements: Entitlements,
    private readonly clock: Clock,
  ) {}

  /** What the plan has, with what is used of it. */
  async entitled(): Promise<EntitlementsDto> {
    const grant = await this.entitlements.own();
    const { planId, access, features, callsAMinute } = grant;
    return {
      ...{ planId, access, callsAMinute, features: [...features] },
      limits: await this.standings(grant),
    };
  }

  /** What is used of each thing that is counted. */
  async standings(grant: Grant): Promise<EntitlementDto[]> {
    const [used] = await this.db.sql<Record<Counted, number>>(usedNow, [monthOf(this.clock.now())]);
    return standingsOf(grant, used!);
  }

  /** Notes what is there today, once a day. */
  async sample(standings: readonly EntitlementDto[]): Promise<void> {
    const lasting = standings.filter(({ entitlement }) => entitlement !== 'ticketsAMonth');
    await this.db.sql(sampleDay, [
      this.clock.now().toISOString().slice(0, 10),
      lasting.map(({ entitlement }) => entitlement),
      lasting.map(({ used }) => used),
    ]);
  }

  /** What was used on each day of UTC, from `from` until before `to`; the last 30 days if not said. Throws ValidationFailed. */
  async byDay(from: string | undefined, to: string | undefined): Promise<UsageDto> {
    const tomorrow = plusDays(new Date(this.clock.now().toISOString().slice(0, 10)), 1);
    const end = to === undefined ? tomorrow : new Date(to);
    const start = from === undefined ? plusDays(end, -30) : new Date(from);
    const days = (end.getTime() - start.getTime()) / DAY;
    if (!(days > 0 && days <= MOST_DAYS))
      throw new ValidationFailed([
        { field: 'from', problem: `must be before to, by ${MOST_DAYS} days at most` },
      ]);
    const rows = await this.db.sql<{ meter: string; day: string; quantity: number }>(usageByDay, [
      start,
      end,
    ]);
    const meters = [...new Set(rows.map(({ meter }) => meter))].map((meter) => ({
      meter,
      days: rows
        .filter((row) => row.meter === meter)
        .map(({ day, quantity }) => ({ day, quantity })),
    }));
    return { from: start.toISOString(), to: end.toISOString(), meters };
  }
}

/** When the month of `now` began, in UTC. */
export function monthOf(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
}

/** What is used of each thing that is counted, beside what there may be of it. */
export function standingsOf(
  grant: Readonly<Record<Counted, number | null>>,
  used: Readonly<Record<Counted, number>>,
): EntitlementDto[] {
  return COUNTED.map((entitlement) => ({
    entitlement,
    limit: grant[entitlement],
    used: used[entitlement],
    percent: percentOf(used[entitlement], grant[entitlement]),
  }));
}

/** Whole per cents, rounded down: 100 is reached and not nearly. */
function percentOf(used: number, limit: number | null): number | null {
  if (limit === null) return null;
  return limit === 0 ? 100 : Math.floor((used * 100) / limit);
}
