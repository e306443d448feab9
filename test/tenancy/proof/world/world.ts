import type pg from 'pg';
import { newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import { startApp } from '../../../support/app.js';
import { rowsOf } from '../catalog/facts.js';
import type { Findings } from '../finding.js';
import type { ScratchDatabase } from '../scratch.js';
import { lookAt, secretsOf, tablesWithRows } from './rows.js';
import { canary, type Secrets } from './secrets.js';
import { fillPlatform, fillSold } from './platform.js';
import { fillSide, type Say, type Side } from './side.js';

/** Two organizations in one database. A attacks; every text of B is a canary. */
export interface World {
  a: Side;
  b: Side;
  /** What is B's and nobody else's. */
  secrets: Secrets;
}

/** Columns of words that all organizations share, so that no canary can stand in them. */
const VOCABULARY: Record<string, string> = {
  'api_key_secrets.prefix': 'the beginning of the secret: random',
  'api_key_addresses.address': 'where a caller is: the same machine for both',
  'api_key_calls.address': 'the same',
  'api_key_calls.method': 'a handful of words',
  'api_key_calls.path': 'the path of a route and the names of its parameters, no values',
  'api_key_calls.error_code': 'a list of codes',
  'api_key_calls.body': 'names of fields and sizes, no values',
  'organization_logos.digest': 'a hash',
  'organizations.time_zone': 'a list of names that all share',
  'organizations.locale': 'a list of languages',
  'organizations.accent': 'a colour',
  'roles.permissions': 'names of permissions',
  'account_links.purpose': 'three words',
  'account_mails.kind': 'names of notices',
  'account_mails.locale': 'a list of languages',
  'sign_in_attempts.address': 'where a caller is: the same for many',
  'sign_in_attempts.reason': 'a handful of words',
  'passkeys.transports': 'a handful of words',
  'sso_flows.client_network': 'where a caller is: the same for many',
  'api_keys.allowed_networks': 'networks: the same for many',
  'sso_domains.proof': 'random',
  'api_keys.scopes': 'names of permissions',
  'identities.password_hash': 'random',
  'files.media_type': 'names of types: the same for many',
  'notification_preferences.choices': 'reasons and ways: the same for many',
  'notification_preferences.time_zone': 'a zone: the same for many',
  'notification_preferences.locale': 'a language: the same for many',
  'webhook_endpoints.types': 'names of events: the same for many',
  'webhook_endpoints.reads': 'names of permissions: the same for many',
  'webhook_deliveries.type': 'names of events: the same for many',
  'webhook_attempts.request_headers': 'names, times and ids: the ids are recognised by themselves',
  'webhook_attempts.problem': 'one of a few words: the same for many',
  'operations.actor_type': 'a handful of words',
  'operations.result': 'ids and numbers',
  'search_tickets.config': 'a list of languages',
  'views.sort': 'a handful of words',
  'exports.kind': 'one word',
  'inbound_mails.disposition': 'four words',
  'inbound_mails.reason': 'a handful of codes',
  'job_receipts.consumer': 'names of jobs',
  'ledger_events.type': 'names of events',
  'ledger_events.subject_type': 'names of nouns',
  'outbox.type': 'names of events',
  'outbound_mails.message_id_header': 'made of ids and a signature',
  'outbound_mails.from_address': 'made of ids and a signature',
  'invoices.currency': 'three letters',
  'kept_invoices.currency': 'three letters',
  'provider_invoices.currency': 'three letters',
  'provider_invoices.billed_by': 'names of providers',
  'stripe_requests.fingerprint': 'a hash',
  'organization_entitlements.access': 'a handful of words',
  'plans.id': 'what the deployment sells: the same for all',
  'plans.name': 'what the deployment sells: the same for all',
  'plans.currency': 'what the deployment sells: the same for all',
  'plans.features': 'what the deployment sells: the same for all',
  'invoice_series.prefix': 'the seller’s own',
  'stripe_events.id': 'the provider’s own',
  'stripe_events.type': 'the provider’s own',
  'stripe_events.customer_id': 'the provider’s own',
  'stripe_events.reason': 'a handful of words',
  'staff_members.email': 'of the staff, who are nobody’s',
  'staff_members.name': 'of the staff, who are nobody’s',
  'staff_members.password_hash': 'of the staff, who are nobody’s',
  'features.name': 'names of features',
  'announcements.title': 'told to everybody',
  'announcements.text': 'told to everybody',
  'announcements.title_ar': 'told to everybody',
  'announcements.text_ar': 'told to everybody',
};

/** Fills `database` through the product, with its worker, and closes the product again. */
export async function buildWorld(database: ScratchDatabase): Promise<World> {
  const running = await startApp({ database, dataDir: database.filesDir, worker: true });
  try {
    const shared = newId();
    const system = running.get(SystemDb);
    await system.client.identity.create({
      data: {
        id: shared,
        email: 'in-both@desk.example',
        name: 'In Both',
        passwordHash: 'nobody signs in as them',
      },
      select: { id: true },
    });
    let count = 0;
    const platform = await fillPlatform(database);
    const fill = async (say: Say): Promise<Side> => {
      const side = await fillSide(running, say, shared);
      const { organizationId, ids } = side;
      const sold = await fillSold(database, organizationId, ids.user, platform, say);
      return { ...side, ids: { ...ids, ...sold } };
    };
    const a = await fill((what) => `${what}-of-a-${(count += 1)}`);
    const b = await fill(() => canary());
    await completeColumns(database.owner, b.organizationId);
    for (const side of [a, b]) await keepPresent(database.owner, side.organizationId);
    return { a, b, secrets: await secretsOf(database.owner, b.organizationId, a.organizationId) };
  } finally {
    await running.close();
  }
}

/** Whoever looks at a ticket is forgotten within a minute, and the attacks last for many: what is B's stays as it is. */
async function keepPresent(owner: pg.Client, organizationId: string): Promise<void> {
  await lookAt(owner, organizationId);
  await owner.query(
    "update ticket_presences set seen_at = now() + interval '1 day' where organization_id = $1",
    [organizationId],
  );
}

/**
 * An event of each organization that the relay has not taken yet. Only where no relay runs: it would take them.
 */
export async function fillOutbox(owner: pg.Client, world: World): Promise<void> {
  for (const { organizationId } of [world.a, world.b]) {
    await lookAt(owner, organizationId);
    await owner.query(
      "insert into outbox (organization_id, seq, type) values ($1, 1, 'organization.registered') on conflict do nothing",
      [organizationId],
    );
  }
}

interface TextColumn {
  table: string;
  column: string;
  type: string;
}

/** Puts a canary, or an id of its own, where the product left a column of B empty in every row. */
async function completeColumns(owner: pg.Client, organizationId: string): Promise<void> {
  await lookAt(owner, organizationId);
  for (const { table, condition } of tablesWithRows()) {
    for (const { column, type } of await fillableColumns(owner, table)) {
      const value =
        type === 'uuid'
          ? newId()
          : type === 'jsonb'
            ? JSON.stringify({ note: canary() })
            : canary();
      const empty = `not exists (select from ${table} t where ${condition} and t.${column} is not null)`;
      await owner.query(
        `update ${table} set ${column} = $2::${type} where ${condition} and ${empty}`,
        [organizationId, value],
      );
    }
  }
}

/** Nullable columns that no key or check restricts. */
function fillableColumns(owner: pg.Client, table: string): Promise<TextColumn[]> {
  return rowsOf(
    owner,
    `select $1::text as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
     where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped and not a.attnotnull
       and a.atttypid in ('text'::regtype, 'uuid'::regtype, 'jsonb'::regtype)
       and not exists (select from pg_constraint k where k.conrelid = a.attrelid and a.attnum = any (k.conkey))`,
    [table],
  );
}

/** Whether the proof could see a leak at all: each table has rows of B, each text of B a canary in some row. */
export async function checkWorld(
  owner: pg.Client,
  world: World,
  findings: Findings,
): Promise<void> {
  await lookAt(owner, world.b.organizationId);
  for (const { table, condition } of tablesWithRows()) {
    const [row] = await rowsOf<{ n: number }>(
      owner,
      `select count(*)::int as n from ${table} where ${condition}`,
      [world.b.organizationId],
    );
    if (row!.n === 0)
      findings.hole(table, 'the proof puts no row of the attacked organization into it');
    for (const { column, type } of await textColumns(owner, table)) {
      findings.tried('text columns with a canary');
      const [found] = await rowsOf<{ n: number }>(
        owner,
        `select count(*)::int as n from ${table} where ${condition} and ${
          type === 'bytea' ? `convert_from(${column}, 'LATIN1')` : `${column}::text`
        } ~ 'kanarie'`,
        [world.b.organizationId],
      );
      const isListed = `${table}.${column}` in VOCABULARY;
      if (found!.n === 0 && !isListed)
        findings.hole(`${table}.${column}`, 'holds no canary: a leak of it would not be seen');
    }
  }
}

/** Columns of text or JSON whose values no check enumerates. */
function textColumns(owner: pg.Client, table: string): Promise<TextColumn[]> {
  return rowsOf(
    owner,
    `select $1::text as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
     where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped
       and a.atttypid in ('text'::regtype, 'text[]'::regtype, 'jsonb'::regtype)
       and not exists (select from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'c'
         and a.attnum = any (k.conkey) and pg_get_constraintdef(k.oid) ~ 'ARRAY\\[')`,
    [table],
  );
}
