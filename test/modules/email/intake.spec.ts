import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';
import { AS_MAIL, mail, sampleMail } from '../../support/mail.js';

const { given, as, database } = await useApp();
const MEGABYTE = 1024 * 1024;

describe('handing in a mail', () => {
  it('ten times at once makes one ticket and nine duplicates of it', async () => {
    const acme = await given.organization();
    const raw = mail({ Subject: 'At once' });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => acme.owner.post('/inbound/mail', raw, AS_MAIL)),
    );
    const taken = answers.map((answer) => expectStatus(answer, 201).body.data);
    const dispositions = taken.map(({ disposition }) => disposition).sort();
    expect(dispositions).toEqual([...Array(9).fill('duplicate'), 'ticket']);
    expect(new Set(taken.map(({ ticketId }) => ticketId)).size).toBe(1);
    expect((await acme.owner.get('/tickets')).body.total).toBe(1);
    expect(await written(acme)).toMatchObject({ inbound_mails: 10, messages: 1, requesters: 1 });
    const [ticket] = (await acme.owner.get('/tickets')).body.data;
    expect(ticket).toMatchObject({ number: 1, messageCount: 1 });
  });

  it('makes one requester of ten first mails that come at once from one address', async () => {
    const acme = await given.organization();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        acme.owner.post('/inbound/mail', mail({ Subject: `Mail ${index}` }), AS_MAIL),
      ),
    );
    const numbers = answers.map((answer) => expectStatus(answer, 201).body.data.ticketNumber);
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await written(acme)).toMatchObject({ requesters: 1, tickets: 10 });
  });

  it('is the same mail by another route, and another mail in another organization', async () => {
    const acme = await given.organization();
    const globex = await given.organization();
    const raw = mail({ Subject: 'Once' });
    const again = `Received: from a by b; Thu, 1 Jan 2026 10:00:00 +0000\r\nDelivered-To: x@y.example\r\n${raw}`;
    const first = expectStatus(await acme.owner.post('/inbound/mail', raw, AS_MAIL), 201);
    const second = expectStatus(await acme.owner.post('/inbound/mail', again, AS_MAIL), 201);
    expect(second.body.data).toMatchObject({
      disposition: 'duplicate',
      reason: 'the same mail was taken before',
      ticketId: first.body.data.ticketId,
      messageId: first.body.data.messageId,
    });
    const elsewhere = expectStatus(await globex.owner.post('/inbound/mail', raw, AS_MAIL), 201);
    expect(elsewhere.body.data).toMatchObject({ disposition: 'ticket', ticketNumber: 1 });
    expect(elsewhere.body.data.ticketId).not.toBe(first.body.data.ticketId);
  });

  it('takes two mails with one Message-ID for two: a stranger cannot silence one that he foresees', async () => {
    const acme = await given.organization();
    const id = { 'Message-ID': '<chosen@attacker.example>' };
    const first = await acme.owner.post('/inbound/mail', mail(id, 'One'), AS_MAIL);
    const second = await acme.owner.post('/inbound/mail', mail(id, 'Another'), AS_MAIL);
    expect([first, second].map(({ body }) => body.data.disposition)).toEqual(['ticket', 'ticket']);
  });
});

