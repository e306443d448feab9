import { OrganizationErasure } from '../../../apps/api/src/modules/organizations/organization-erasure.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { settled } from '../../support/jobs.js';
import { fillDesk } from '../../tenancy/proof/world/desk.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('erasure') });

/** Every table whose rows are organizations', with how many of them are of this one. */
async function rowsOf(organizationId: string): Promise<Record<string, number>> {
  return asOwner(running.database, async (client) => {
    const { rows } = await client.query<{ place: string }>(
      `select c.oid::regclass::text as place from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attname = 'organization_id'`,
    );
    const counts: Record<string, number> = {};
    for (const { place } of rows) {
      const found = await client.query<{ n: number }>(
        `select count(*)::int as n from ${place} where organization_id = $1`,
        [organizationId],
      );
      counts[place] = found.rows[0]!.n;
    }
    return counts;
  });
}

describe('the erasure of an organization with a desk in full use', () => {
  it('leaves no row in any table but its certificate, whatever points at what', async () => {
    const desk = await running.given.organization('Busy Desk');
    const agent = await desk.user('agent');
    const key = await desk.apiKey(['tickets:read', 'tickets:write', 'customers:write']);
    const ticket = await desk.ticket({ tags: ['vip'] });
    let words = 0;
    const { ids } = await fillDesk(
      running,
      desk.owner,
      key,
      { ticketId: ticket.id, userId: desk.owner.user.id, colleagueId: agent.user.id },
      (what) => `${what}-${(words += 1)}`,
    );
    // What points at its own table: a merged ticket, a merged customer.
    const twin = { email: 'twin@customer.example', name: 'Twin' };
    const { id } = expectStatus(await desk.owner.post('/customers', twin), 201).body.data;
    await desk.owner.post(`/customers/${ids.customer}/merges`, { customerId: id });
    await settled(running);
    const before = await rowsOf(desk.id);
    const used = Object.keys(before).filter((table) => before[table]! > 0);
    expect(used).toEqual(
      expect.arrayContaining(['operation_messages', 'attachments', 'search_tickets', 'exports']),
    );

    await asOwner(running.database, async (client) => {
      await client.query(
        "update organizations set delete_after = now() - interval '1 s' where id = $1",
        [desk.id],
      );
      await running.get(OrganizationErasure).sweep();
    });

    const left = Object.entries(await rowsOf(desk.id)).filter(([, rows]) => rows > 0);
    // That it was here, and that it is not any more.
    expect(left).toEqual([['erasure_certificates', 1]]);
  });
});
