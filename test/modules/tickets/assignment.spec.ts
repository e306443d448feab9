import { startApp, useApp } from '../../support/app.js';

const { given } = await useApp();
const second = await startApp();
afterAll(() => second.close());
const acme = await given.organization();
const ada = await acme.user('agent', 'Ada Agent');
const bob = await acme.user('agent', 'Bob Agent');

describe('two who take a ticket at once', () => {
  it('by two processes: one gets it, the other is told who', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await acme.ticket();

      const answers = await Promise.all([
        ada.put(`/tickets/${id}/take`),
        second.as(bob.token).put(`/tickets/${id}/take`),
      ]);

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const won = answers.find(({ status }) => status === 200)!.body.data.assignee;
      const lost = answers.find(({ status }) => status === 409)!.body.error;
      expect(lost).toMatchObject({ code: 'ticket.taken', details: { assignee: won } });
      const { body } = await acme.owner.get(`/tickets/${id}`);
      expect(body.data.assignee).toEqual(won);
    }
  });

  it('is quiet for the one who has it', async () => {
    const { id } = await acme.ticket();

    await ada.put(`/tickets/${id}/take`);
    const again = await ada.put(`/tickets/${id}/take`);

    expect(again.status).toBe(200);
    const told = (await acme.events()).filter(({ subject }) => subject.id === id);
    expect(told.map(({ type }) => type)).toEqual(['ticket.created', 'ticket.assigned']);
  });

  it('is not for programs, which are nobody’s colleague', async () => {
    const key = await acme.apiKey(['tickets:write']);
    const { id } = await acme.ticket();

    const answer = await key.put(`/tickets/${id}/take`);

    expect(answer.status).toBe(403);
    expect(answer.body.error.code).toBe('ticket.needs_person');
  });
});

describe('an assignment', () => {
  it('is made only if the one has it who is said to', async () => {
    const { id } = await acme.ticket({ assigneeId: ada.user.id });
    const path = `/tickets/${id}/assignment`;
    const to = { assigneeId: bob.user.id };

    const wrong = await acme.owner.put(path, { ...to, ifAssigneeId: null });
    const right = await acme.owner.put(path, { ...to, ifAssigneeId: ada.user.id });
    const again = await acme.owner.put(path, { ...to, ifAssigneeId: ada.user.id });

    expect(wrong.body.error).toMatchObject({
      code: 'ticket.taken',
      details: { assignee: { id: ada.user.id, name: 'Ada Agent' } },
    });
    expect(right.body.data.assignee.id).toBe(bob.user.id);
    expect(again.status).toBe(200);
  });

  it('goes to a team, to a person, to both, to nobody', async () => {
    const team = (await acme.owner.post('/teams', { name: 'Crew' })).body.data;
    const { id } = await acme.ticket();
    const path = `/tickets/${id}/assignment`;

    const toTeam = await acme.owner.put(path, { teamId: team.id });
    const toBoth = await acme.owner.put(path, { teamId: team.id, assigneeId: ada.user.id });
    const toNobody = await acme.owner.put(path, { teamId: null, assigneeId: null });

    expect(toTeam.body.data).toMatchObject({ teamId: team.id, assignee: null });
    expect(toBoth.body.data.assignee.id).toBe(ada.user.id);
    expect(toNobody.body.data).toMatchObject({ teamId: null, assignee: null });
  });

  it('is refused to who has a version that is past', async () => {
    const { id } = await acme.ticket();
    const path = `/tickets/${id}/assignment`;
    await acme.owner.put(path, { assigneeId: ada.user.id });

    const late = await acme.owner.put(
      path,
      { assigneeId: bob.user.id },
      { headers: { 'if-match': '"1-1"' } },
    );

    expect(late.status).toBe(412);
    expect(late.body.error.details.conflicts).toEqual([
      { field: 'assigneeId', yours: bob.user.id, theirs: ada.user.id },
    ]);
  });

  it('while the person leaves leaves nothing with them', async () => {
    const leaver = await acme.user('agent');
    const tickets = await Promise.all(Array.from({ length: 4 }, () => acme.ticket()));

    const [gone, ...answers] = await Promise.all([
      acme.owner.put(`/users/${leaver.user.id}/deactivation`),
      ...tickets.map(({ id }) =>
        ada.put(`/tickets/${id}/assignment`, { assigneeId: leaver.user.id }),
      ),
    ]);

    expect(gone.status).toBe(200);
    expect(answers.every(({ status }) => status === 200 || status === 404)).toBe(true);
    const after = await ada.put(`/tickets/${tickets[0]!.id}/assignment`, {
      assigneeId: leaver.user.id,
      teamId: null,
    });
    const has = (await acme.owner.get(`/tickets/${tickets[0]!.id}`)).body.data.assignee;
    expect(has === null ? after.status : 404).toBe(404);
  });
});

describe('the requester', () => {
  it('is another customer when it is said so, and a foreign one is not there', async () => {
    const globex = await given.organization('Globex');
    const other = await acme.ticket({ requester: { email: 'sam@customer.example', name: 'Sam' } });
    const theirs = await globex.ticket();
    const { id } = await acme.ticket();
    const path = `/tickets/${id}/requester`;

    const changed = await ada.put(path, { requesterId: other.requester.id });
    const foreign = await ada.put(path, { requesterId: theirs.requester.id });

    expect(changed.body.data.requester).toEqual(other.requester);
    expect(foreign.body.error.code).toBe('customer.not_found');
    expect((await acme.events()).at(-1)).toMatchObject({
      type: 'ticket.updated',
      changes: { requesterId: [expect.any(String), other.requester.id] },
    });
  });
});