describe('what is no mail', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['blank lines', '\r\n\r\n\r\n'],
    ['a JSON document', '{"from":"a@b.example","subject":"x"}'],
    ['words', 'Hello, is this the desk?'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])],
    ['a packed mail', gzipSync(mail({}))],
    ['a header with NUL bytes', 'From: a@b.example\0\r\nSubject: x\r\n\r\nHello'],
  ])('is refused when it is %s, and nothing is written', async (_, body) => {
    const acme = await given.organization();
    const answer = await acme.owner.post('/inbound/mail', body, AS_MAIL);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({
      code: 'mail.malformed',
      message: expect.stringMatching(/^The message is (empty|not an e-mail: .+)\.$/),
      requestId: expect.any(String),
    });
    expect(await written(acme)).toEqual({
      inbound_mails: 0,
      messages: 0,
      requesters: 0,
      tickets: 0,
    });
    expect((await acme.events()).map(({ type }) => type)).not.toContain('mail.received');
  });

  it.each([
    ['application/json', '{"mail":"x"}'],
    ['text/plain', mail({})],
    ['application/octet-stream', mail({})],
    ['message/delivery-status', mail({})],
    ['', mail({})],
  ])('is refused when it is sent as "%s"', async (type, body) => {
    const acme = await given.organization();
    const answer = await acme.owner.post('/inbound/mail', body, {
      headers: { 'content-type': type },
    });
    expect(answer.status).toBe(415);
    expect(answer.body.error.code).toBe('payload.unsupported_type');
  });

  it('is refused without the permission and without a credential, before it is read', async () => {
    const acme = await given.organization();
    const reader = await acme.apiKey(['tickets:read', 'mail:read']);
    const refused = await reader.post('/inbound/mail', mail({}), AS_MAIL);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'auth.forbidden']);
    const unknown = await as(null).post('/inbound/mail', mail({}), AS_MAIL);
    expect([unknown.status, unknown.body.error.code]).toEqual([401, 'auth.unauthenticated']);
  });

  it('is refused above 25 MB and taken at 25 MB, with its bytes kept', async () => {
    const acme = await given.organization();
    const head = Buffer.from('From: a@customer.example\r\nSubject: Large\r\n\r\n');
    const largest = Buffer.alloc(25 * MEGABYTE, 'x'.repeat(78) + '\r\n');
    head.copy(largest);
    const tooLarge = await acme.owner.post(
      '/inbound/mail',
      Buffer.concat([largest, Buffer.from('x')]),
      AS_MAIL,
    );
    expect([tooLarge.status, tooLarge.body.error.code]).toEqual([413, 'payload.too_large']);
    expect(await written(acme)).toMatchObject({ inbound_mails: 0 });

    const answer = expectStatus(await acme.owner.post('/inbound/mail', largest, AS_MAIL), 201);
    expect(answer.body.data.disposition).toBe('ticket');
    const size = await asOwner(database, async (client) => {
      const { rows } = await client.query(
        'select length(raw) as size from inbound_mails where id = $1',
        [answer.body.data.id],
      );
      return rows[0].size;
    });
    expect(size).toBe(25 * MEGABYTE);
    const [message] = (await acme.owner.get(`/tickets/${answer.body.data.ticketId}/messages`)).body
      .data;
    expect(message.body.length).toBeLessThanOrEqual(200_000);
    expect(message.body).toContain(
      '[This e-mail is longer than can be shown. The original is kept.]',
    );
  });
});

describe('a mail without', () => {
  it.each([
    ['a sender', 'Subject: Who am I?\r\n\r\nHello', 'rejected', 'no_sender'],
    ['a usable sender', 'From: undisclosed\r\n\r\nHello', 'rejected', 'no_sender'],
    ['a subject', 'From: a@customer.example\r\n\r\nHello', 'ticket', null],
    ['a body', 'From: a@customer.example\r\nSubject: Only that\r\n\r\n', 'ticket', null],
  ])('%s is kept, with a disposition', async (_, raw, disposition, reason) => {
    const acme = await given.organization();
    const taken = expectStatus(await acme.owner.post('/inbound/mail', raw, AS_MAIL), 201).body.data;
    expect(taken).toMatchObject({ disposition, reason });
    expect(await written(acme)).toMatchObject({ inbound_mails: 1 });
    const [event] = (await acme.events()).filter(({ type }) => type.startsWith('mail.'));
    expect(event.type).toBe(disposition === 'rejected' ? 'mail.rejected' : 'mail.received');
  });

  it('a name takes the local part of the address for it', async () => {
    const acme = await given.organization();
    const raw = sampleMail('raw_email_quoted_with_0d0a.eml');
    const { ticketId } = (await acme.owner.post('/inbound/mail', raw, AS_MAIL)).body.data;
    const { requester } = (await acme.owner.get(`/tickets/${ticketId}`)).body.data;
    expect(requester).toMatchObject({ email: 'foo@example.com', name: 'foo' });
  });
});

/** How many rows of each kind the organization has. */
async function written({ id }: GivenOrganization): Promise<Record<string, number>> {
  return asOwner(database, async (client) => {
    const counts: Record<string, number> = {};
    for (const table of ['inbound_mails', 'messages', 'requesters', 'tickets']) {
      const { rows } = await client.query(
        `select count(*)::int as n from ${table} where organization_id = $1`,
        [id],
      );
      counts[table] = rows[0].n;
    }
    return counts;
  });
}
