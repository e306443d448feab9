import type { TicketFilter } from '../../../apps/api/src/modules/tickets/ticket-list-filter.js';
import { runInContext } from '#core/context/context.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { ticketCount, ticketList } from '../../../apps/api/src/modules/tickets/ticket-list.sql.js';
import { parseConditions } from '../../../apps/api/src/modules/tickets/ticket-conditions.js';
import type { TicketSort } from '../../../apps/api/src/modules/tickets/ticket-terms.js';
import { useApp } from '../../support/app.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';

const database = await databaseOfItsOwn('list_plans');
const running = await useApp({ database });
const acme = await running.given.organization();
const others = await running.given.organization('Others');
const agent = await acme.user('agent');
await acme.ticket();
await others.ticket();
await asOwner(database, async (client) => {
  for (const [id, count] of [
    [acme.id, 3_000],
    [others.id, 12_000],
  ])
    await client.query(
      `insert into tickets (organization_id, id, number, subject, channel, requester_id, requester_email, requester_name, state_id, status, priority, tags, updated_at)
       select t.organization_id, gen_random_uuid(), n + 1, 'Subject ' || n, channel, requester_id, requester_email, requester_name, s.id, s.category,
         case n % 50 when 0 then 'urgent' else 'normal' end, case n % 100 when 0 then '{vip}'::text[] else array['t' || n, 'u' || n] end, now() - n * interval '1 minute'
       from tickets t, generate_series(1, $2::int) n
       join ticket_states s on s.organization_id = $1 and s.category = case n % 20 when 0 then 'pending' else 'open' end
       where t.organization_id = $1 and t.number = 1`,
      [id, count],
    );
  await client.query('vacuum analyze tickets');
  await client.query('vacuum analyze ticket_tags');
});

const page = { skip: 0, limit: 25, cursor: null };
const where = (field: string, operator: string, value?: unknown): TicketFilter => ({
  conditions: parseConditions({ all: [{ field, operator, value }] }),
  me: agent.user.id,
});

/** The plan as the role of the tenants gets it, with row level security in it. */
async function planOf({ statement, values }: ReturnType<typeof ticketList>): Promise<string> {
  const text = `explain (costs off) ${statement.text}`;
  const rows = await runInContext({ requestId: 'plans', organizationId: acme.id }, () =>
    running.get(TenantDb).sql<{ 'QUERY PLAN': string }>({ name: '', text }, values),
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

describe('the plans of lists, under row level security', () => {
  it.each<[string, TicketFilter, TicketSort, RegExp]>([
    ['nothing', {}, '-updatedAt', /tickets_organization_id_updated_at_id_idx/],
    ['nothing', {}, 'number', /tickets_organization_id_number_key/],
    ['nothing', {}, '-lastMessageAt', /tickets_organization_id_last_message_at_id_idx/],
    ['nothing', {}, '-priority', /tickets_organization_id_priority_updated_at_id_idx/],
    ['status', { status: 'pending' }, '-updatedAt', /tickets_organization_id_status_/],
    [
      'person',
      where('assigneeId', 'is', 'me'),
      '-updatedAt',
      /tickets_organization_id_assignee_id_/,
    ],
    [
      'team',
      where('teamId', 'is', agent.user.id),
      '-updatedAt',
      /tickets_organization_id_team_id_/,
    ],
    [
      'company',
      where('companyId', 'is', agent.user.id),
      '-updatedAt',
      /tickets_organization_id_company_id_/,
    ],
    [
      'priority',
      where('priority', 'is', 'urgent'),
      '-updatedAt',
      /tickets_organization_id_priority_/,
    ],
    ['tag', where('tag', 'is', 'vip'), '-updatedAt', /ticket_tags_(pkey|organization_id)/],
    [
      'field',
      where('fields.order_no', 'is', 'A-1'),
      '-updatedAt',
      /ticket_field_values_(pkey|organization_id)/,
    ],
    ['number of a field', where('fields.amount', 'less', 5), '-updatedAt', /ticket_field_values_/],
    [
      'put off',
      where('snoozed', 'is', true),
      '-updatedAt',
      /tickets_organization_id_(snoozed_until|updated_at)/,
    ],
  ])('by %s read an index and sort no table', async (_, filter, sort, index) => {
    const plan = await planOf(ticketList(filter, sort, page));

    expect(plan).toMatch(index);
    expect(plan).not.toContain('Seq Scan on tickets');
    expect(plan).not.toContain('Seq Scan on ticket_');
  });

  it('of one of several states walk each by itself and sort nothing', async () => {
    const conditions = parseConditions({
      all: [
        { field: 'status', operator: 'in', value: ['open', 'pending'] },
        { field: 'priority', operator: 'in', value: ['normal', 'urgent'] },
      ],
    });
    const plan = await planOf(ticketList({ viewConditions: conditions }, '-updatedAt', page));

    const walks = plan.split('Merge Append')[1]!;
    expect(
      walks.match(/Index Scan using tickets_organization_id_(status_)?updated_at_id_idx/g),
    ).toHaveLength(2);
    expect(walks).not.toMatch(/-> +(Incremental )?Sort/);
  });

  it('of a count stop where it stops', async () => {
    const plan = await planOf(ticketCount(where('status', 'is', 'open'), 10_000));

    expect(plan).toContain('Limit');
    expect(plan).toMatch(/tickets_organization_id_/);
    expect(plan).not.toContain('Seq Scan');
  });
});
