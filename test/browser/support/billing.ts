import type { Page } from 'playwright-core';
import pg from 'pg';
import { newDesk, type Desk } from './desk.js';

/** Whom invoices of a desk are made out to. */
export const PROFILE = {
  name: 'Acme Ltd',
  address: '1 Acme Street\n12345 Acmeville',
  taxId: 'DE1',
};

/** A desk that tries a plan. */
export async function newCustomer(): Promise<Desk> {
  const desk = await newDesk();
  await desk.api('PUT', '/billing/profile', PROFILE);
  await desk.api('PUT', '/billing/subscription', {
    planId: 'team',
    interval: 'month',
    seats: 3,
  });
  return desk;
}

/** A part of the page of the plan. */
export const section = (page: Page, name: string) =>
  page.getByRole('region', { name, exact: true });

interface Entitled {
  access?: 'full' | 'read_only' | 'suspended';
  seats?: number;
  tickets?: number;
  storage?: number;
  features?: string[];
}

/** Runs statements as the owner of the database: for what only time or the operator makes of a plan. */
async function asOwner(statement: string, values: unknown[]): Promise<void> {
  const connectionString = process.env.MANYDESK_BROWSER_DATABASE_URL;
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement, values);
  } finally {
    await client.end();
  }
}

/** Lets a desk have so much and no more, as a plan would; null is any number. */
export function entitle(
  { organizationId }: Desk,
  { access = 'full', seats, tickets, storage, features = [] }: Entitled,
): Promise<void> {
  return asOwner(
    `insert into organization_entitlements (organization_id, plan_id, plan_version, access, seats, tickets_a_month, storage_bytes, features)
     values ($1, 'team', 1, $2, $3, $4, $5, $6)
     on conflict (organization_id) do update set access = excluded.access, seats = excluded.seats,
       tickets_a_month = excluded.tickets_a_month, storage_bytes = excluded.storage_bytes, features = excluded.features`,
    [organizationId, access, seats, tickets, storage, features],
  );
}

/** Ends the trial of a desk now: the worker sees it within a minute, and bills the first period. */
export function endTrial({ organizationId }: Desk): Promise<void> {
  return asOwner(
    `update subscriptions set trial_ends_at = now(), period_end = now(), look_at = now(),
       period_start = now() - interval '14 days', anchor_at = now() - interval '14 days'
     where organization_id = $1`,
    [organizationId],
  );
}

/** Makes of a plan what so many days without payment, or its end, make of it. */
export function standAs(
  { organizationId }: Desk,
  status: string,
  owedForDays: number | null,
): Promise<void> {
  return asOwner(
    `update subscriptions set status = $2, look_at = null, owed_since = now() - $3::int * interval '1 day',
       canceled_at = case when $2 = 'canceled' then now() end
     where organization_id = $1`,
    [organizationId, status, owedForDays],
  );
}

/** So many days of use, of which the last one is today. */
export function use({ organizationId }: Desk, days: number): Promise<void> {
  return asOwner(
    `with days as (select n, (now() at time zone 'UTC')::date - n as day from generate_series(0, $2::int - 1) n),
       records as (
         insert into usage_records (organization_id, event_id, meter, quantity, occurred_at)
         select $1, gen_random_uuid(), m.meter, 1 + (n * 7 + m.salt) % 23, day + time '00:00' at time zone 'UTC'
         from days, (values ('tickets', 3), ('messages', 11), ('mails', 5)) m (meter, salt) where n % 6 <> 4
       )
     insert into usage_samples (organization_id, day, meter, quantity)
     select $1, day, m.meter, greatest(m.last - n / m.every * m.step, 1)
     from days, (values ('seats', 9::bigint, 5, 1), ('storageBytes', 3221225472, 1, 70000000::bigint)) m (meter, last, every, step)
     on conflict do nothing`,
    [organizationId, days],
  );
}
