import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { merge, saidOn, ticketNow, ticketWith, undo } from './desk.js';

const { given, clock } = await useApp();
const acme = await given.organization();
const agent = await acme.user('agent');

async function messageIdsOf(ticketId: string): Promise<string[]> {
  const { body } = await acme.owner.get(`/tickets/${ticketId}/messages`);
  return body.data.map(({ id }: { id: string }) => id);
}

async function eventsAfter(work: () => Promise<unknown>): Promise<any[]> {
  const seq = (await acme.events()).at(-1).seq;
  await work();
  return acme.events(seq);
}

function changesOf(events: any[], id: string): any {
  return events.find(({ subject }) => subject.id === id).changes;
}

describe('a reply to a message that is on another ticket by now', () => {
  /** Both the short way and the one with a change of the ticket. */
  async function refused(ticketId: string, lastSeenMessageId: string, now: any): Promise<void> {
    const count = (await saidOn(acme, ticketId)).length;
    for (const more of [{}, { status: 'pending' }]) {
      const reply = { kind: 'reply', body: 'Yes.', lastSeenMessageId, ...more };
      const { status, body } = await agent.post(`/tickets/${ticketId}/messages`, reply);
      expect([status, body.error.code]).toEqual([409, 'ticket.messages_moved']);
      expect(body.error.details).toEqual({ ticketId: now.id, number: now.number });
    }
    expect(await saidOn(acme, ticketId)).toHaveLength(count);
  }

  it('is refused after a split, which says where the message is', async () => {
    const ticket = await ticketWith(acme, 'moved1', ['a note']);
    const [, note] = await messageIdsOf(ticket.id);
    const split = await acme.owner.post(`/tickets/${ticket.id}/splits`, { messageIds: [note] });

    await refused(ticket.id, note!, expectStatus(split, 201).body.data.ticket);
    await undo(acme, split.body.data.operation.id);

    const reply = { kind: 'reply', body: 'Yes.', lastSeenMessageId: note };
    expect((await agent.post(`/tickets/${ticket.id}/messages`, reply)).status).toBe(201);
  });

  it('is refused after a merge was undone', async () => {
    const [target, source] = [await ticketWith(acme, 'moved2'), await ticketWith(acme, 'moved3')];
    const [asked] = await messageIdsOf(source.id);
    const { id } = await merge(acme, target.id, source.id);

    await undo(acme, id);

    await refused(target.id, asked!, source);
    expect(await saidOn(acme, source.id)).toEqual(['moved3 asks']);
  });
});

describe('a ticket that was merged away', () => {
  it('takes no change by any way in, and says where it went', async () => {
    const [target, source] = [await ticketWith(acme, 'kept1'), await ticketWith(acme, 'kept2')];
    await merge(acme, target.id, source.id);
    const before = await ticketNow(acme, source.id);

    for (const answer of [
      await agent.patch(`/tickets/${source.id}`, { priority: 'urgent' }),
      await agent.patch(`/tickets/${source.id}`, { addTags: ['vip'] }),
      await agent.put(`/tickets/${source.id}/take`),
      await agent.delete(`/tickets/${source.id}/closure`),
    ]) {
      expect([answer.status, answer.body.error.code]).toEqual([409, 'ticket.merged']);
      expect(answer.body.error.details).toEqual({
        ...{ mergedIntoId: target.id, number: target.number },
      });
    }
    const same = await agent.patch(`/tickets/${source.id}`, { priority: before.priority });
    expect(same.status).toBe(200);
    expect(await ticketNow(acme, source.id)).toEqual(before);
  });
});

describe('the log of merges', () => {
  it('tells of the snooze and the state of a merged ticket, both ways', async () => {
    const [target, source] = [await ticketWith(acme, 'log1'), await ticketWith(acme, 'log2')];
    const until = new Date(clock.now().getTime() + 86_400_000).toISOString();
    await acme.owner.put(`/tickets/${source.id}/snooze`, { until });
    const { stateId } = await ticketNow(acme, source.id);
    let operation: any;

    const merged = await eventsAfter(async () => {
      operation = await merge(acme, target.id, source.id);
    });
    const closed = (await ticketNow(acme, source.id)).stateId;
    const unmerged = await eventsAfter(() => undo(acme, operation.id));

    expect(changesOf(merged, source.id)).toEqual({
      ...{ status: ['open', 'closed'], snoozedUntil: [until, null] },
      mergedIntoId: [null, target.id],
    });
    expect(changesOf(unmerged, source.id)).toEqual({
      ...{ status: ['closed', 'open'], snoozedUntil: [null, until] },
      ...{ stateId: [closed, stateId], mergedIntoId: [target.id, null] },
    });
    expect((await ticketNow(acme, source.id)).snoozedUntil).toBe(until);
  });

  it('tells of those who read along no more, on every ticket of the chain', async () => {
    const [a, b, c] = [
      await ticketWith(acme, 'cc1'),
      await ticketWith(acme, 'cc2'),
      await ticketWith(acme, 'cc3'),
    ];
    const [one, two, three] = ['cc1', 'cc2', 'cc3'].map((who) => `${who}@customer.example`);
    const d = await ticketWith(acme, 'cc4');
    const first = await merge(acme, b.id, a.id);
    await merge(acme, c.id, b.id);
    await merge(acme, d.id, c.id);

    const events = await eventsAfter(() => undo(acme, first.id));

    expect(changesOf(events, b.id)).toEqual({ cc: [[one], []] });
    expect(changesOf(events, c.id)).toEqual({ cc: [[two, one], [two]] });
    expect(changesOf(events, d.id)).toEqual({
      cc: [
        [three, two, one],
        [three, two],
      ],
    });
  });

  it('tells of those who read along since a split was undone', async () => {
    const ticket = await ticketWith(acme, 'back1', ['a note']);
    const [, note] = await messageIdsOf(ticket.id);
    const { body } = await acme.owner.post(`/tickets/${ticket.id}/splits`, { messageIds: [note] });
    const made = body.data.ticket;
    await acme.owner.patch(`/tickets/${made.id}`, { cc: ['along@customer.example'] });
    await acme.message(made.id, 'note', 'said since');

    const events = await eventsAfter(() => undo(acme, body.data.operation.id));

    expect((await ticketNow(acme, ticket.id)).cc).toEqual(['along@customer.example']);
    expect(changesOf(events, ticket.id)).toEqual({ cc: [[], ['along@customer.example']] });
  });
});
