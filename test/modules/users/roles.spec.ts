import { useApp } from '../../support/app.js';
import type { GivenOrganization, Person } from '../../support/given.js';

const running = await useApp();
const { given } = running;
const acme = await given.organization();
const globex = await given.organization('Globex');
const ABSENT = '01900000-0000-7000-8000-000000000000';

/** A custom role of `desk`. */
async function role(desk: GivenOrganization, name: string, permissions: string[]): Promise<any> {
  const answer = await desk.owner.post('/roles', { name, permissions });
  expect(answer.status).toBe(201);
  return answer.body.data;
}

/** A person of `desk` with the custom role `id`. */
async function holder(desk: GivenOrganization, id: string): Promise<Person> {
  const person = await desk.user('viewer');
  const answer = await desk.owner.patch(`/users/${person.user.id}`, { role: id });
  expect(answer.body.data.role).toBe(id);
  return person;
}

describe('roles', () => {
  it('are listed, the built-in ones first, with what they hold and how many have them', async () => {
    const desk = await given.organization();
    const night = await role(desk, 'Night shift', ['tickets:write', 'tickets:read']);
    await holder(desk, night.id);

    const { body } = await desk.owner.get('/roles');

    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([
      ...['owner', 'admin', 'agent', 'viewer'],
      night.id,
    ]);
    expect(body.data[0]).toMatchObject({ builtIn: true, memberCount: 1 });
    expect(body.data[4]).toEqual({
      id: night.id,
      name: 'Night shift',
      description: '',
      permissions: ['tickets:read', 'tickets:write'],
      builtIn: false,
      memberCount: 1,
    });
    const all = (await desk.owner.get('/permissions')).body.data;
    expect(all.map(({ name }: { name: string }) => name)).toEqual(body.data[0].permissions);
    expect(all[0]).toEqual({ name: 'organization:read', sentence: expect.any(String) });
  });

  it('let their people do what they hold, as soon as they hold it', async () => {
    const { id } = await role(acme, 'Reader', ['tickets:read']);
    const person = await holder(acme, id);
    expect((await person.get('/tickets')).status).toBe(200);
    expect((await person.get('/users')).status).toBe(403);
    expect((await acme.owner.get(`/users/${person.user.id}`)).body.data.roleName).toBe('Reader');

    await acme.owner.patch(`/roles/${id}`, { permissions: ['users:read'] });

    expect((await person.get('/tickets')).status).toBe(403);
    expect((await person.get('/users')).status).toBe(200);
    expect((await acme.events()).at(-1)).toMatchObject({
      type: 'role.updated',
      subject: { type: 'role', id },
      changes: { permissions: [['tickets:read'], ['users:read']] },
    });
  });

  it('are made, changed and deleted only within what one has oneself', async () => {
    const admin = await acme.user('admin');
    const low = await role(acme, 'Role keeper', ['roles:read', 'roles:write', 'users:write']);
    const keeper = await holder(acme, low.id);
    const high = await role(acme, 'Key keeper', ['apiKeys:write']);
    const agent = await acme.user('agent');
    const both = { name: 'More', permissions: ['roles:read', 'apiKeys:write'] };

    for (const answer of [
      await keeper.post('/roles', both),
      await keeper.patch(`/roles/${low.id}`, { permissions: ['apiKeys:write'] }),
      await keeper.patch(`/roles/${high.id}`, { permissions: ['roles:read'] }),
      await keeper.delete(`/roles/${high.id}`),
      await keeper.patch(`/users/${keeper.user.id}`, { role: high.id }),
      await keeper.patch(`/users/${agent.user.id}`, { role: low.id }),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.body.error.code).toBe('role.too_high');
    }
    expect((await admin.patch(`/roles/${high.id}`, { name: 'Keys' })).status).toBe(200);
    const own = { name: 'Second owner', permissions: ['organization:own'] };
    expect((await acme.owner.post('/roles', own)).status).toBe(400);
  });

  it('that somebody has are not deleted; that nobody has are', async () => {
    const { id } = await role(acme, 'Short-lived', ['tickets:read']);
    const person = await holder(acme, id);

    const refused = await acme.owner.delete(`/roles/${id}`);
    await acme.owner.delete(`/users/${person.user.id}`);
    const done = await acme.owner.delete(`/roles/${id}`);

    expect(refused.status).toBe(409);
    expect(refused.body.error.code).toBe('role.in_use');
    expect(done.status).toBe(200);
    expect((await acme.events()).at(-1)).toMatchObject({ type: 'role.deleted' });
    expect((await acme.owner.delete(`/roles/${id}`)).status).toBe(404);
  });

  it('have names of their own', async () => {
    await role(acme, 'Unique', ['tickets:read']);
    const { id } = await role(acme, 'Other', ['tickets:read']);

    for (const name of ['unique', 'OWNER']) {
      const made = await acme.owner.post('/roles', { name, permissions: ['tickets:read'] });
      const renamed = await acme.owner.patch(`/roles/${id}`, { name });
      expect(made.body.error.code).toBe('role.name_taken');
      expect(renamed.body.error.code).toBe('role.name_taken');
    }
    // Not patterns, and one's own name is not taken.
    expect((await role(acme, '%', ['tickets:read'])).name).toBe('%');
    expect((await acme.owner.patch(`/roles/${id}`, { name: 'OTHER' })).body.data.name).toBe(
      'OTHER',
    );
    expect((await globex.owner.get('/roles')).body.total).toBe(4);
    expect((await role(globex, 'Unique', ['tickets:read'])).name).toBe('Unique');
  });

  it('that are built in stay as they are', async () => {
    const changed = await acme.owner.patch('/roles/agent', { permissions: ['tickets:read'] });
    const deleted = await acme.owner.delete('/roles/agent');

    expect(changed.body.error.code).toBe('role.built_in');
    expect(deleted.body.error.code).toBe('role.built_in');
  });

  it('are refused with fields that are not well-formed', async () => {
    for (const body of [
      { name: '', permissions: ['tickets:read'] },
      { name: 'a\nb', permissions: ['tickets:read'] },
      { name: 'None', permissions: [] },
      { name: 'Unknown', permissions: ['everything:write'] },
      { name: 'Twice', permissions: ['tickets:read', 'tickets:read'] },
      { name: 'Extra', permissions: ['tickets:read'], organizationId: globex.id },
    ]) {
      expect((await acme.owner.post('/roles', body)).status).toBe(400);
    }
    const { id } = await role(acme, 'To break', ['tickets:read']);
    expect((await acme.owner.patch(`/roles/${id}`, { name: null })).status).toBe(400);
    expect((await acme.owner.patch(`/roles/${id}`, { permissions: null })).status).toBe(400);
  });

  it('of another organization are not there', async () => {
    const { id } = await role(globex, 'Theirs', ['tickets:read']);
    const mine = await acme.user('agent');

    for (const foreign of [id, ABSENT, 'nonsense']) {
      for (const answer of [
        await acme.owner.patch(`/roles/${foreign}`, { permissions: ['users:read'] }),
        await acme.owner.delete(`/roles/${foreign}`),
        await acme.owner.patch(`/users/${mine.user.id}`, { role: foreign }),
      ]) {
        expect(answer.status).toBe(404);
        expect(answer.body.error.code).toBe('role.not_found');
      }
    }
    expect((await globex.owner.get('/roles')).body.data).toContainEqual(
      expect.objectContaining({ id, name: 'Theirs', permissions: ['tickets:read'] }),
    );
  });
});
