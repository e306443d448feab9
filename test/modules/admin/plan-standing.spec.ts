import { LimitWarnings } from '#modules/billing/limit-warnings.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { grant, laterAt, PROFILE, SELLING } from '../../support/billing.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { givenStaff } from '../../support/staff.js';

const running = await useApp({
  settings: SELLING,
  database: await databaseOfItsOwn('staff_standing'),
});
const support = await givenStaff(running, 'support');

afterEach(() => running.clock.reset());

async function found(query: string): Promise<string[]> {
  const { data } = expectStatus(await support.get(`/admin/organizations?${query}`), 200).body;
  return data.map(({ id }: any) => id);
}

async function row(id: string): Promise<any> {
  return expectStatus(await support.get(`/admin/organizations?search=${id}`), 200).body.data[0];
}

describe('the organizations, as staff see them where plans are sold', () => {
  it('show the plan that they took and how it stands, and are found by both', async () => {
    const [acme, globex] = [await running.given.organization(), await running.given.organization()];
    expect((await row(acme.id)).plan).toBe(null);
    const choice = { planId: 'team', interval: 'month', seats: 4 };
    expectStatus(await acme.owner.put('/billing/subscription', choice), 200);
    const plan = { id: 'team', status: 'trialing', access: 'full', usedPercent: null };
    expect((await row(acme.id)).plan).toEqual(plan);
    expect(await found('plan=team&standing=trialing')).toEqual([acme.id]);
    expect(await found('plan=starter')).toEqual([]);
    expect(await found('standing=active')).toEqual([]);
    expect(await found('')).toEqual(expect.arrayContaining([globex.id]));
    expectStatus(await acme.owner.put('/billing/profile', PROFILE), 200);
    const began = running.clock.now().getTime();
    for (const days of [15, 65])
      await laterAt(running, new Date(began + days * 86_400_000).toISOString());
    const again = await givenStaff(running, 'support');
    const { data } = (await again.get('/admin/organizations?standing=suspended')).body;
    expect(data).toHaveLength(1);
    expect(data[0].plan).toMatchObject({ id: 'team', access: 'suspended' });
    running.clock.reset();
    for (const wrong of ['usage=much', 'standing=gone', 'plan='])
      expect((await support.get(`/admin/organizations?${wrong}`)).status).toBe(400);
  });

  it('are found by how much they use, as the worker noted it last', async () => {
    const [near, over, far] = [
      await running.given.organization(),
      await running.given.organization(),
      await running.given.organization(),
    ];
    await grant(running, near.id, { tickets: 5, seats: 100 });
    await grant(running, over.id, { seats: 1 });
    await grant(running, far.id, { seats: null });
    for (let n = 0; n < 4; n += 1) await near.ticket();
    expect(await found('usage=near_limit')).toEqual([]);
    await running.get(LimitWarnings).sweep();
    expect(await found('usage=near_limit')).toEqual([near.id]);
    expect(await found('usage=over_limit')).toEqual([over.id]);
    expect((await row(near.id)).plan).toMatchObject({ id: 'test', status: null, usedPercent: 80 });
    expect((await row(far.id)).plan.usedPercent).toBe(null);
    await grant(running, over.id, { seats: 1, access: 'read_only' });
    await over.ticket().catch(() => undefined);
    await grant(running, near.id, { tickets: 100 });
    await running.get(LimitWarnings).sweep();
    expect(await found('usage=near_limit')).toEqual([]);
    expect(await found('usage=over_limit')).toEqual([over.id]);
  });

  it('show on their page what is used of each limit at this moment', async () => {
    const acme = await running.given.organization();
    await acme.user('agent');
    await acme.ticket();
    await grant(running, acme.id, { seats: 1, tickets: 2, storage: 1000 });
    const { data } = (await support.get(`/admin/organizations/${acme.id}`)).body;
    expect(data.planLimits).toEqual([
      { entitlement: 'seats', limit: 1, used: 2, percent: 200 },
      { entitlement: 'ticketsAMonth', limit: 2, used: 1, percent: 50 },
      { entitlement: 'storageBytes', limit: 1000, used: 0, percent: 0 },
    ]);
    expect(data.limits.storageAllowed).toBe(1000);
    expect(data.organization.plan.id).toBe('test');
  });
});
