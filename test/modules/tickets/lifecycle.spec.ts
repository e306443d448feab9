import { useApp } from '../../support/app.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const agent = await acme.user('agent', 'Ada Agent');

async function typesSince(seq: number): Promise<string[]> {
  return (await acme.events(seq)).map(({ type }) => type);
}
async function lastSeq(): Promise<number> {
  return (await acme.events()).at(-1).seq;
}

describe('assignment', () => {
  it('gives a ticket to a person and takes it away again', async () => {
    const ticket = await acme.ticket();
    const seq = await lastSeq();

    const given = await acme.owner.put(`/tickets/${ticket.id}/assignment`, {
      assigneeId: agent.user.id,
    });
    const taken = await acme.owner.delete(`/tickets/${ticket.id}/assignment`);

    expect(given.body.data.assignee).toEqual({ id: agent.user.id, name: 'Ada Agent' });
    expect(taken.body.data.assignee).toBeNull();
    const events = await acme.events(seq);
    expect(events.map(({ type, changes }) => [type, changes])).toEqual([
      ['ticket.assigned', { assigneeId: [null, agent.user.id] }],
      ['ticket.unassigned', { assigneeId: [agent.user.id, null] }],
    ]);
  });

  it('is quiet when it is so already', async () => {
    const ticket = await acme.ticket({ assigneeId: agent.user.id });
    const seq = await lastSeq();

    const again = await acme.owner.put(`/tickets/${ticket.id}/assignment`, {
      assigneeId: agent.user.id,
    });
    const other = await acme.ticket();
    const none = await acme.owner.delete(`/tickets/${other.id}/assignment`);

    expect(again.body.data).toEqual(ticket);
    expect(none.body.data).toEqual(other);
    expect(await typesSince(seq)).toEqual(['ticket.created']);
  });

  it('to somebody of another organization is answered as to nobody', async () => {
    const ticket = await acme.ticket();
    const path = `/tickets/${ticket.id}/assignment`;

    const foreign = await acme.owner.put(path, { assigneeId: globex.owner.user.id });
    const absent = await acme.owner.put(path, {
      assigneeId: '01900000-0000-7000-8000-000000000000',
    });

    expect(foreign.status).toBe(404);
    expect({ ...foreign.body.error, requestId: '' }).toEqual({
      ...absent.body.error,
      requestId: '',
    });
    expect((await acme.owner.get(`/tickets/${ticket.id}`)).body.data).toEqual(ticket);
  });

  it.each([{}, { assigneeId: 'me' }, { assigneeId: 7 }])('refuses %j', async (body) => {
    const ticket = await acme.ticket();

    const answer = await acme.owner.put(`/tickets/${ticket.id}/assignment`, body);

    expect(answer.status).toBe(400);
    expect(answer.body.error.details[0].field).toBe('assigneeId');
  });
});

describe('closure', () => {
  it('closes and reopens', async () => {
    const ticket = await acme.ticket();
    const seq = await lastSeq();

    const closed = await acme.owner.put(`/tickets/${ticket.id}/closure`);
    const open = await acme.owner.delete(`/tickets/${ticket.id}/closure`);

    expect(closed.body.data.status).toBe('closed');
    expect(closed.body.data.closedAt).toEqual(expect.any(String));
    expect(open.body.data).toMatchObject({ status: 'open', closedAt: null });
    const events = await acme.events(seq);
    expect(events.map(({ type, changes }) => [type, changes])).toEqual([
      ['ticket.closed', { status: ['open', 'closed'] }],
      ['ticket.reopened', { status: ['closed', 'open'] }],
    ]);
  });

  it('is quiet when it is so already, however often', async () => {
    const ticket = await acme.ticket();
    const seq = await lastSeq();
    const path = `/tickets/${ticket.id}/closure`;
    const first = await acme.owner.put(path);

    const again = await acme.owner.put(path);
    const third = await acme.owner.put(path);

    expect(again.body).toEqual(first.body);
    expect(third.body).toEqual(first.body);
    expect(await typesSince(seq)).toEqual(['ticket.closed']);
  });

  it('by many at once is one closure', async () => {
    const ticket = await acme.ticket();
    const seq = await lastSeq();

    const answers = await Promise.all(
      Array.from({ length: 4 }, () => acme.owner.put(`/tickets/${ticket.id}/closure`)),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.data.closedAt)).size).toBe(1);
    expect(await typesSince(seq)).toEqual(['ticket.closed']);
  });

  it('leaves an open ticket open when it is reopened', async () => {
    const ticket = await acme.ticket();
    await acme.owner.patch(`/tickets/${ticket.id}`, { status: 'pending' });

    const answer = await acme.owner.delete(`/tickets/${ticket.id}/closure`);

    expect(answer.body.data.status).toBe('pending');
  });
});

describe('changes at the same moment', () => {
  it('of different fields are all kept, and each is told', async () => {
    const ticket = await acme.ticket();
    const seq = await lastSeq();

    const answers = await Promise.all([
      acme.owner.patch(`/tickets/${ticket.id}`, { subject: 'Changed' }),
      acme.owner.patch(`/tickets/${ticket.id}`, { priority: 'urgent' }),
      acme.owner.patch(`/tickets/${ticket.id}`, { tags: ['new'] }),
      acme.owner.put(`/tickets/${ticket.id}/assignment`, { assigneeId: agent.user.id }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { body } = await acme.owner.get(`/tickets/${ticket.id}`);
    expect(body.data).toMatchObject({ subject: 'Changed', priority: 'urgent', tags: ['new'] });
    expect(body.data.assignee.id).toBe(agent.user.id);
    expect(await typesSince(seq)).toHaveLength(4);
  });

  it('with messages keep every message', async () => {
    const ticket = await acme.ticket();
    const message = { kind: 'note', body: 'Meanwhile.' };

    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () =>
        acme.owner.post(`/tickets/${ticket.id}/messages`, message),
      ),
      acme.owner.patch(`/tickets/${ticket.id}`, { priority: 'high' }),
    ]);

    expect(answers.every(({ status }) => status < 300)).toBe(true);
    const { body } = await acme.owner.get(`/tickets/${ticket.id}`);
    expect(body.data).toMatchObject({ messageCount: 9, priority: 'high' });
    const messages = await acme.owner.get(`/tickets/${ticket.id}/messages`);
    expect(messages.body.data).toHaveLength(9);
  });

  it('of one field follow each other in the log without a break', async () => {
    const ticket = await acme.ticket();
    const seq = await lastSeq();
    const subjects = ['one', 'two', 'three', 'four', 'five'];

    const answers = await Promise.all(
      subjects.map((subject) => acme.owner.patch(`/tickets/${ticket.id}`, { subject })),
    );

    const done = answers.filter(({ status }) => status === 200);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const steps = (await acme.events(seq)).map(({ changes }) => changes.subject);
    expect(steps).toHaveLength(done.length);
    steps.forEach(([before], i) => expect(before).toBe(i === 0 ? ticket.subject : steps[i - 1][1]));
    const { body } = await acme.owner.get(`/tickets/${ticket.id}`);
    expect(body.data.subject).toBe(steps.at(-1)[1]);
  });
});
