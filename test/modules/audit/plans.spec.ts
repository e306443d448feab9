import {
  trailPage,
  logStretch,
  type Query,
} from '../../../apps/api/src/modules/audit/audit.sql.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';
import { buffersOf, nodesOf, planOf, type PlanNode } from '../../bench/plans.js';

/** One event of the trail in a hundred, among work on tickets and mails. */
const EVENTS = 100_000;
const MOST_BUFFERS = 60;
/** A filter by type reads the events of the trail that it passes over. */
const MOST_BUFFERS_BY_TYPE = 500;

let running: RunningApp;
let acme: GivenOrganization;

beforeAll(async () => {
  running = await startApp({ database: await databaseOfItsOwn('trail') });
  acme = await running.given.organization();
  await aLongLog();
}, 120_000);

afterAll(() => running.close());

const page = { skip: 0, limit: 25, cursor: null };
const cursor = { key: '50000', id: '00000000-0000-7000-8000-000000000000' };
const person = '00000000-0000-7000-8000-000000000001';

async function planned({ statement, values }: Query): Promise<PlanNode> {
  // Lists go as Postgres writes them.
  const texts = values.map((value) => (Array.isArray(value) ? `{${value.join(',')}}` : value));
  return planOf(running.database, acme.id, statement, texts);
}

it.each<[string, Query, string]>([
  ['the newest', trailPage({}, page), 'ledger_events_trail_idx'],
  ['a later page', trailPage({}, { ...page, cursor }), 'ledger_events_trail_idx'],
  ['those of a domain', trailPage({ types: ['auth.*'] }, page), 'ledger_events_trail_idx'],
  ['those of a person', trailPage({ actorId: person }, page), 'ledger_events_trail_actor_idx'],
  [
    'those about a person',
    trailPage({ subjectId: person }, page),
    'ledger_events_trail_subject_idx',
  ],
])('%s are read off their index, among a hundred thousand events', async (_, query, index) => {
  const plan = await planned(query);
  const nodes = nodesOf(plan);

  const reads = nodes.filter((node) => node['Relation Name'] === 'ledger_events');
  expect(new Set(reads.map((node) => node['Index Name']))).toEqual(new Set([index]));
  expect(nodes.map((node) => node['Node Type'])).not.toContain('Sort');
  const isByType = reads.some((node) => node.Filter?.includes('type'));
  expect(buffersOf(plan)).toBeLessThanOrEqual(isByType ? MOST_BUFFERS_BY_TYPE : MOST_BUFFERS);
});

it.each<[string, Query]>([
  ['the trail', logStretch({}, 'trail', { after: 1_000, upTo: EVENTS, limit: 100 })],
  ['everything', logStretch({}, 'all', { after: 1_000, upTo: EVENTS, limit: 100 })],
])('a stretch of %s for an export is read in order', async (_, query) => {
  const plan = await planned(query);
  const nodes = nodesOf(plan);
  expect(nodes.map((node) => node['Node Type'])).not.toContain('Sort');
  expect(nodes.filter((node) => node.Filter !== undefined)).toEqual([]);
  expect(buffersOf(plan)).toBeLessThanOrEqual(3 * MOST_BUFFERS);
});

async function aLongLog(): Promise<void> {
  await asOwner(running.database, async (client) => {
    await client.query('set synchronous_commit = on');
    await client.query("select set_config('app.organization_id', $1, false)", [acme.id]);
    await client.query(
      `insert into ledger_events (seq, id, type, occurred_at, actor_type, actor_id, subject_type, subject_id, data, data_hash, prev_hash, hash)
       select n, gen_random_uuid(),
         case when n % 100 = 0 then (array['auth.signed_in', 'user.role_changed', 'api_key.created'])[n / 100 % 3 + 1]
           else (array['ticket.created', 'ticket.replied', 'mail.sent'])[n % 3 + 1] end,
         now() - n * interval '1 second', 'user', ('00000000-0000-7000-8000-' || lpad((n / 100 % 50)::text, 12, '0'))::uuid,
         'user', ('00000000-0000-7000-8000-' || lpad((n / 100 % 70)::text, 12, '0'))::uuid, '{}', '\\x', '\\x', '\\x'
       from generate_series(100, $1::int) as n`,
      [EVENTS],
    );
    await client.query('vacuum (analyze) ledger_events');
  });
}
