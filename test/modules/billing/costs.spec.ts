import { expect, it } from '@jest/globals';
import { ConsumptionJournal } from '../../../apps/api/src/modules/billing/consumption-journal.service.js';
import { Costs, costsOf, costTable } from '../../../apps/api/src/modules/billing/costs.service.js';
import { Plans } from '../../../apps/api/src/modules/billing/plans.service.js';
import { UsageMeter } from '../../../apps/api/src/modules/billing/usage-meter.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { PROFILE, SELLING } from '../../support/billing.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';

const running = await useApp({
  settings: { ...SELLING, BILLING_COST_DATABASE_HOUR: '3600000', BILLING_COST_PROCESS_HOUR: '7' },
  database: await databaseOfItsOwn('costs'),
});
const { given } = running;
await running.get(Plans).publish({
  ...{ id: 'paid', name: 'Paid', currency: 'EUR', monthlyPrice: 1000, yearlyPrice: 10_000 },
  ...{ trialDays: 0, seats: null, ticketsAMonth: null, storageBytes: null, callsAMinute: null },
  features: [],
});

it('counts calls and the time of the database for each organization, and adds them up by the hour', async () => {
  const [acme, globex] = [await given.organization(), await given.organization()];
  const journal = running.get(ConsumptionJournal);
  await journal.write();
  const before = await hours(acme.id);
  for (let n = 0; n < 3; n += 1) await acme.owner.get('/tickets');
  await journal.write();
  await acme.owner.get('/tickets');
  await Promise.all([journal.write(), journal.write()]);
  const after = await hours(acme.id);
  expect(after.calls - before.calls).toBe(4);
  expect(after.statements - before.statements).toBeGreaterThanOrEqual(4);
  expect((await hours(globex.id)).calls).toBe(0);
  const { meters } = expectStatus(await acme.owner.get('/billing/usage'), 200).body.data;
  const calls = meters.find(({ meter }: any) => meter === 'calls').days[0].quantity;
  expect(calls).toBe(after.calls);
});

async function hours(id: string): Promise<{ calls: number; statements: number }> {
  const { rows } = await asOwner(running.database, (client) =>
    client.query(
      'select coalesce(sum(calls), 0)::int as calls, coalesce(sum(statements), 0)::int as statements from usage_hours where organization_id = $1',
      [id],
    ),
  );
  return rows[0];
}

it('reports what organizations cost and pay, and what is left of that', async () => {
  const acme = await given.organization();
  expectStatus(await acme.owner.put('/billing/profile', PROFILE), 200);
  const choice = { planId: 'paid', interval: 'month', seats: 2 };
  expectStatus(await acme.owner.put('/billing/subscription', choice), 200);
  await acme.ticket();
  await running.get(UsageMeter).sweep();
  await running.get(ConsumptionJournal).write();
  const report = await running.get(Costs).ofMonth(null);
  const row = report.organizations.find(({ id }) => id === acme.id)!;
  expect(row).toMatchObject({ tickets: 1, billed: { EUR: 2000 } });
  expect(row.cost).toBeGreaterThanOrEqual(Math.round(row.databaseMs));
  expect(row.margin).toBe(2000 - row.cost);
  const table = costTable(report).split('\n');
  expect(table).toHaveLength(report.organizations.length + 2);
  expect(table.find((line) => line.startsWith(row.slug))).toContain('20.00 EUR');
  const earlier = await running.get(Costs).ofMonth(new Date('2020-05-05T00:00:00Z'));
  expect(earlier.organizations.every(({ cost, calls }) => cost === 0 && calls === 0)).toBe(true);
});

it('reckons in whole units, and says nothing of what is left in another currency', () => {
  const rates = {
    ...{ currency: 'EUR', databaseHour: 100, processHour: 10, gibMonth: 5, thousandMails: 50 },
  };
  const row = {
    ...{ id: 'a', slug: 'a', name: 'A', calls: 1, tickets: 0, mails: 500 },
    ...{ databaseMs: 1_800_000, callMs: 1_800_000, jobMs: 1_800_000, byteDays: 2 ** 30 * 60 },
  };
  expect(costsOf({ ...row, billed: {} }, rates)).toMatchObject({
    ...{ gibMonths: 2, cost: 50 + 10 + 10 + 25, margin: -95 },
  });
  expect(costsOf({ ...row, billed: { USD: 9 } }, rates).margin).toBe(null);
});
