import { asOwner, databaseOfItsOwn } from '../support/database.js';
import { startApp, type RunningApp } from '../support/app.js';
import { newTicket, type GivenOrganization, type Integration } from '../support/given.js';
import type { PreparedStatement } from '#core/database/prepared-statement.js';
import { eventsAfter } from '#modules/integrations/events.view.js';
import type { TicketFilter } from '#modules/tickets/ticket-list-filter.js';
import { ticketList } from '#modules/tickets/ticket-list.sql.js';
import { ApiKeyJournal } from '../../apps/api/src/modules/integrations/api-key-journal.service.js';
import { buffersOf, nodesOf, planOf } from './plans.js';
import { trafficOf } from './wire.js';

/** Timings differ from machine to machine; what a request costs in trips, plans and pages does not. */
const MOST_BUFFERS = 40;
const SIZES = [200, 2_000, 20_000];

let running: RunningApp;
let organizations: GivenOrganization[];
let caller: Integration;

beforeAll(async () => {
  running = await startApp({ database: await databaseOfItsOwn('gates') });
  // What keys did is written once a second, beside the requests: it would count as whichever is measured just then. From
  // here on it waits for the end, as it does in an application that closes.
  await running.get(ApiKeyJournal).beforeApplicationShutdown();
  organizations = [];
  for (const size of SIZES) {
    const organization = await running.given.organization(`${size} tickets`);
    await organization.ticket();
    organizations.push(organization);
  }
  await fill(organizations);
  caller = await organizations[0]!.apiKey([
    'tickets:read',
    'tickets:write',
    // Whoever may not read notes is told of fewer messages, and those are counted in a trip of their own.
    'notes:read',
    'events:read',
  ]);
  await caller.get('/tickets');
}, 120_000);

afterAll(() => running.close());

describe('what a request sends to Postgres', () => {
  // Each statement goes with the one that sets the tenant, in the same trip.
  const ONE_TRIP = { roundTrips: 1, statements: 2 };

  it.each([
    ['a list', () => caller.get('/tickets?status=open&limit=25')],
    ['a list of the newest', () => caller.get('/tickets')],
    ['the events', () => caller.get('/events?after=0&limit=50')],
    [
      'a new ticket of a new requester',
      () => caller.post('/tickets', newTicket({ requester: { email: 'new@customer.example' } })),
    ],
    ['a new ticket of a known requester', () => caller.post('/tickets', newTicket())],
  ])('is one trip for %s', async (_, request) => {
    expect(await trafficOf(request)).toEqual(ONE_TRIP);
  });

  it('is one trip for a ticket, its messages and a reply', async () => {
    const { id } = await organizations[0]!.ticket();
    expect(await trafficOf(() => caller.get(`/tickets/${id}`))).toEqual(ONE_TRIP);
    expect(await trafficOf(() => caller.get(`/tickets/${id}/messages`))).toEqual(ONE_TRIP);
    const reply = { kind: 'reply', body: 'We are looking into it.' };
    expect(await trafficOf(() => caller.post(`/tickets/${id}/messages`, reply))).toEqual(ONE_TRIP);
  });

  it('is nothing for a credential of the wrong form', async () => {
    const guess = running.as('md_live_guessed');
    expect(await trafficOf(() => guess.get('/tickets'))).toEqual({ roundTrips: 0, statements: 0 });
  });
});

describe('how Postgres runs a list under row level security', () => {
  const person = '00000000-0000-7000-8000-000000000001';

  it.each<[TicketFilter, string]>([
    [{}, 'tickets_organization_id_updated_at_id_idx'],
    [{ status: 'open' }, 'tickets_organization_id_status_updated_at_id_idx'],
    [{ priority: 'high' }, 'tickets_organization_id_priority_updated_at_id_idx'],
    [{ assigneeId: person }, 'tickets_organization_id_assignee_id_updated_at_id_idx'],
    [{ requesterId: person }, 'tickets_organization_id_requester_id_updated_at_id_idx'],
  ])('%j is read off its index in order, nothing is filtered or sorted', async (filter, index) => {
    const { statement, values } = openPage(filter);
    const nodes = nodesOf(
      await planOf(running.database, organizations.at(-1)!.id, statement, values),
    );
    const page = nodes.find((node) => node['Node Type'] === 'Index Scan');
    expect(page).toMatchObject({ 'Index Name': index, 'Relation Name': 'tickets' });
    expect(page!['Index Cond']).toContain('organization_id');
    expect(nodes.filter((node) => node.Filter !== undefined)).toEqual([]);
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Sort');
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
  });

  it('counts beside the page without reading a ticket', async () => {
    const { statement, values } = openPage({ status: 'open' });
    const nodes = nodesOf(
      await planOf(running.database, organizations.at(-1)!.id, statement, values),
    );
    expect(nodes.filter((node) => node['Node Type'] === 'Index Only Scan')).toHaveLength(1);
  });

  it.each(SIZES)('touches few pages in an organization of %i tickets', async (size) => {
    const { statement, values } = openPage({ status: 'open' });
    const organization = organizations[SIZES.indexOf(size)]!;
    const plan = await planOf(running.database, organization.id, statement, values);
    expect(buffersOf(plan)).toBeLessThanOrEqual(MOST_BUFFERS);
  });

  it('reads the events off the key of the log', async () => {
    const nodes = nodesOf(
      await planOf(running.database, organizations[0]!.id, eventsAfter, [0, 51]),
    );
    expect(nodes.map((node) => node['Index Name']).filter(Boolean)).toEqual([
      'ledger_heads_pkey',
      'ledger_events_pkey',
    ]);
    expect(nodes.filter((node) => node.Filter !== undefined)).toEqual([]);
  });
});

function openPage(filter: TicketFilter): { statement: PreparedStatement; values: unknown[] } {
  return ticketList(filter, '-updatedAt', { skip: 0, limit: 25, cursor: null });
}

/** Copies each organization's first ticket until it has as many as it is named for, all of them mixed in the table. */
async function fill(targets: GivenOrganization[]): Promise<void> {
  await asOwner(running.database, async (client) => {
    // Rows whose commit is not on disk yet would not count as visible to all, and a count would read each of them.
    await client.query('set synchronous_commit = on');
    for (const [index, { id }] of targets.entries()) {
      // The owner need not be a superuser: it is held by the policies too.
      await client.query("select set_config('app.organization_id', $1, false)", [id]);
      await client.query(
        `insert into tickets (id, number, subject, status, priority, channel, requester_id, requester_email, requester_name,
           message_count, created_at, updated_at, last_message_at, closed_at)
         select gen_random_uuid(), n, subject, case when n % 14 = 0 then 'open' else 'closed' end,
           case when n % 9 = 0 then 'high' else 'normal' end, channel, requester_id, requester_email, requester_name, 1,
           at, at, at, case when n % 14 = 0 then null else at end
         from (select * from tickets where organization_id = $1 limit 1) t, generate_series(2, $2::int) as n,
           lateral (select now() - n * interval '1 minute' as at) as times
         order by md5(n::text)`,
        [id, SIZES[index]],
      );
      await client.query('update ticket_counters set last_number = $2 where organization_id = $1', [
        id,
        SIZES[index],
      ]);
    }
    await client.query('vacuum (analyze) tickets');
  });
}
