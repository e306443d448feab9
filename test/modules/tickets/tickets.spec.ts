import { useApp } from '../../support/app.js';
import { newTicket } from '../../support/given.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const foreign = await globex.ticket();
const ABSENT = '01900000-0000-7000-8000-000000000000';
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('opening a ticket', () => {
  it('answers the whole ticket, and shows it the same ever after', async () => {
    const agent = await acme.user('agent', 'Ada Agent');
    const fields = { priority: 'high', tags: ['printer', 'fire'], assigneeId: agent.user.id };

    const answer = await agent.post('/tickets', newTicket(fields));

    expect(answer.status).toBe(201);
    expect(answer.body.data).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7/),
      number: expect.any(Number),
      subject: 'The printer is on fire',
      status: 'open',
      priority: 'high',
      channel: 'web',
      requester: {
        id: expect.any(String),
        email: 'rita@customer.example',
        name: 'Rita Requester',
      },
      assignee: { id: agent.user.id, name: 'Ada Agent' },
      tags: ['printer', 'fire'],
      messageCount: 1,
      createdAt: INSTANT,
      updatedAt: INSTANT,
      lastMessageAt: INSTANT,
      closedAt: null,
      stateId: expect.any(String),
      type: null,
      teamId: null,
      companyId: null,
      snoozedUntil: null,
      mergedIntoId: null,
      mergedInto: null,
      cc: [],
      fields: {},
      version: 1,
    });
    const shown = await agent.get(`/tickets/${answer.body.data.id}`);
    expect(shown.body).toEqual(answer.body);
  });

  it('writes what the requester says as the first message', async () => {
    const ticket = await acme.ticket({ body: 'Line one.\n\nLine two. ✓ 𝒳' });

    const { body } = await acme.owner.get(`/tickets/${ticket.id}/messages`);

    expect(body.data).toMatchObject([
      {
        id: expect.any(String),
        ticketId: ticket.id,
        kind: 'inbound',
        channel: 'web',
        author: { type: 'requester', id: ticket.requester.id, name: 'Rita Requester' },
        body: 'Line one.\n\nLine two. ✓ 𝒳',
        delivery: null,
        createdAt: ticket.createdAt,
      },
    ]);
  });

  it('takes the rest as they are by default', async () => {
    const desk = await given.organization();

    const ticket = await desk.ticket({ requester: { email: 'Sam.Sender@Customer.example' } });

    expect(ticket).toMatchObject({ number: 1, priority: 'normal', tags: [], assignee: null });
    expect(ticket.requester).toMatchObject({
      email: 'sam.sender@customer.example',
      name: 'sam.sender',
    });
  });

  it('knows a requester again by the address, in any case, and keeps the first name', async () => {
    const desk = await given.organization();
    const first = await desk.ticket({ requester: { email: 'sam@customer.example', name: 'Sam' } });

    const second = await desk.ticket({
      requester: { email: 'SAM@customer.example', name: 'Somebody Else' },
    });

    expect(second.requester).toEqual(first.requester);
  });

  it('knows the same address in two organizations as two requesters', async () => {
    const [one, other] = [await acme.ticket(), await globex.ticket()];

    expect(one.requester.email).toBe(other.requester.email);
    expect(one.requester.id).not.toBe(other.requester.id);
  });

  it('refuses a foreign assignee as one who is not there, and writes nothing', async () => {
    const before = await acme.events();
    const foreign = newTicket({ assigneeId: globex.owner.user.id });
    const absent = newTicket({ assigneeId: ABSENT });

    const answers = [
      await acme.owner.post('/tickets', foreign),
      await acme.owner.post('/tickets', absent),
    ];

    for (const { status, body } of answers) {
      expect(status).toBe(404);
      expect(body.error.code).toBe('user.not_found');
    }
    expect(await acme.events()).toEqual(before);
    const next = await acme.ticket();
    const last = await acme.ticket();
    expect(last.number).toBe(next.number + 1);
  });

  it('is one event that tells what was opened', async () => {
    const ticket = await acme.ticket({ tags: ['vip'] });

    const event = (await acme.events()).at(-1);

    expect(event).toMatchObject({
      type: 'ticket.created',
      subject: { type: 'ticket', id: ticket.id },
      actor: { type: 'user', id: acme.owner.user.id },
      changes: null,
      data: {
        number: ticket.number,
        subject: ticket.subject,
        priority: 'normal',
        tags: ['vip'],
        channel: 'web',
        requesterId: ticket.requester.id,
        assigneeId: null,
      },
    });
  });
});

