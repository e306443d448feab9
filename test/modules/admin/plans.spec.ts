import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { SELLING } from '../../support/billing.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { givenStaff } from '../../support/staff.js';

const running = await useApp({
  settings: SELLING,
  database: await databaseOfItsOwn('staff_plans'),
});
const bella = await givenStaff(running, 'billing');
const support = await givenStaff(running, 'support');
const operator = await givenStaff(running, 'operator');
const PLAN = {
  ...{ name: 'Small', currency: 'EUR', monthlyPrice: 500, yearlyPrice: 5000, trialDays: 7 },
  ...{ seats: 5, ticketsAMonth: null, storageBytes: 1_000_000, callsAMinute: null },
  features: ['sla'],
};

async function offered(): Promise<string[]> {
  const acme = await running.given.organization();
  const { data } = expectStatus(await acme.owner.get('/billing/plans'), 200).body;
  return data.map(({ id, version }: any) => `${id} ${version}`);
}

describe('plans, as staff sell them', () => {
  it('are offered, and a new version of one leaves who has the older one as they are', async () => {
    const path = '/admin/plans/small/versions';
    const made = expectStatus(await bella.post(path, { ...PLAN, basedOn: 0 }), 201).body.data;
    expect(made).toMatchObject({ ...PLAN, id: 'small', version: 1, isOffered: true });
    const acme = await running.given.organization();
    const choice = { planId: 'small', interval: 'month', seats: 2 };
    expectStatus(await acme.owner.put('/billing/subscription', choice), 200);
    const dearer = { ...PLAN, monthlyPrice: 900, basedOn: 1 };
    expect(expectStatus(await bella.post(path, dearer), 201).body.data.version).toBe(2);
    const { data, total } = expectStatus(await support.get(path), 200).body;
    expect(total).toBe(2);
    expect(
      data.map((row: any) => [row.version, row.monthlyPrice, row.isOffered, row.organizations]),
    ).toEqual([
      [2, 900, true, 0],
      [1, 500, false, 1],
    ]);
    const kept = (await acme.owner.get('/billing/subscription')).body.data;
    expect([kept.planVersion, kept.price]).toEqual([1, 1000]);
    expect(await offered()).toContain('small 2');
    expectStatus(await bella.post(path, { ...PLAN, basedOn: 2, isOffered: false }), 201);
    expect((await offered()).some((name) => name.startsWith('small'))).toBe(false);
    const acts = (await operator.get('/admin/acts')).body.data;
    expect(acts.filter(({ type }: any) => type === 'plan.published')).toHaveLength(3);
    expect(acts[0]).toMatchObject({
      ...{ staffId: bella.staff.id, organizationId: null },
      data: { planId: 'small', version: 3 },
    });
  });

  it('are listed by their newest version, page by page', async () => {
    const { data, total } = expectStatus(await support.get('/admin/plans'), 200).body;
    expect(data.map(({ id }: any) => id)).toEqual(
      expect.arrayContaining(['business', 'free-for-all', 'starter', 'team']),
    );
    expect(total).toBe(data.length);
    const second = (await support.get('/admin/plans?skip=1&limit=1')).body.data;
    expect(second).toEqual([data[1]]);
  });

  it('are offered by one at a time: who did not see the newest version is told so', async () => {
    const path = '/admin/plans/raced/versions';
    const answers = await Promise.all(
      [1, 2, 3].map((monthlyPrice) => bella.post(path, { ...PLAN, monthlyPrice, basedOn: 0 })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
    const late = answers.find(({ status }) => status === 409)!;
    expect(late.body.error).toMatchObject({ code: 'billing.plan_moved', details: { version: 1 } });
    const absent = await bella.post('/admin/plans/nowhere/versions', { ...PLAN, basedOn: 4 });
    expect([absent.status, absent.body.error.code]).toEqual([409, 'billing.plan_moved']);
  });

  it.each([
    [{ currency: 'euro' }],
    [{ monthlyPrice: -1 }],
    [{ monthlyPrice: undefined }],
    [{ seats: 0 }],
    [{ seats: undefined }],
    [{ trialDays: 366 }],
    [{ features: ['magic'] }],
    [{ features: undefined }],
    [{ name: '' }],
    [{ basedOn: undefined }],
    [{ version: 7 }],
  ])('are refused when they make no sense: %j', async (change) => {
    const body = { ...PLAN, basedOn: 0, ...change };
    const answer = await bella.post('/admin/plans/odd/versions', body);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'validation.failed']);
    expect((await support.get('/admin/plans/odd/versions')).body.error.code).toBe(
      'admin.plan_not_found',
    );
  });

  it('are offered by billing and the operator, under names that a plan can have', async () => {
    const path = '/admin/plans/small/versions';
    expect((await support.post(path, { ...PLAN, basedOn: 3 })).status).toBe(403);
    expect((await operator.post(path, { ...PLAN, basedOn: 3 })).status).toBe(201);
    const answer = await bella.post('/admin/plans/Large%20One/versions', { ...PLAN, basedOn: 0 });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'validation.failed']);
  });
});
