import { afterAll, describe, expect, it } from '@jest/globals';
import { useApp } from './support/app.js';
import { expectStatus } from './support/as.js';
import { databaseOfItsOwn } from './support/database.js';
import { settled } from './support/jobs.js';
import { MailServer } from './support/mail-server.js';
import { AS_MAIL, mail, sampleMail, sampleMailNames } from './support/mail.js';

const server = await MailServer.start();
const running = await useApp({
  worker: true,
  database: await databaseOfItsOwn('main_job'),
  settings: { SMTP_URL: server.url, MAIL_FROM_DOMAIN: 'desk.example' },
});
const { given } = running;
afterAll(() => server.close());

const customer = 'Harbour Bakery <orders@harbour-bakery.example>';

describe('the main job', () => {
  it('runs from the first mail to the last event, and nobody else sees any of it', async () => {
    // Two organizations exist.
    const acme = await given.organization('Acme Support');
    const globex = await given.organization('Globex Helpdesk');
    const gateway = await acme.apiKey(['mail:write']);
    const integration = await acme.apiKey(['tickets:write', 'events:read']);
    const agent = await acme.user('agent', 'Ada Agent');

    // Real mails are handed to one of them over HTTP with its API key; they become tickets of requesters.
    const names = sampleMailNames();
    for (const name of names) {
      expectStatus(await gateway.post('/inbound/mail', sampleMail(name), AS_MAIL), 201);
    }
    const request = mail({
      From: customer,
      Subject: 'The oven door does not close',
      'Message-ID': '<first@harbour-bakery.example>',
    });
    const taken = await gateway.post('/inbound/mail', request, AS_MAIL);
    const { disposition, ticketId } = expectStatus(taken, 201).body.data;
    expect(disposition).toBe('ticket');

    // An agent sees the queue, opens the ticket, answers it and closes it.
    const queue = await agent.get('/tickets?status=open&limit=1');
    expect(queue.body).toMatchObject({ total: 45, data: [{ id: ticketId, number: 45 }] });
    const opened = await agent.get(`/tickets/${ticketId}`);
    expect(opened.body.data).toMatchObject({
      subject: 'The oven door does not close',
      status: 'open',
      channel: 'email',
      requester: { email: 'orders@harbour-bakery.example', name: 'Harbour Bakery' },
    });
    const reply = { kind: 'reply', body: 'A colleague will be there at eleven.' };
    const said = await agent.post(`/tickets/${ticketId}/messages`, reply);
    expectStatus(said, 201);
    expect(
      expectStatus(await agent.put(`/tickets/${ticketId}/closure`), 200).body.data.status,
    ).toBe('closed');

    // The worker sends the answer to the requester by SMTP.
    const sent = await server.taken();
    await settled(running);
    expect(sent).toMatchObject({ to: ['orders@harbour-bakery.example'], body: reply.body });
    expect(sent.headers).toMatchObject({
      from: expect.stringMatching(
        /^"Ada Agent \(Acme Support\)" <reply\+[0-9a-f]{56}@desk\.example>$/,
      ),
      subject: 'Re: The oven door does not close',
      'in-reply-to': '<first@harbour-bakery.example>',
      references: '<first@harbour-bakery.example>',
    });
    const delivered = await agent.get(`/tickets/${ticketId}/messages`);
    expect(delivered.body.data[1]).toMatchObject({
      kind: 'reply',
      author: { type: 'user', name: 'Ada Agent' },
      delivery: { status: 'sent', sentAt: expect.any(String) },
    });

    // The requester's reply to that mail, handed in again, becomes a message of the same ticket and reopens it.
    const answer = mail(
      {
        From: customer,
        To: sent.from,
        Subject: 'Re: The oven door does not close',
        'In-Reply-To': sent.headers['message-id']!,
        'Message-ID': '<second@harbour-bakery.example>',
      },
      'Eleven is fine.\n\n> A colleague will be there at eleven.',
    );
    const second = await gateway.post('/inbound/mail', answer, AS_MAIL);
    expect(second.body.data).toMatchObject({ disposition: 'reply', ticketId, ticketNumber: 45 });
    expect((await agent.get(`/tickets/${ticketId}`)).body.data).toMatchObject({
      status: 'open',
      closedAt: null,
      messageCount: 3,
    });
    const conversation = await agent.get(`/tickets/${ticketId}/messages`);
    expect(conversation.body.data.map((message: any) => message.author.name)).toEqual([
      'Harbour Bakery',
      'Ada Agent',
      'Harbour Bakery',
    ]);
    expect(conversation.body.data[2].body).toContain('Eleven is fine.');

    // An integration creates tickets with its API key and reads every change, in order and without a gap.
    const made = await acme.ticket({ subject: 'Unit 7 is too warm' }, integration);
    await settled(running);
    const events = await everyEvent(integration);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    const story = events.filter(
      (event) => event.subject.id === ticketId || event.type === 'mail.sent',
    );
    expect(story.map(({ type }) => type)).toEqual([
      'ticket.created',
      'ticket.replied',
      'ticket.closed',
      'mail.sent',
      'ticket.message_received',
      'ticket.reopened',
    ]);
    const replied = story.find(({ type }) => type === 'ticket.replied');
    expect(story.find(({ type }) => type === 'mail.sent')).toMatchObject({
      causationId: replied.id,
      depth: 1,
      actor: { type: 'system', id: null },
      data: { messageId: said.body.data.id, to: 'orders@harbour-bakery.example' },
    });
    expect(count(events, 'mail.received')).toBe(names.length + 2);
    expect(count(events, 'ticket.created')).toBe(44 + 1 + 1);
    // A key's first use is told a second later, and may come last.
    expect(events.findLast(({ type }) => type === 'ticket.created')).toMatchObject({
      subject: { id: made.id },
    });

    // The other organization can see nothing of it by any route.
    await seesNothing(globex, { ticketId, sent, messageId: said.body.data.id });
  }, 60_000);
});

