import { useApp } from '../../support/app.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { eventually, settled } from '../../support/jobs.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('teams') });
const { given } = running;
const acme = await given.organization();
const globex = await given.organization('Globex');
const agent = await acme.user('agent', 'Ada Agent');
const NOBODY = '01900000-0000-7000-8000-000000000000';

async function team(name: string, of = acme): Promise<{ id: string; version: number }> {
  return (await of.owner.post('/teams', { name })).body.data;
}
async function isDefault(id: string): Promise<boolean> {
  return (await acme.owner.get(`/teams/${id}`)).body.data.isDefault;
}

describe('a team', () => {
  it('is made, shown, changed and archived, and each of it is told', async () => {
    const made = await acme.owner.post('/teams', { name: ' Billing ', description: 'Money' });

    expect(made.status).toBe(201);
    expect(made.headers.etag).toBe('"1"');
    expect(made.body.data).toMatchObject({ name: 'Billing', description: 'Money', version: 1 });
    const { id } = made.body.data;
    const changed = await acme.owner.patch(`/teams/${id}`, { name: 'Invoices' });
    expect(changed.body.data).toMatchObject({ name: 'Invoices', version: 2, memberCount: 0 });
    expect((await acme.owner.delete(`/teams/${id}`)).status).toBe(200);
    expect((await acme.owner.delete(`/teams/${id}`)).status).toBe(200);
    const list = (await agent.get('/teams')).body.data;
    expect(list.at(-1)).toMatchObject({ id, archivedAt: expect.any(String) });
    const told = (await acme.events()).filter(({ subject }) => subject.id === id);
    expect(told.map(({ type }) => type)).toEqual(['team.created', 'team.changed', 'team.archived']);
    expect(told[1].changes).toEqual({ name: ['Billing', 'Invoices'] });
  });

  it('has a name of its own, and is set up by who may', async () => {
    await team('Twice');

    const again = await acme.owner.post('/teams', { name: 'Twice' });
    const byAgent = await agent.post('/teams', { name: 'Mine' });
    const elsewhere = await globex.owner.post('/teams', { name: 'Twice' });

    expect(again.body.error.code).toBe('team.name_taken');
    expect(byAgent.status).toBe(403);
    expect(elsewhere.status).toBe(201);
  });

  it('of another organization is answered as one that is not there', async () => {
    const { id } = await team('Theirs', globex);

    for (const path of [`/teams/${id}`, `/teams/${id}/members`]) {
      const foreign = await acme.owner.get(path);
      const absent = await acme.owner.get(path.replace(id, NOBODY));
      expect(foreign.status).toBe(404);
      expect({ ...foreign.body.error, requestId: '' }).toEqual({
        ...absent.body.error,
        requestId: '',
      });
    }
    expect((await acme.owner.patch(`/teams/${id}`, { name: 'Ours' })).status).toBe(404);
    expect((await acme.owner.delete(`/teams/${id}`)).status).toBe(404);
    const put = await acme.owner.put(`/teams/${id}/members/${agent.user.id}`);
    expect(put.status).toBe(404);
  });

  it('that was changed meanwhile is not overwritten: both values are told', async () => {
    const { id } = await team('Contested');
    await acme.owner.patch(`/teams/${id}`, { name: 'Theirs first' });

    const late = await acme.owner.patch(
      `/teams/${id}`,
      { name: 'Mine' },
      { headers: { 'if-match': '"1"' } },
    );

    expect(late.status).toBe(412);
    expect(late.body.error).toMatchObject({
      code: 'edit.conflict',
      details: {
        conflicts: [{ field: 'name', yours: 'Mine', theirs: 'Theirs first' }],
        etag: '"2"',
      },
    });
  });
});

describe('the default team', () => {
  it('is one, however many are made it at once, and takes in what names no team', async () => {
    const teams = await Promise.all(['One', 'Two', 'Three'].map((name) => team(name)));

    const answers = await Promise.all(
      teams.map(({ id }) => acme.owner.patch(`/teams/${id}`, { isDefault: true })),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const which = await Promise.all(teams.map(({ id }) => isDefault(id)));
    expect(which.filter(Boolean)).toHaveLength(1);
    const chosen = teams[which.indexOf(true)]!;
    expect((await acme.ticket()).teamId).toBe(chosen.id);
    expect((await acme.ticket({ teamId: teams[0]!.id })).teamId).toBe(teams[0]!.id);
    expect((await globex.ticket()).teamId).toBeNull();
    const archived = await acme.owner.delete(`/teams/${chosen.id}`);
    expect(archived.body.error.code).toBe('team.is_default');
    await acme.owner.patch(`/teams/${chosen.id}`, { isDefault: false });
    expect((await acme.owner.delete(`/teams/${chosen.id}`)).status).toBe(200);
    const given = await acme.owner.post('/tickets', {
      ...{ subject: 'S', body: 'B', requester: { email: 'a@b.example' } },
      teamId: chosen.id,
    });
    expect(given.body.error.code).toBe('team.archived');
  });
});

describe('the members of a team', () => {
  it('come and go, quietly when it is so already', async () => {
    const { id } = await team('Crew');
    const path = `/teams/${id}/members`;

    await acme.owner.put(`${path}/${agent.user.id}`);
    await acme.owner.put(`${path}/${agent.user.id}`);

    expect((await agent.get(path)).body.data).toMatchObject([
      { id: agent.user.id, name: 'Ada Agent' },
    ]);
    expect((await agent.get('/me/teams')).body.data).toMatchObject([{ id, memberCount: 1 }]);
    await acme.owner.delete(`${path}/${agent.user.id}`);
    await acme.owner.delete(`${path}/${agent.user.id}`);
    expect((await agent.get('/me/teams')).body.data).toEqual([]);
    const told = (await acme.events()).filter(({ subject }) => subject.id === id);
    expect(told.map(({ type }) => type)).toEqual([
      'team.created',
      'team.member_added',
      'team.member_removed',
    ]);
  });

  it('are people of the organization who may come in', async () => {
    const { id } = await team('Doors');

    const foreign = await acme.owner.put(`/teams/${id}/members/${globex.owner.user.id}`);
    const absent = await acme.owner.put(`/teams/${id}/members/${NOBODY}`);

    expect([foreign.status, absent.status]).toEqual([404, 404]);
    expect(foreign.body.error.code).toBe('user.not_found');
  });

  it('leave with their place in the organization', async () => {
    const leaver = await acme.user('agent');
    const { id } = await team('Left behind');
    await acme.owner.put(`/teams/${id}/members/${leaver.user.id}`);

    await acme.owner.put(`/users/${leaver.user.id}/deactivation`);
    await settled(running);

    const members = async (): Promise<unknown[]> =>
      (await acme.owner.get(`/teams/${id}/members`)).body.data;
    await eventually('they are out', async () => (await members()).length === 0);
    expect(await members()).toEqual([]);
    const told = (await acme.events()).filter(({ type }) => type === 'team.member_removed');
    expect(told.at(-1)).toMatchObject({ actor: { type: 'system' }, subject: { id } });
  });
});
