import pg from 'pg';
import { useApp } from '../../support/app.js';
import { eventually, TOLD_SOON } from '../../support/jobs.js';
import type { GivenOrganization } from '../../support/given.js';

const running = await useApp();
const { given } = running;
const acme = await given.organization();
const globex = await given.organization('Globex');

/** What the log says of a person, the types in order. */
async function told(desk: GivenOrganization, id: string): Promise<any[]> {
  return (await desk.events()).filter(({ subject }) => subject.id === id);
}

describe('a person’s role', () => {
  it('is changed with an event that names both', async () => {
    const agent = await acme.user('agent');

    const answer = await acme.owner.patch(`/users/${agent.user.id}`, { role: 'admin' });

    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject({ role: 'admin', roleName: 'admin', status: 'active' });
    expect((await told(acme, agent.user.id)).at(-1)).toMatchObject({
      type: 'user.role_changed',
      actor: { type: 'user', id: acme.owner.user.id },
      changes: { role: ['agent', 'admin'] },
    });
    expect((await agent.get('/api-keys')).status).toBe(200);
  });

  it('is left alone, and nothing told, when it is so already', async () => {
    const agent = await acme.user('agent');

    await acme.owner.patch(`/users/${agent.user.id}`, { role: 'agent', name: agent.user.name });

    expect((await told(acme, agent.user.id)).map(({ type }) => type)).toEqual(['user.joined']);
  });

  it('cannot be raised above that of who gives it, nor lowered from above', async () => {
    const admin = await acme.user('admin');
    const agent = await acme.user('agent');

    const raised = await admin.patch(`/users/${agent.user.id}`, { role: 'owner' });
    const own = await admin.patch(`/users/${admin.user.id}`, { role: 'owner' });
    const lowered = await admin.patch(`/users/${acme.owner.user.id}`, { role: 'viewer' });
    const removed = await admin.delete(`/users/${acme.owner.user.id}`);
    const shut = await admin.put(`/users/${acme.owner.user.id}/deactivation`);

    for (const answer of [raised, own, lowered, removed, shut]) {
      expect(answer.status).toBe(403);
      expect(answer.body.error).toMatchObject({
        code: 'role.too_high',
        details: {
          missing: ['organization:own', 'organization:export', 'billing:read', 'billing:write'],
        },
      });
    }
    expect((await acme.owner.get(`/users/${agent.user.id}`)).body.data.role).toBe('agent');
  });

  it('is given by a program within its scopes', async () => {
    const narrow = await acme.apiKey(['users:read', 'users:write']);
    const agent = await acme.user('agent');
    const scopes = ['users:write', 'organization:read', 'users:read', 'roles:read'] as const;
    const wide = await acme.apiKey([
      ...scopes,
      'tickets:read',
      'tickets:write',
      'notes:read',
      'customers:read',
      'customers:write',
      'events:read',
      'mail:read',
    ]);

    const refused = await narrow.patch(`/users/${agent.user.id}`, { role: 'viewer' });
    const raised = await wide.patch(`/users/${agent.user.id}`, { role: 'admin' });
    const given = await wide.patch(`/users/${agent.user.id}`, { role: 'viewer' });

    expect(refused.body.error.code).toBe('role.too_high');
    expect(raised.body.error.code).toBe('role.too_high');
    expect(given.body.data.role).toBe('viewer');
  });

  it('must be there', async () => {
    const agent = await acme.user('agent');

    for (const role of ['boss', '01900000-0000-7000-8000-000000000000', '']) {
      const answer = await acme.owner.patch(`/users/${agent.user.id}`, { role });
      expect(answer.status).toBe(404);
      expect(answer.body.error.code).toBe('role.not_found');
    }
  });

  it('of owner stays with somebody', async () => {
    const desk = await given.organization();
    const { id } = desk.owner.user;

    const answers = [
      await desk.owner.patch(`/users/${id}`, { role: 'admin' }),
      await desk.owner.put(`/users/${id}/deactivation`),
      await desk.owner.delete(`/users/${id}`),
    ];

    for (const answer of answers) {
      expect(answer.status).toBe(409);
      expect(answer.body.error.code).toBe('user.last_owner');
    }
    expect((await desk.owner.get('/users')).body.data[0]).toMatchObject({ id, role: 'owner' });
  });

  it('stays with one of two owners who demote each other at once', async () => {
    const desk = await given.organization();
    const second = await desk.user('owner');

    const answers = await Promise.all([
      desk.owner.patch(`/users/${second.user.id}`, { role: 'agent' }),
      second.patch(`/users/${desk.owner.user.id}`, { role: 'agent' }),
    ]);

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.find(({ status }) => status !== 200)!;
    expect([409, 403]).toContain(refused.status);
    const winner = answers[0]!.status === 200 ? desk.owner : second;
    const people = (await winner.get('/users')).body.data;
    expect(people.filter(({ role }: { role: string }) => role === 'owner')).toHaveLength(1);
  });
});

