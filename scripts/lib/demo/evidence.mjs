import { expect } from './expect.mjs';

/** The other organization tries every door. */
export async function attack({ repairs, dental, ticketId, mail, messageId }, narrator) {
  await narrator.chapter(`${dental.name} looks for it by every route, and finds nothing`);
  const before = (await repairs.agent.get(`/tickets/${ticketId}`)).body.data;
  const stranger = dental.agent;
  const attempts = [
    ['GET', `/tickets/${ticketId}`, () => stranger.get(`/tickets/${ticketId}`)],
    ['GET', `/tickets/${ticketId}/messages`, () => stranger.get(`/tickets/${ticketId}/messages`)],
    ['PUT', `/tickets/${ticketId}/closure`, () => stranger.put(`/tickets/${ticketId}/closure`)],
    [
      'POST',
      `/tickets/${ticketId}/messages`,
      () => stranger.post(`/tickets/${ticketId}/messages`, { kind: 'reply', body: 'Hello' }),
    ],
    ['GET', `/mailbox/${mail.id}/raw`, () => stranger.get(`/mailbox/${mail.id}/raw`)],
  ];
  for (const [method, path, attempt] of attempts) {
    const { status, body } = await attempt();
    expect(status === 404, `${method} ${path} to be answered 404`);
    narrator.show(
      `${method.padEnd(4)} ${path.replace(ticketId, '…').replace(mail.id, '…').padEnd(24)} ${status}  ${body.error.code}`,
    );
  }
  for (const path of ['/tickets', '/mailbox', '/events?limit=100']) {
    const { body } = await stranger.get(path);
    const text = JSON.stringify(body);
    expect(!text.includes(ticketId) && !text.includes(messageId), `${path} to show nothing of it`);
    narrator.show(`GET  ${path.padEnd(24)} 200  ${body.total} of its own, none of the other's`);
  }
  await forge({ dental, mail, ticketId }, narrator);
  const after = (await repairs.agent.get(`/tickets/${ticketId}`)).body.data;
  expect(JSON.stringify(after) === JSON.stringify(before), 'the ticket to be untouched');
  narrator.say('The ticket is what it was, to the last byte.');
}

/** A leaked reply address, handed in at the other desk. */
async function forge({ dental, mail, ticketId }, narrator) {
  const to = /<([^>]+)>$/.exec(mail.from)[1];
  const raw = `From: ${mail.to}\r\nTo: ${to}\r\nSubject: ${mail.subject}\r\nIn-Reply-To: ${mail.messageIdHeader}\r\n\r\nLet me in.\r\n`;
  const { body } = await dental.integration.mail(Buffer.from(raw));
  expect(
    body.data?.disposition === 'ticket' && body.data.ticketId !== ticketId,
    'a new ticket there',
  );
  narrator.show(
    `A mail with the signed address, handed in there: its own ticket #${body.data.ticketNumber}`,
  );
}

/** An integration adds a ticket of its own, then reads everything from the beginning. */
export async function readFeed({ integration }, { ticketId }, narrator) {
  await narrator.chapter(
    'An integration creates a ticket and reads every change: in order, without a gap',
  );
  const requester = { email: 'sensor@cold-store.example', name: 'Cold store sensor' };
  const ticket = { subject: 'Unit 7 is too warm', body: '9.1 °C since 03:12.', requester };
  const created = await integration.post('/tickets', ticket);
  expect(created.status === 201, 'the ticket to be created');
  narrator.show(`POST /tickets  201  #${created.body.data.number} ${created.body.data.subject}`);

  const events = [];
  let requests = 0;
  for (let page = { nextAfter: 0, hasMore: true }; page.hasMore; requests += 1) {
    page = (await integration.get(`/events?after=${page.nextAfter}&limit=25`)).body;
    events.push(...page.data);
  }
  expect(
    events.every(({ seq }, index) => seq === index + 1),
    'the events to be numbered from 1 without a gap',
  );
  expect(events.at(-1).subject.id === created.body.data.id, 'the newest event to be the last');
  narrator.say(
    `GET /events, ${requests} pages of 25: ${events.length} events, seq 1 to ${events.length}, none missing.`,
  );
  const counts = Map.groupBy(events, ({ type }) => type);
  for (const [type, those] of counts) narrator.show(`${String(those.length).padStart(3)}  ${type}`);
  narrator.say('The story of the one ticket in it:');
  for (const event of events.filter(({ subject }) => subject.id === ticketId)) {
    const changes = event.changes ? `  ${JSON.stringify(event.changes)}` : '';
    narrator.show(
      `${String(event.seq).padStart(3)}  ${event.occurredAt}  ${event.type}  by ${event.actor.type}${changes}`,
    );
  }
}
