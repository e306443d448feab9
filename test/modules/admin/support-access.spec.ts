import { startApp, useApp } from '../../support/app.js';
import type { Client } from '../../support/as.js';
import { expectStatus } from '../../support/as.js';
import { givenStaff, type StaffPerson } from '../../support/staff.js';
import type { GivenOrganization } from '../../support/given.js';

const running = await useApp();
const desk = await running.given.organization();
const other = await running.given.organization('Globex');
const sam = await givenStaff(running, 'support', 'Sam Support');
const SCOPES = ['tickets:read', 'customers:read', 'organization:read'];

/** What is asked for, and its id. */
async function asked(staff: StaffPerson, by: GivenOrganization, hours = 2): Promise<string> {
  const body = { organizationId: by.id, reason: 'Mails do not arrive', scopes: SCOPES, hours };
  return expectStatus(await staff.post('/admin/support-accesses', body), 201).body.data.id;
}

async function letIn(staff: StaffPerson, by: GivenOrganization, hours = 2) {
  const id = await asked(staff, by, hours);
  expectStatus(await by.owner.put(`/support-accesses/${id}/grant`, { hours }), 200);
  return { id, inside: await entered(staff, id) };
}

async function entered(staff: StaffPerson, id: string): Promise<Client> {
  const answer = await staff.post(`/admin/support-accesses/${id}/credentials`);
  return running.as(expectStatus(answer, 201).body.data.accessToken);
}

async function trail(by: GivenOrganization, types: string) {
  return (await by.owner.get(`/audit/events?types=${types}&limit=100`)).body.data;
}

