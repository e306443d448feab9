import { createHash } from 'node:crypto';
import pg from 'pg';
import { newId } from '#core/context/ids.js';
import type { ScratchDatabase } from '../scratch.js';
import { lookAt } from './rows.js';
import type { Say } from './side.js';

/** One that everybody could know of. */
export const A_PLAN = 'proof';

export type PlatformIdKind = 'invoice' | 'creditNote' | 'providerInvoice' | 'supportAccess';

/** What the deployment itself has: its staff, what it sells and tells. The same for both organizations. */
export interface Platform {
  staffId: string;
  otherStaffId: string;
  /** Who of the staff is known to each organization: somebody else, so that a leak of the one is seen. */
  known: string[];
}

/** Who runs the deployment, written by their own role: no route makes the first of them. */
export async function fillPlatform(database: ScratchDatabase): Promise<Platform> {
  const [staffId, otherStaffId] = [newId(), newId()];
  await asRole(database.adminUrl, async (admin) => {
    for (const [id, email] of [
      [staffId, 'opal@desk.example'],
      [otherStaffId, 'onyx@desk.example'],
    ])
      await admin.query(
        `insert into staff_members (id, email, name, role, password_hash) values ($1, $2, 'Opal Operator', 'operator', 'nobody signs in')`,
        [id, email],
      );
    await admin.query(
      `insert into staff_sessions (id, staff_id, token_hash, last_used_at, ends_at)
       values ($1, $2, decode(repeat('ab', 32), 'hex'), now(), now() + interval '1 day')`,
      [newId(), staffId],
    );
    await admin.query(
      `insert into announcements (id, staff_id, tone, title, text, title_ar, text_ar, starts_at, created_at, withdrawn_at)
       values ($1, $2, 'info', 'Night work', 'From ten to eleven.', 'أعمال ليلية', 'من العاشرة', now(), now(), now())`,
      [newId(), staffId],
    );
    await admin.query("insert into features (name, percentage) values ('mcp', 100)");
  });
  await asRole(database.systemUrl, async (system) => {
    await system.query(
      `insert into plans (id, version, name, currency, monthly_price, yearly_price, is_offered)
       values ($1, 1, 'Basic', 'EUR', 900, 9000, false)`,
      [A_PLAN],
    );
    await system.query(
      "insert into invoice_series (prefix, kind, last_number) values ('PROOF', 'invoice', 2)",
    );
    await system.query(
      `insert into stripe_events (id, type, customer_id, standing, reason, received_at)
       values ('evt_proof', 'customer.updated', 'cus_nobody', 'parked', '', now())`,
    );
  });
  return { staffId, otherStaffId, known: [staffId, otherStaffId] };
}