describe('changing a ticket', () => {
  it('changes what is sent and leaves the rest', async () => {
    const ticket = await acme.ticket({ tags: ['a'] });

    const answer = await acme.owner.patch(`/tickets/${ticket.id}`, {
      subject: '  New subject ',
      status: 'pending',
    });

    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({
      ...ticket,
      subject: 'New subject',
      version: 2,
      stateId: expect.any(String),
      status: 'pending',
      updatedAt: INSTANT,
    });
    expect(Date.parse(answer.body.data.updatedAt)).toBeGreaterThan(Date.parse(ticket.updatedAt));
  });

  it('tells before and after of each field that changed, and of no other', async () => {
    const ticket = await acme.ticket({ tags: ['a', 'b'], priority: 'low' });

    await acme.owner.patch(`/tickets/${ticket.id}`, {
      priority: 'urgent',
      tags: ['b', 'c'],
      subject: ticket.subject,
    });

    const event = (await acme.events()).at(-1);
    expect(event.type).toBe('ticket.updated');
    expect(event.changes).toEqual({
      priority: ['low', 'urgent'],
      tags: [
        ['a', 'b'],
        ['b', 'c'],
      ],
    });
  });

  it('is quiet when nothing changes', async () => {
    const ticket = await acme.ticket({ tags: ['a'] });
    const before = await acme.events();

    const answer = await acme.owner.patch(`/tickets/${ticket.id}`, { tags: ['a'], status: 'open' });
    const empty = await acme.owner.patch(`/tickets/${ticket.id}`, {});

    expect(answer.body.data).toEqual(ticket);
    expect(empty.body.data).toEqual(ticket);
    expect(await acme.events()).toEqual(before);
  });

  it('cannot close: that is the closure', async () => {
    const ticket = await acme.ticket();

    const answer = await acme.owner.patch(`/tickets/${ticket.id}`, { status: 'closed' });

    expect(answer.status).toBe(400);
    expect(answer.body.error.details[0].field).toBe('status');
  });

  it('of a closed one leaves its status alone, and may correct the rest', async () => {
    const ticket = await acme.ticket();
    await acme.owner.put(`/tickets/${ticket.id}/closure`);

    const status = await acme.owner.patch(`/tickets/${ticket.id}`, { status: 'open' });
    const subject = await acme.owner.patch(`/tickets/${ticket.id}`, { subject: 'Corrected' });

    expect(status.status).toBe(409);
    expect(status.body.error.code).toBe('ticket.closed');
    expect(subject.body.data).toMatchObject({ subject: 'Corrected', status: 'closed' });
  });
});

describe('a ticket of another organization', () => {
  const requests = (id: string) =>
    [
      acme.owner.get(`/tickets/${id}`),
      acme.owner.patch(`/tickets/${id}`, { subject: 'Mine' }),
      acme.owner.put(`/tickets/${id}/assignment`, { assigneeId: acme.owner.user.id }),
      acme.owner.delete(`/tickets/${id}/assignment`),
      acme.owner.put(`/tickets/${id}/closure`),
      acme.owner.delete(`/tickets/${id}/closure`),
      acme.owner.get(`/tickets/${id}/messages`),
      acme.owner.post(`/tickets/${id}/messages`, { kind: 'note', body: 'Mine' }),
    ] as const;

  it('is answered by every route as one that is not there', async () => {
    const [present, absent, malformed] = await Promise.all(
      [foreign.id, ABSENT, 'not-an-id'].map((id) => Promise.all(requests(id))),
    );

    present!.forEach((answer, i) => {
      const other = absent![i]!;
      expect(answer.status).toBe(404);
      expect(answer.body.error.code).toBe('ticket.not_found');
      expect(withoutRequestId(answer.body)).toEqual(withoutRequestId(other.body));
      expect(withoutRequestId(malformed![i]!.body)).toEqual(withoutRequestId(other.body));
    });
    expect((await globex.owner.get(`/tickets/${foreign.id}`)).body.data).toEqual(foreign);
  });
});

function withoutRequestId({ error }: { error: object }): object {
  return { ...error, requestId: '' };
}
