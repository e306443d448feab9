import { useApp } from '../../support/app.js';

const { given } = await useApp();
const globex = await given.organization('Globex');

describe('an organization that is handed on', () => {
  it('has the other as its owner, and who did it as an administrator', async () => {
    const desk = await given.organization();
    const agent = await desk.user('agent');

    const answer = await desk.owner.put('/organization/ownership', { userId: agent.user.id });

    expect(answer.status).toBe(200);
    expect(answer.body.data).toMatchObject({ id: agent.user.id, role: 'owner' });
    expect((await desk.owner.get('/me')).body.data.user.role).toBe('admin');
    const told = (await desk.owner.get('/events?limit=1000')).body.data.slice(-3);
    expect(told).toMatchObject([
      { type: 'user.role_changed', changes: { role: ['agent', 'owner'] } },
      { type: 'user.role_changed', changes: { role: ['owner', 'admin'] } },
      {
        type: 'organization.ownership_transferred',
        changes: { owner: [desk.owner.user.id, agent.user.id] },
      },
    ]);
    expect(
      (await desk.owner.put('/organization/ownership', { userId: agent.user.id })).status,
    ).toBe(403);
    const back = await agent.put('/organization/ownership', { userId: desk.owner.user.id });
    expect(back.status).toBe(200);
  });

  it('is handed to nobody who is shut out, removed or of another organization', async () => {
    const desk = await given.organization();
    const shut = await desk.user('agent');
    const gone = await desk.user('agent');
    await desk.owner.put(`/users/${shut.user.id}/deactivation`);
    await desk.owner.delete(`/users/${gone.user.id}`);

    for (const { user } of [shut, gone, globex.owner]) {
      const answer = await desk.owner.put('/organization/ownership', { userId: user.id });
      expect(answer.status).toBe(404);
      expect(answer.body.error.code).toBe('user.not_found');
    }
    const own = await desk.owner.put('/organization/ownership', { userId: desk.owner.user.id });
    expect(own.body.data.role).toBe('owner');
  });

  it('is handed on by an owner alone, and by no program', async () => {
    const desk = await given.organization();
    const admin = await desk.user('admin');

    const refused = await admin.put('/organization/ownership', { userId: admin.user.id });

    expect(refused.status).toBe(403);
    expect(refused.body.error.code).toBe('auth.forbidden');
  });

  it('keeps one owner when two owners hand it to each other and away at once', async () => {
    const desk = await given.organization();
    const second = await desk.user('owner');

    await Promise.all([
      desk.owner.put('/organization/ownership', { userId: second.user.id }),
      second.put('/organization/ownership', { userId: desk.owner.user.id }),
    ]);

    const people = (await desk.owner.get('/users')).body.data;
    expect(people.some(({ role }: { role: string }) => role === 'owner')).toBe(true);
  });
});