describe('the database itself', () => {
  /** Demotes by hand, past every rule of the services; the end of the transaction is the caller's. */
  async function demotion(desk: GivenOrganization, id: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: running.database.systemUrl });
    await client.connect();
    await client.query('begin');
    const sql = `update memberships set role = 'agent' where organization_id = $1 and id = $2`;
    expect((await client.query(sql, [desk.id, id])).rowCount).toBe(1);
    return client;
  }

  it('refuses the commit that leaves an organization without an owner, also one of two at once', async () => {
    const desk = await given.organization();
    const second = await desk.user('owner');
    const clients = await Promise.all(
      [desk.owner, second].map(({ user }) => demotion(desk, user.id)),
    );

    const ends = await Promise.allSettled(clients.map((client) => client.query('commit')));
    await Promise.all(clients.map((client) => client.end()));

    const refused = ends.filter((end) => end.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({
      reason: { code: '23514', constraint: 'organization_keeps_owner' },
    });
  });
});

describe('a person’s end', () => {
  it('shuts them out at once, by deactivation until they are let in again', async () => {
    const agent = await acme.user('agent');
    expect((await agent.get('/users')).status).toBe(200);

    const shut = await acme.owner.put(`/users/${agent.user.id}/deactivation`);
    const again = await acme.owner.put(`/users/${agent.user.id}/deactivation`);

    expect(shut.body.data.status).toBe('deactivated');
    expect(again.body.data.status).toBe('deactivated');
    expect((await agent.get('/users')).status).toBe(401);

    const back = await acme.owner.delete(`/users/${agent.user.id}/deactivation`);

    expect(back.body.data.status).toBe('active');
    // Sessions that were ended stay ended: they sign in anew.
    expect((await agent.get('/users')).status).toBe(401);
    const types = (await told(acme, agent.user.id)).map(({ type }) => type);
    expect(types).toEqual(['user.joined', 'user.deactivated', 'user.reactivated']);
  });

  it('is for good by removal', async () => {
    const agent = await acme.user('agent', 'Rena Removed');
    await acme.owner.delete(`/users/${agent.user.id}`);

    expect((await agent.get('/users')).status).toBe(401);
    expect((await acme.owner.get('/users?q=Rena')).body.data).toEqual([]);
    expect((await acme.owner.get('/users?q=Rena&status=removed')).body.total).toBe(1);
    expect((await acme.owner.get(`/users/${agent.user.id}`)).body.data.status).toBe('removed');
    const path = `/users/${agent.user.id}`;
    for (const answer of [
      await acme.owner.patch(path, { role: 'admin' }),
      await acme.owner.delete(`${path}/deactivation`),
      await acme.owner.put(`${path}/deactivation`),
      await acme.owner.delete(path),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.body.error.code).toBe('user.not_found');
    }
  });

  it('takes the secrets that they were shown', async () => {
    const desk = await given.organization();
    const admin = await desk.user('admin');
    const { secret } = (await admin.post('/api-keys', { name: 'Mine', scopes: ['users:read'] }))
      .body.data;
    const program = running.as(secret);
    expect((await program.get('/users')).status).toBe(200);

    await desk.owner.delete(`/users/${admin.user.id}`);

    const isRefused = async (): Promise<boolean> => (await program.get('/users')).status === 401;
    await eventually('the secret is refused', isRefused, TOLD_SOON);
  });
});

describe('the people of another organization', () => {
  it('can be neither changed nor ended, and are not there', async () => {
    const id = globex.owner.user.id;
    const before = await told(globex, id);

    for (const path of [`/users/${id}`, '/users/01900000-0000-7000-8000-000000000000']) {
      for (const answer of [
        await acme.owner.patch(path, { role: 'viewer', name: 'Mallory' }),
        await acme.owner.put(`${path}/deactivation`),
        await acme.owner.delete(`${path}/deactivation`),
        await acme.owner.delete(path),
      ]) {
        expect(answer.status).toBe(404);
        expect(answer.body.error.code).toBe('user.not_found');
      }
    }
    expect(await told(globex, id)).toEqual(before);
    expect((await globex.owner.get(`/users/${id}`)).body.data).toMatchObject({
      role: 'owner',
      name: globex.owner.user.name,
    });
  });
});

describe('the list of people', () => {
  it('is narrowed by words of name and address, and by standing', async () => {
    const desk = await given.organization();
    const ada = await desk.user('agent', 'Ada Lovelace');
    const alan = await desk.user('agent', 'Alan Turing');
    await desk.owner.put(`/users/${alan.user.id}/deactivation`);
    const ids = async (query: string): Promise<string[]> =>
      (await desk.owner.get(`/users?${query}`)).body.data.map(({ id }: { id: string }) => id);

    expect(await ids('q=LOVELACE%20ada')).toEqual([ada.user.id]);
    expect(await ids(`q=${encodeURIComponent(alan.user.email)}`)).toEqual([alan.user.id]);
    expect(await ids('q=100%25')).toEqual([]);
    expect(await ids('status=deactivated')).toEqual([alan.user.id]);
    expect(await ids('status=active')).toHaveLength(2);
    expect(await ids('')).toHaveLength(3);
  });
});
