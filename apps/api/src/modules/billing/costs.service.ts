import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import type { CostRates } from '#core/config/settings.js';
import { Clock } from '#core/context/clock.js';
import { SystemDb } from '#core/database/system-db.js';
import { spentByOrganization, type SpentRow } from './costs.sql.js';
import { money } from './money.js';
import { after } from './periods.js';
import { monthOf } from './usage.service.js';

const HOUR = 3_600_000;
const GIB_MONTH = 2 ** 30 * 30;

/** What an organization cost in a time, what was billed to it, and what is left of that. */
export interface OrganizationCosts extends Omit<SpentRow, 'byteDays'> {
  /** The mean of what lay there, over a month of 30 days. */
  gibMonths: number;
  /** In the smallest unit of the currency of the rates. */
  cost: number;
  /** Null when something was billed in another currency. */
  margin: number | null;
}

export interface CostReport {
  from: Date;
  to: Date;
  currency: string;
  organizations: OrganizationCosts[];
}

/**
 * What organizations cost the operator, joined with what they pay: by the time that the database and the workers worked
 * for them, what they store and the mails. What it costs an hour is said by the settings.
 */
@Injectable()
export class Costs {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** The month that `of` is in, of UTC; null for the one of now. Those of which least is left come first. */
  ofMonth(of: Date | null): Promise<CostReport> {
    const from = monthOf(of ?? this.clock.now());
    return this.between(from, after(from, 'month', 1));
  }

  /** From `from` until before `to`. What is counted of calls and jobs is counted by the hour. */
  async between(from: Date, to: Date): Promise<CostReport> {
    const rates = this.config.settings.billing.costs;
    const rows = await this.system.sql<SpentRow>(spentByOrganization, [from, to]);
    const organizations = rows
      .map((row) => costsOf(row, rates))
      .toSorted((a, b) => (a.margin ?? 0) - (b.margin ?? 0) || (a.slug < b.slug ? -1 : 1));
    return { from, to, currency: rates.currency, organizations };
  }
}

/** What one organization cost at `rates`. */
export function costsOf({ byteDays, ...row }: SpentRow, rates: CostRates): OrganizationCosts {
  const gibMonths = byteDays / GIB_MONTH;
  const cost = Math.round(
    (row.databaseMs / HOUR) * rates.databaseHour +
      ((row.callMs + row.jobMs) / HOUR) * rates.processHour +
      gibMonths * rates.gibMonth +
      (row.mails / 1000) * rates.thousandMails,
  );
  const isOther = Object.keys(row.billed).some((currency) => currency !== rates.currency);
  const margin = isOther ? null : (row.billed[rates.currency] ?? 0) - cost;
  return { ...row, gibMonths, cost, margin };
}

const COLUMNS = [
  ...['organization', 'calls', 'database s', 'process s'],
  ...['GiB', 'mails', 'billed', 'cost', 'margin'],
];

/** A report as lines of text, in columns. */
export function costTable({ from, to, currency, organizations }: CostReport): string {
  const rows = organizations.map((row) => [
    row.slug,
    String(row.calls),
    (row.databaseMs / 1000).toFixed(1),
    ((row.callMs + row.jobMs) / 1000).toFixed(1),
    row.gibMonths.toFixed(3),
    String(row.mails),
    Object.entries(row.billed)
      .map(([of, sum]) => money(sum, of))
      .join(' + ') || '-',
    money(row.cost, currency),
    row.margin === null ? '-' : money(row.margin, currency),
  ]);
  const widths = COLUMNS.map((name, index) =>
    Math.max(name.length, ...rows.map((row) => row[index]!.length)),
  );
  const lines = [COLUMNS, ...rows].map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join('  '),
  );
  const [first, last] = [from, to].map((at) => at.toISOString().slice(0, 10));
  return [`From ${first} until before ${last}`, ...lines].join('\n');
}
