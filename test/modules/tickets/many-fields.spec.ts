import { runInContext } from '#core/context/context.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TicketDto } from '#modules/tickets/dto/ticket.dto.js';
import { conditionsOfText } from '../../../apps/api/src/modules/tickets/ticket-conditions.js';
import { ticketList } from '../../../apps/api/src/modules/tickets/ticket-list.sql.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';

const MANY = 200;
const running = await useApp();
const acme = await running.given.organization();
const db = running.get(TenantDb);
const first = { skip: 0, limit: 25, cursor: null };

await asOwner(running.database, (client) =>
  client.query(
    `insert into custom_fields (organization_id, id, subject, key, kind, name, position)
     select $1, gen_random_uuid(), 'ticket', 'field_' || n, 'text', 'Field ' || n, n from generate_series(1, ${MANY}) n`,
    [acme.id],
  ),
);
const values = Object.fromEntries(
  Array.from({ length: MANY }, (_, i) => [`field_${i + 1}`, `value ${i + 1} ${'x'.repeat(50)}`]),
);
const full = await acme.ticket({ fields: values });
const rare = await acme.ticket({ fields: { field_7: 'rare' } });

function rowsRead<T extends object>(
  statement: { name: string; text: string },
  args: unknown[],
): Promise<T[]> {
  return runInContext({ requestId: 'many-fields', organizationId: acme.id }, () =>
    db.sql<T>(statement, args),
  );
}

describe('two hundred custom fields', () => {
  it('are stored and shown on the ticket itself', async () => {
    const { body } = await acme.owner.get(`/tickets/${full.id}`);

    expect(body.data.fields).toEqual(values);
  });

  it('are in no column and no table of the list, unless they are asked for', async () => {
    const { statement, values: args } = ticketList({}, '-updatedAt', first);
    const [row] = await rowsRead(statement, args);

    expect(Object.keys(row!)).not.toContain('fields');
    expect(statement.text).not.toMatch(/ticket_field_values|custom_fields|\bjoin\b/);
    expect(JSON.stringify(row).length).toBeLessThan(1_500);
    const plain = (await acme.owner.get('/tickets')).body.data as TicketDto[];
    expect(plain.some((ticket) => 'fields' in ticket)).toBe(false);
    const asked = (await acme.owner.get('/tickets?include=fields')).body.data as TicketDto[];
    expect(asked.find(({ id }) => id === full.id)!.fields).toEqual(values);
  });

  it('are filtered by an index', async () => {
    const conditions = { all: [{ field: 'fields.field_7', operator: 'is', value: 'rare' }] };
    const filter = { conditions: conditionsOfText(JSON.stringify(conditions)) };
    const { statement, values: args } = ticketList(filter, '-updatedAt', first);

    const found = await rowsRead<{ id: string }>(statement, args);
    // As many rows as make a walk through the whole table the dearer way.
    await asOwner(running.database, async (client) => {
      await client.query(
        `insert into ticket_field_values (organization_id, key, value, ticket_id)
         select $1, 'field_' || n % 200, 'v' || n, $2 from generate_series(1, 50000) n`,
        [acme.id, full.id],
      );
      await client.query('analyze ticket_field_values');
    });
    const plan = await rowsRead<{ 'QUERY PLAN': string }>(
      { name: '', text: `explain ${statement.text}` },
      args,
    );

    expect(found.map(({ id }) => id)).toEqual([rare.id]);
    const lines = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(lines).toMatch(/Index.* on ticket_field_values/);
    expect(lines).not.toMatch(/Seq Scan on ticket_field_values/);
    expect(lines).toMatch(/Index Cond: .*key = .*value = /);
  });

  it('cost one look at the fields when they are changed, however many there are', async () => {
    const changed = await acme.owner.patch(`/tickets/${full.id}`, {
      fields: { field_1: 'new', field_200: null },
    });

    expect(changed.body.data.fields.field_1).toBe('new');
    expect(Object.keys(changed.body.data.fields)).toHaveLength(MANY - 1);
    const rows = await asOwner(running.database, (client) =>
      client.query(
        `select key, value from ticket_field_values where ticket_id = $1 and key in ('field_1', 'field_200') and value not like 'v%'`,
        [full.id],
      ),
    );
    expect(rows.rows).toEqual([{ key: 'field_1', value: 'new' }]);
  });
});