/** What was sold to one organization, and who of the staff looked: nothing of it is written by its own role. */
export async function fillSold(
  database: ScratchDatabase,
  organizationId: string,
  userId: string,
  { staffId, otherStaffId, known }: Platform,
  say: Say,
): Promise<Record<PlatformIdKind, string>> {
  const { owner } = database;
  const ids = {
    invoice: newId(),
    creditNote: newId(),
    providerInvoice: newId(),
    supportAccess: newId(),
  };
  const run = (text: string, ...values: unknown[]): Promise<unknown> =>
    owner.query(text, [organizationId, ...values]);
  await lookAt(owner, organizationId);
  await run(
    `insert into organization_entitlements (organization_id, plan_id, plan_version, features) values ($1, $2, 1, array[$3])`,
    say('plan'),
    say('feature'),
  );
  await run(
    `insert into entitlement_overrides (organization_id, terms, reason, until, given_by)
     values ($1, jsonb_build_object('note', $2::text), $3, now() + interval '1 year', $4)`,
    say('term'),
    say('reason'),
    say('giver'),
  );
  await run(
    `insert into entitlement_warnings (organization_id, entitlement, month, percent) values ($1, $2, date_trunc('month', now())::date, 80)`,
    say('entitlement'),
  );
  const taken = say('plan');
  const next = say('plan');
  await run(
    `insert into subscriptions (organization_id, status, plan_id, plan_version, billed_every, seats, anchor_at, period_start, period_end,
       next_plan_id, next_plan_version, next_billed_every, next_seats)
     values ($1, 'active', $2, 1, 'month', 5, now(), now(), now() + interval '1 month', $3, 1, 'year', 3)`,
    taken,
    next,
  );
  // Not offered: what others have is nothing that an organization is shown.
  await asRole(database.systemUrl, (system) =>
    system.query(
      `insert into plans (id, version, name, currency, monthly_price, yearly_price, is_offered)
       select id, 1, 'Basic', 'EUR', 900, 9000, false from unnest($1::text[]) as id`,
      [[taken, next]],
    ),
  );
  await run(
    'insert into billing_profiles (organization_id, name, address, tax_id) values ($1, $2, $3, $4)',
    say('payer'),
    say('address'),
    say('tax-id'),
  );
  for (const [id, kind, status, credits] of [
    [ids.invoice, 'invoice', 'credited', null],
    [ids.creditNote, 'credit_note', 'issued', ids.invoice],
  ])
    await run(
      `insert into invoices (organization_id, id, kind, number, status, currency, net, tax, total, tax_name, tax_rate, lines,
         seller, buyer, issued_at, due_at, credits_id, created_at)
       values ($1, $2, $3, $4, $5, 'EUR', 100, 19, 119, $6, 1900, jsonb_build_array(jsonb_build_object('text', $7::text, 'seats', 1, 'net', 100, 'tax', 19)), jsonb_build_object('lines', jsonb_build_array($8::text), 'taxId', ''),
         jsonb_build_object('lines', jsonb_build_array($9::text), 'taxId', ''), now(), now(), $10, now())`,
      id,
      kind,
      say('number'),
      status,
      say('tax'),
      say('line'),
      say('seller'),
      say('buyer'),
      credits,
    );
  await run(
    `insert into provider_invoices (organization_id, id, billed_by, provider_id, number, currency, net, tax, total, period_start,
       period_end, issued_at, paid_at, created_at)
     values ($1, $2, 'stripe', $3, $4, 'EUR', 100, 19, 119, now(), now(), now(), now(), now())`,
    ids.providerInvoice,
    say('provider-invoice'),
    say('provider-number'),
  );
  await run(
    'insert into usage_records (organization_id, event_id, meter, quantity, occurred_at) values ($1, $2, $3, 1, now())',
    newId(),
    say('meter'),
  );
  await run('insert into usage_positions (organization_id, seq) values ($1, 1)');
  await run(
    'insert into usage_samples (organization_id, day, meter, quantity) values ($1, now()::date, $2, 1)',
    say('meter'),
  );
  await run(
    "insert into usage_hours (organization_id, hour, calls) values ($1, date_trunc('hour', now(), 'UTC'), 1)",
  );
  await run(
    `insert into stripe_customers (organization_id, customer_id, problem) values ($1, $2, $3)`,
    `cus_${say('customer').replace(/-/g, '_')}`,
    say('problem'),
  );
  await run(
    `insert into stripe_requests (organization_id, id, purpose, fingerprint, idempotency_key, outcome) values ($1, $2, $3, $4, $5, $6)`,
    newId(),
    say('purpose'),
    createHash('sha256').update(say('print')).digest('hex'),
    say('key'),
    say('outcome'),
  );
  await run(
    `insert into support_accesses (organization_id, id, staff_id, staff_name, reason, scopes, hours, granted_at, granted_by,
       first_operator_id, second_operator_id, expires_at, ended_at, ended_because)
     values ($1, $2, $3, $4, $5, array[$6], 1, now(), $7, $3, $8, now(), now(), 'revoked')`,
    ids.supportAccess,
    staffId,
    say('staff-name'),
    say('why'),
    say('scope'),
    userId,
    otherStaffId,
  );
  await run(
    'insert into support_looks (organization_id, access_id, route, subject_id, looked_at) values ($1, $2, $3, $4, now())',
    ids.supportAccess,
    say('route'),
    newId(),
  );
  await run(
    'insert into known_staff (organization_id, id, name) values ($1, $2, $3)',
    known.shift(),
    say('staff-name'),
  );
  await run(
    'insert into feature_overrides (organization_id, feature, is_on) values ($1, $2, true)',
    say('feature'),
  );
  await fillBooks(database, organizationId, staffId, say);
  return ids;
}

/** What is left of an organization that is gone, and what staff did to it. */
async function fillBooks(
  { owner, adminUrl }: ScratchDatabase,
  organizationId: string,
  staffId: string,
  say: Say,
): Promise<void> {
  await owner.query(
    `insert into kept_invoices (organization_id, number, kind, status, currency, net, tax, total, tax_name, tax_rate, lines, seller,
       buyer, issued_at, due_at)
     values ($1, $2, 'invoice', $3, 'EUR', 100, 19, 119, $4, 1900, jsonb_build_array(jsonb_build_object('text', $5::text, 'seats', 1, 'net', 100, 'tax', 19)), jsonb_build_object('lines', jsonb_build_array($6::text), 'taxId', ''),
       jsonb_build_object('lines', jsonb_build_array($7::text), 'taxId', ''), now(), now())`,
    [
      organizationId,
      say('number'),
      say('status'),
      say('tax'),
      say('line'),
      say('seller'),
      say('buyer'),
    ],
  );
  await owner.query(
    'insert into erasure_certificates (organization_id, name, slug, founded_at) values ($1, $2, $3, now())',
    [organizationId, say('name'), say('slug')],
  );
  await asRole(adminUrl, (admin) =>
    admin.query(
      `insert into staff_acts (id, at, staff_id, type, organization_id, data, request_id, address)
       values ($1, now(), $2, $3, $4, jsonb_build_object('why', $5::text), $6, $7)`,
      [newId(), staffId, say('type'), organizationId, say('why'), say('request'), say('place')],
    ),
  );
}

/** Does `work` by a connection of its own, as the role of `url`. */
export async function asRole(
  url: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
