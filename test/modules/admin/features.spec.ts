import { startApp, useApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { eventually } from '../../support/jobs.js';
import { givenStaff } from '../../support/staff.js';

const database = await databaseOfItsOwn('staff_features');
const running = await useApp({ database });
const support = await givenStaff(running, 'support');
const operator = await givenStaff(running, 'operator', 'Opal Operator');
const desk = await running.given.organization('Acme');
const other = await running.given.organization('Globex');
const ABSENT = '01a1feaa-63b1-7742-8d15-01d6cb3dffa2';

const featuresOf = async (by: typeof desk) => (await by.owner.get('/me')).body.data.features;

describe('features', () => {
  it('are all on until somebody says otherwise', async () => {
    expect(await featuresOf(desk)).toEqual(['mcp', 'presence']);
    const listed = (await support.get('/admin/features')).body.data;
    expect(listed).toEqual([
      expect.objectContaining({ name: 'mcp', percentage: 100, turnedOn: 0, turnedOff: 0 }),
      expect.objectContaining({ name: 'presence', percentage: 100 }),
    ]);
    expect(listed[0].says).toContain('Model Context Protocol');
  });

  it('are turned off for one organization by operators, at once on every process', async () => {
    const elsewhere = await startApp({ database });
    try {
      const ticket = await desk.ticket();
      const path = `/tickets/${ticket.id}/presence`;
      const there = elsewhere.as(desk.owner.token);
      expect((await there.get(path)).status).toBe(200);
      const feature = `/admin/organizations/${desk.id}/features/presence`;
      expect((await support.put(feature, { isOn: false })).status).toBe(403);
      const turned = await operator.put(feature, { isOn: false });
      expect(turned.body.data).toEqual([
        expect.objectContaining({ name: 'mcp', isOn: true, isByName: false }),
        expect.objectContaining({ name: 'presence', isOn: false, isByName: true }),
      ]);
      const refused = await desk.owner.get(path);
      expect([refused.status, refused.body.error.code]).toEqual([403, 'feature.off']);
      await eventually(
        'the other process knows',
        async () => (await there.get(path)).status === 403,
        1_000,
      );
      expect(await featuresOf(desk)).toEqual(['mcp']);
      const theirs = await other.ticket();
      expect((await other.owner.get(`/tickets/${theirs.id}/presence`)).status).toBe(200);
      await operator.put(feature, { isOn: false });
      expect((await operator.delete(feature)).body.data[1]).toMatchObject({
        isOn: true,
        isByName: false,
      });
      expect((await desk.owner.get(path)).status).toBe(200);
      const acts = (await operator.get(`/admin/acts?organizationId=${desk.id}`)).body.data;
      expect(acts.map(({ type, data }: any) => [type, data.isOn])).toEqual([
        ['feature.turned', null],
        ['feature.turned', false],
      ]);
    } finally {
      await elsewhere.close();
    }
  });

  it('are had by a share, and by whom it was said in spite of it', async () => {
    const made: (typeof desk)[] = [];
    for (let n = 0; n < 12; n += 1) made.push(await running.given.organization());
    const having = async () => {
      const all = await Promise.all(
        made.map(async (one) => [one.id, await featuresOf(one)] as const),
      );
      return new Set(all.filter(([, features]) => features.includes('mcp')).map(([id]) => id));
    };
    let before = new Set<string>();
    for (const percentage of [0, 40, 80, 100]) {
      await operator.put('/admin/features/mcp', { percentage });
      const now = await having();
      expect([...before].filter((id) => !now.has(id))).toEqual([]);
      before = now;
    }
    expect(before.size).toBe(made.length);
    await operator.put('/admin/features/mcp', { percentage: 0 });
    expect((await having()).size).toBe(0);
    await operator.put(`/admin/organizations/${made[0]!.id}/features/mcp`, { isOn: true });
    expect([...(await having())]).toEqual([made[0]!.id]);
    const [mcp] = (await support.get('/admin/features')).body.data;
    expect(mcp).toMatchObject({ percentage: 0, turnedOn: 1, turnedOff: 0 });
  });

  it('are named in one list, and are of organizations that there are', async () => {
    for (const [path, code] of [
      ['/admin/features/nothing', 'admin.feature_not_found'],
      [`/admin/organizations/${desk.id}/features/__proto__`, 'admin.feature_not_found'],
      [`/admin/organizations/${ABSENT}/features/mcp`, 'admin.organization_not_found'],
    ] as const) {
      const body = path.startsWith('/admin/features') ? { percentage: 10 } : { isOn: true };
      const absent = await operator.put(path, body);
      expect([absent.status, absent.body.error.code]).toEqual([404, code]);
    }
    for (const percentage of [-1, 101, 1.5, '5'])
      expect((await operator.put('/admin/features/mcp', { percentage })).status).toBe(400);
    expect((await support.get(`/admin/organizations/${ABSENT}/features`)).status).toBe(404);
  });
});