async function everyEvent(reader: { get(path: string): Promise<any> }): Promise<any[]> {
  const events: any[] = [];
  for (let after = 0, hasMore = true; hasMore;) {
    const page = expectStatus(await reader.get(`/events?after=${after}&limit=10`), 200).body;
    events.push(...page.data);
    ({ nextAfter: after, hasMore } = page);
  }
  return events;
}

function count(events: any[], type: string): number {
  return events.filter((event) => event.type === type).length;
}

/** Every route that takes an id, and every list, asked by a stranger who holds all the ids. */
async function seesNothing(
  globex: Awaited<ReturnType<typeof given.organization>>,
  { ticketId, sent, messageId }: { ticketId: string; sent: any; messageId: string },
): Promise<void> {
  const { owner } = globex;
  const key = await globex.apiKey(['mail:write', 'mail:read', 'tickets:write', 'tickets:read']);
  const before = await globex.events();
  const [mailbox] = (await owner.get('/mailbox')).body.data;
  expect(mailbox).toBeUndefined();
  for (const caller of [owner, key]) {
    const attempts = await Promise.all([
      caller.get(`/tickets/${ticketId}`),
      caller.patch(`/tickets/${ticketId}`, { subject: 'Mine' }),
      caller.put(`/tickets/${ticketId}/assignment`, { assigneeId: owner.user.id }),
      caller.delete(`/tickets/${ticketId}/assignment`),
      caller.put(`/tickets/${ticketId}/closure`),
      caller.delete(`/tickets/${ticketId}/closure`),
      caller.get(`/tickets/${ticketId}/messages`),
      caller.post(`/tickets/${ticketId}/messages`, { kind: 'note', body: 'Hello' }),
      caller.get(`/mailbox/${messageId}/raw`),
    ]);
    expect(attempts.map(({ status }) => status)).toEqual(attempts.map(() => 404));
    for (const path of ['/tickets', '/tickets?subject=oven', '/mailbox']) {
      expect(expectStatus(await caller.get(path), 200).body).toMatchObject({ data: [], total: 0 });
    }
  }
  // The leaked reply address and Message-ID open nothing there.
  const forged = mail({
    From: customer,
    To: sent.from,
    'In-Reply-To': sent.headers['message-id'],
  });
  const taken = (await key.post('/inbound/mail', forged, AS_MAIL)).body.data;
  expect(taken).toMatchObject({ disposition: 'ticket', ticketNumber: 1 });
  expect(taken.ticketId).not.toBe(ticketId);
  // And its log holds what it did itself, and no more.
  const after = (await globex.events(before.length)).filter(
    ({ subject }) => subject.type !== 'api_key',
  );
  expect(after.map(({ type }) => type)).toEqual(['ticket.created', 'mail.received']);
  expect(JSON.stringify(await globex.events())).not.toContain(ticketId);
}
