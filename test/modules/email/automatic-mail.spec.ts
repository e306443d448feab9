import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { useApp } from '../../support/app.js';
import { expectStatus, type Client } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';
import { settled } from '../../support/jobs.js';
import { MailServer } from '../../support/mail-server.js';
import { AS_MAIL, mail } from '../../support/mail.js';

const server = await MailServer.start();
const running = await useApp({
  worker: true,
  database: await databaseOfItsOwn('automatic'),
  settings: { SMTP_URL: server.url },
});
const { given, clock } = running;
afterAll(() => server.close());
afterEach(() => clock.reset());

const customer = 'Rita Requester <rita@customer.example>';
const HOUR = 3_600_000;

/** A ticket of the customer that was answered and closed, and the mail that the customer got. */
async function answered(acme: GivenOrganization): Promise<{ ticketId: string; sent: any }> {
  const address = `<${crypto.randomUUID()}@customer.example>`;
  const { ticketId } = await handIn(acme.owner, { From: customer, 'Message-ID': address });
  await acme.message(ticketId, 'reply');
  const sent = await server.taken(({ headers }) => headers['in-reply-to'] === address);
  await settled(running);
  expectStatus(await acme.owner.put(`/tickets/${ticketId}/closure`), 200);
  return { ticketId, sent };
}

describe('a mail that no person wrote', () => {
  it.each<[string, Record<string, string>]>([
    ['a vacation notice', { 'Auto-Submitted': 'auto-replied', 'X-Autoreply': 'yes' }],
    ['an out-of-office of an old program', { Precedence: 'auto_reply' }],
    ['one that asks for no answer', { 'X-Auto-Response-Suppress': 'All' }],
    ['a bounce', { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=x' }],
  ])('(%s) joins its ticket, leaves it closed, and is not answered', async (_, headers) => {
    const acme = await given.organization();
    const { ticketId, sent } = await answered(acme);
    const mails = server.seen.length;
    const since = (await acme.events()).length;

    const answer = { From: customer, To: sent.from, 'In-Reply-To': sent.headers['message-id'] };
    const taken = await handIn(acme.owner, { ...answer, ...headers });
    expect(taken).toMatchObject({ disposition: 'reply', ticketId });
    expect((await acme.owner.get(`/tickets/${ticketId}`)).body.data).toMatchObject({
      status: 'closed',
      messageCount: 3,
    });
    await settled(running);
    expect((await acme.events(since)).map(({ type }) => type)).toEqual([
      'ticket.message_received',
      'mail.received',
    ]);
    expect(server.seen).toHaveLength(mails);
  });

  it('opens a ticket when it is the first, and is not answered either', async () => {
    const acme = await given.organization();
    const mails = server.seen.length;
    const headers = { From: 'noreply@shop.example', 'Auto-Submitted': 'auto-generated' };
    expect(await handIn(acme.owner, headers)).toMatchObject({ disposition: 'ticket' });
    await settled(running);
    expect(server.seen).toHaveLength(mails);
  });

  it('is our own mail that came back: rejected, and nothing changes', async () => {
    const acme = await given.organization();
    const { ticketId, sent } = await answered(acme);
    const answer = await acme.owner.post('/inbound/mail', sent.raw, AS_MAIL);
    expect(expectStatus(answer, 201).body.data).toMatchObject({
      disposition: 'rejected',
      reason: 'own_mail_came_back',
      ticketId: null,
    });
    expect((await acme.owner.get(`/tickets/${ticketId}`)).body.data).toMatchObject({
      status: 'closed',
      messageCount: 2,
    });
    expect((await acme.owner.get('/tickets')).body.total).toBe(1);
    expect((await acme.events()).at(-1)).toMatchObject({
      type: 'mail.rejected',
      data: { reason: 'own_mail_came_back' },
    });
  });
});

describe('a loop', () => {
  it('of a machine ends after twenty mails in an hour, and the address may write again later', async () => {
    const acme = await given.organization();
    // A key, because the hours that pass would end a session.
    const gateway = await acme.apiKey(['mail:write']);
    clock.set('2026-01-01T10:00:00.000Z');
    const robot = { From: 'robot@shop.example', 'Auto-Submitted': 'auto-generated' };
    for (let index = 0; index < 20; index += 1) {
      expect(await handIn(gateway, robot)).toMatchObject({ disposition: 'ticket' });
      clock.advance(1_000);
    }
    expect(await handIn(gateway, robot)).toMatchObject({
      disposition: 'rejected',
      reason: 'mail_loop',
    });
    // Neither another machine nor a person at the same address is held back by it.
    const other = { ...robot, From: 'other@shop.example' };
    expect(await handIn(gateway, other)).toMatchObject({ disposition: 'ticket' });
    expect(await handIn(gateway, { From: robot.From })).toMatchObject({ disposition: 'ticket' });
    // Nor the same machine at another desk.
    const globex = await given.organization();
    expect(await handIn(globex.owner, robot)).toMatchObject({ disposition: 'ticket' });

    clock.advance(HOUR + 1_000);
    expect(await handIn(gateway, robot)).toMatchObject({ disposition: 'ticket' });
  });

  it('of two programs that hide what they are ends after a hundred mails on one ticket in an hour', async () => {
    const acme = await given.organization();
    const { sent } = await answered(acme);
    const gateway = await acme.apiKey(['mail:write']);
    // The mail that opened the ticket counts too; here it came long ago.
    clock.advance(2 * HOUR);
    const answer = { From: customer, To: sent.from };
    for (let index = 0; index < 100; index += 1) {
      expect(await handIn(gateway, answer)).toMatchObject({ disposition: 'reply' });
    }
    expect(await handIn(gateway, answer)).toMatchObject({
      disposition: 'rejected',
      reason: 'mail_loop',
    });
    expect(await handIn(gateway, { From: customer })).toMatchObject({ disposition: 'ticket' });
    clock.advance(HOUR + 1_000);
    expect(await handIn(gateway, answer)).toMatchObject({ disposition: 'reply' });
  });
});

async function handIn(by: Client, headers: Record<string, string>): Promise<any> {
  return expectStatus(await by.post('/inbound/mail', mail(headers), AS_MAIL), 201).body.data;
}