describe('staff in an organization', () => {
  it('are let in by it alone, and it sees who asks and why', async () => {
    const id = await asked(sam, desk);
    const early = await sam.post(`/admin/support-accesses/${id}/credentials`);
    expect([early.status, early.body.error.code]).toEqual([409, 'admin.not_let_in']);
    const [shown] = (await desk.owner.get('/support-accesses')).body.data;
    expect(shown).toMatchObject({
      id,
      status: 'asked',
      staffName: 'Sam Support',
      reason: 'Mails do not arrive',
      scopes: SCOPES,
    });
    const strangers = [await other.owner.put(`/support-accesses/${id}/grant`, { hours: 1 })];
    strangers.push(await other.owner.delete(`/support-accesses/${id}`));
    for (const { status, body } of strangers)
      expect([status, body.error.code]).toEqual([404, 'support.access_not_found']);
    const agent = await desk.user('agent');
    expect((await agent.put(`/support-accesses/${id}/grant`, { hours: 1 })).status).toBe(403);
    const key = await desk.apiKey(['support_access:grant']);
    const program = await key.put(`/support-accesses/${id}/grant`, { hours: 1 });
    expect(program.body.error.code).toBe('auth.people_only');

    expect((await agent.get('/support-accesses/current')).body.data).toEqual([]);
    const granted = await desk.owner.put(`/support-accesses/${id}/grant`, { hours: 1 });
    expect(granted.body.data).toMatchObject({ status: 'granted', isForced: false });
    const { expiresAt } = granted.body.data;
    const now = [{ id, staffName: 'Sam Support', expiresAt }];
    expect((await agent.get('/support-accesses/current')).body.data).toEqual(now);
    expect((await other.owner.get('/support-accesses/current')).body.data).toEqual([]);
    const twice = await desk.owner.put(`/support-accesses/${id}/grant`, { hours: 1 });
    expect([twice.status, twice.body.error.code]).toEqual([409, 'support.access_decided']);
    const [event] = await trail(desk, 'support.access_asked');
    expect(event).toMatchObject({
      actor: { type: 'staff', id: sam.staff.id, name: 'Sam Support' },
      data: { reason: 'Mails do not arrive', hours: 2 },
    });
    const colleague = await givenStaff(running, 'support', 'Cleo Colleague');
    const foreign = await colleague.post(`/admin/support-accesses/${id}/credentials`);
    expect([foreign.status, foreign.body.error.code]).toEqual([
      404,
      'admin.support_access_not_found',
    ]);
  });

  it('look from the addresses of the staff alone', async () => {
    const id = await asked(sam, desk);
    expectStatus(await desk.owner.put(`/support-accesses/${id}/grant`, { hours: 1 }), 200);
    const answer = await sam.post(`/admin/support-accesses/${id}/credentials`);
    const { accessToken } = expectStatus(answer, 201).body.data;
    const far = await startApp({ settings: { ADMIN_ALLOWED_NETWORKS: '203.0.113.0/24' } });
    try {
      expectStatus(await running.as(accessToken).get('/tickets'), 200);
      const refused = await far.as(accessToken).get('/tickets');
      expect([refused.status, refused.body.error.code]).toEqual([401, 'auth.unauthenticated']);
    } finally {
      await far.close();
    }
  });

  it('read what was asked for and nothing else, and change nothing', async () => {
    const { inside } = await letIn(sam, desk);
    const ticket = await desk.ticket();
    expect((await inside.get('/tickets')).status).toBe(200);
    expect((await inside.get(`/tickets/${ticket.id}`)).status).toBe(200);
    const theirs = await other.ticket();
    expect((await inside.get(`/tickets/${theirs.id}`)).status).toBe(404);
    for (const path of ['/users', '/api-keys', '/audit/events', '/webhook-endpoints', '/mails'])
      expect([path, (await inside.get(path)).status]).toEqual([
        path,
        path === '/mails' ? 404 : 403,
      ]);
    const writes = [
      await inside.post(`/tickets/${ticket.id}/messages`, { kind: 'note', text: 'x' }),
      await inside.patch('/organization', { name: 'Mine' }),
      await inside.post('/exports', {}),
      await inside.post('/organizations', { name: 'Mine' }),
      await inside.get('/me'),
      await inside.get('/auth/sessions'),
    ];
    for (const { status } of writes) expect(status).toBe(403);
    expect((await inside.get('/admin/me')).status).toBe(404);
  });

  it('leave every look in the organization’s own log, once a minute for each thing', async () => {
    const { id, inside } = await letIn(sam, desk);
    const [first, second] = [await desk.ticket(), await desk.ticket()];
    await Promise.all([1, 2, 3].map(() => inside.get(`/tickets/${first.id}`)));
    await inside.get(`/tickets/${second.id}`);
    await inside.get('/tickets');
    const looks = async () =>
      (await desk.owner.get(`/audit/events?types=support.looked&subjectId=${id}&limit=100`)).body
        .data;
    const route = 'GET /api/v1/tickets/:id';
    const seen = (await looks()).map(({ data }: any) => [data.route, data.subjectId]);
    expect(seen.toSorted()).toEqual(
      [
        [route, first.id],
        [route, second.id],
        ['GET /api/v1/tickets', null],
      ].toSorted(),
    );
    expect((await looks())[0].actor).toEqual({
      type: 'staff',
      id: sam.staff.id,
      name: 'Sam Support',
    });
    running.clock.advance(60_000);
    await inside.get(`/tickets/${first.id}`);
    expect(await looks()).toHaveLength(4);
    const report = (await desk.owner.get('/audit/verification')).body.data;
    expect(JSON.stringify(report)).toContain('true');
  });

  it('are out at once on every process when it is taken back', async () => {
    const elsewhere = await startApp();
    try {
      const { id, inside } = await letIn(sam, desk);
      const there = elsewhere.as(inside.token);
      elsewhere.clock.set(running.clock.now());
      expect((await there.get('/tickets')).status).toBe(200);
      await desk.owner.delete(`/support-accesses/${id}`);
      expect((await inside.get('/tickets')).status).toBe(401);
      const until = Date.now() + 1_000;
      let status = 200;
      while (status !== 401 && Date.now() < until) ({ status } = await there.get('/tickets'));
      expect(status).toBe(401);
    } finally {
      await elsewhere.close();
    }
    const ended = await trail(desk, 'support.access_ended');
    expect(ended[0].data).toEqual({
      staffName: 'Sam Support',
      because: 'revoked',
      wasGranted: true,
    });
  });

  it('are out when they give it back and when they sign out', async () => {
    const again = await sam.again();
    const one = await letIn(again, desk);
    expect((await again.delete(`/admin/support-accesses/${one.id}`)).status).toBe(200);
    expect((await one.inside.get('/tickets')).status).toBe(401);
    const two = await letIn(again, desk);
    expect((await two.inside.get('/tickets')).status).toBe(200);
    await again.delete('/admin/session');
    const until = Date.now() + 1_000;
    let status = 200;
    while (status !== 401 && Date.now() < until) ({ status } = await two.inside.get('/tickets'));
    expect(status).toBe(401);
  });

  it('are let in without it by two operators alone, for a short time, and it is told', async () => {
    const asker = await sam.again();
    const globex = await running.given.organization('Broken Glass');
    const id = await asked(asker, globex, 48);
    const [one, two] = [
      await givenStaff(running, 'operator'),
      await givenStaff(running, 'operator'),
    ];
    const path = `/admin/support-accesses/${id}/break-glass`;
    expect((await asker.put(path)).status).toBe(403);
    expect((await one.put(path)).body.data).toMatchObject({ status: 'asked', isForced: false });
    const alone = await one.put(path);
    expect([alone.status, alone.body.error.code]).toEqual([409, 'admin.same_operator']);
    const forced = await two.put(path);
    expect(forced.body.data).toMatchObject({ status: 'granted', isForced: true });
    const hours = (Date.parse(forced.body.data.expiresAt) - +running.clock.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(4);
    const late = await one.put(path);
    expect(late.body.error.code).toBe('admin.support_access_decided');
    expect((await (await entered(asker, id)).get('/tickets')).status).toBe(200);
    const visitor = await globex.user('owner');
    const { data } = (await visitor.get('/audit/events?types=support.access_forced')).body;
    expect(data[0].data.operators).toEqual([one.staff.id, two.staff.id]);
  });

  // Last, because people who were signed in before are then out too.
  it('are out by themselves when the time is over', async () => {
    const late = await running.given.organization('Late');
    const { inside } = await letIn(await sam.again(), late, 1);
    expect((await inside.get('/tickets')).status).toBe(200);
    running.clock.advance(61 * 60_000);
    expect((await inside.get('/tickets')).status).toBe(401);
  });
});
