import { useApp } from '../../support/app.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');

describe('the people of an organization', () => {
  it('are listed, the newest first, without anything of their account', async () => {
    const desk = await given.organization();
    const agent = await desk.user('agent');
    const viewer = await desk.user('viewer');

    const answer = await desk.owner.get('/users');

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      data: expect.arrayContaining([viewer.user, agent.user, desk.owner.user]),
      total: 3,
      totalIsExact: true,
      skip: 0,
      limit: 25,
      nextCursor: null,
    });
    const times = answer.body.data.map(({ createdAt }: { createdAt: string }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(answer.text).not.toMatch(/password|hash|argon|identity/i);
  });

  it('can be walked page by page, by cursor and by skip, each person once', async () => {
    const desk = await given.organization();
    for (let i = 0; i < 6; i += 1) await desk.user('agent', `Agent ${i}`);
    const all = (await desk.owner.get('/users')).body.data;

    const byCursor: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await desk.owner.get(`/users?limit=2${query}`);
      byCursor.push(...body.data);
      cursor = body.nextCursor;
    }
    const bySkip = await Promise.all(
      [0, 3, 6].map(
        async (skip) => (await desk.owner.get(`/users?limit=3&skip=${skip}`)).body.data,
      ),
    );

    expect(byCursor).toEqual(all);
    expect(bySkip.flat()).toEqual(all);
  });

  it('are shown one by one', async () => {
    const answer = await acme.owner.get(`/users/${acme.owner.user.id}`);

    expect(answer.body).toEqual({ data: acme.owner.user });
  });

  it('of another organization are answered as if they were not there', async () => {
    const foreign = await acme.owner.get(`/users/${globex.owner.user.id}`);
    const absent = await acme.owner.get('/users/01900000-0000-7000-8000-000000000000');

    expect(foreign.status).toBe(404);
    expect(absent.status).toBe(404);
    expect(foreign.body.error).toEqual({
      ...absent.body.error,
      requestId: foreign.body.error.requestId,
    });
    expect(foreign.body.error.code).toBe('user.not_found');
  });
});
