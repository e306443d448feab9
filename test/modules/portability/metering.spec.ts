import { join } from 'node:path';
import { UsageMeter } from '#modules/billing/usage-meter.service.js';
import { startApp, useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { SELLING } from '../../support/billing.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { newTicket } from '../../support/given.js';
import { archived, folderOfTest, furnish, restored } from './desk.js';

const here = await useApp({ settings: SELLING });
const there = await startApp({ settings: SELLING, database: await databaseOfItsOwn('metered') });
afterAll(() => there.close());
const folder = await folderOfTest();

async function metered(): Promise<unknown[]> {
  const { rows } = await asOwner(there.database, (client) =>
    client.query(
      'select meter, sum(quantity)::int as used from usage_records group by 1 order by 1',
    ),
  );
  return rows;
}

it('what was used before an organization came is not counted where it came to, and all after it is', async () => {
  const acme = await here.given.organization();
  await furnish(acme, 'metered');
  const path = join(folder, 'acme.tar');
  await archived(here, acme.organization.slug, path);
  const meter = there.get(UsageMeter);
  // Looks while it comes, as the worker of the deployment does.
  const [done] = await Promise.all([restored(there, path), meter.sweep(), meter.sweep()]);
  expect(done.rows).toBeGreaterThan(50);
  await meter.sweep();
  expect(await metered()).toEqual([]);
  const { rows } = await asOwner(there.database, (client) =>
    client.query(
      'select p.seq = h.seq as "isAtTheEnd" from usage_positions p join ledger_heads h using (organization_id)',
    ),
  );
  expect(rows).toEqual([{ isAtTheEnd: true }]);
  const email = acme.owner.user.email;
  const { rows: people } = await asOwner(here.database, (client) =>
    client.query('select password_hash as hash from identities where email = $1', [email]),
  );
  await asOwner(there.database, (client) =>
    client.query(
      'update identities set password_hash = $1, email_verified_at = now() where email = $2',
      [people[0].hash, email],
    ),
  );
  const session = await there
    .as(null)
    .post('/auth/sessions', { email, password: 'correct horse battery' });
  const owner = there.as(expectStatus(session, 201).body.data.accessToken);
  const { id } = expectStatus(await owner.post('/tickets', newTicket()), 201).body.data;
  const reply = { kind: 'reply', body: 'Here again' };
  expectStatus(await owner.post(`/tickets/${id}/messages`, reply), 201);
  await Promise.all([meter.sweep(), meter.sweep()]);
  expect(await metered()).toEqual([
    { meter: 'messages', used: 1 },
    { meter: 'tickets', used: 1 },
  ]);
});
