import { getQueueToken } from '@nestjs/bullmq';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import type { Queue } from 'bullmq';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';
import { eventually, settled } from '../../support/jobs.js';
import { MailServer, Refusal } from '../../support/mail-server.js';
import { AS_MAIL, mail } from '../../support/mail.js';
import { MailSigner } from '../../../apps/api/src/modules/email/mail-signer.js';

const server = await MailServer.start();
const running = await useApp({
  worker: true,
  database: await databaseOfItsOwn('outbound'),
  // The patience with a server stands in its URL, where an operator would set it too.
  settings: { SMTP_URL: `${server.url}?socketTimeout=300&greetingTimeout=300` },
});
const { given } = running;
const queue = running.app.get<Queue>(getQueueToken('jobs'), { strict: false });
const customer = { email: 'rita@customer.example', name: 'Rita Requester' };
afterAll(() => server.close());
afterEach(() => {
  server.judge = () => undefined;
});

describe('a reply', () => {
  it('is mailed once, with the headers that lead its answer back', async () => {
    const acme = await given.organization('Acme Support');
    const agent = await acme.user('agent', 'Ada Agent');
    const first = { 'Message-ID': '<first@customer.example>', Subject: 'Re: AW: The printer' };
    const handedIn = await acme.owner.post('/inbound/mail', mail(first), AS_MAIL);
    const { ticketId } = expectStatus(handedIn, 201).body.data;
    const body = { kind: 'reply', body: 'Grüße — it is on its way.\r\n.\r\nA line with a dot.' };
    const said = await agent.post(`/tickets/${ticketId}/messages`, body);
    const messageId = expectStatus(said, 201).body.data.id;
    await settled(running);

    const [sent, ...more] = mailsOf(ticketId);
    expect(more).toEqual([]);
    const signer = running.get(MailSigner);
    const address = signer.signReplyAddress(acme.id, ticketId);
    expect(sent).toMatchObject({ from: address, to: ['rita@customer.example'] });
    expect(sent!.headers).toMatchObject({
      from: `"Ada Agent (Acme Support)" <${address}>`,
      to: 'Rita Requester <rita@customer.example>',
      subject: 'Re: The printer',
      'message-id': signer.signMessageId(acme.id, ticketId, messageId),
      'in-reply-to': '<first@customer.example>',
      references: '<first@customer.example>',
      'x-manydesk-loop': 'reply',
      'content-type': 'text/plain; charset=utf-8',
    });
    expect(sent!.headers).not.toHaveProperty('bcc');
    expect(new Date(sent!.headers.date!).getTime()).toBeCloseTo(Date.now(), -5);
    expect(await deliveryOf(acme, ticketId, messageId)).toMatchObject({ status: 'sent' });

    // The next one answers the whole conversation, ours included.
    const second = await acme.message(ticketId, 'reply', 'And it left.');
    await settled(running);
    const next = mailsOf(ticketId)[1]!;
    const ours = sent!.headers['message-id'];
    expect(next.headers).toMatchObject({
      'message-id': signer.signMessageId(acme.id, ticketId, second.id),
      'in-reply-to': ours,
      references: `<first@customer.example> ${ours}`,
    });
  });

  it('is not mailed when it is a note', async () => {
    const acme = await given.organization();
    const { id } = await acme.ticket();
    const note = await acme.message(id, 'note');
    await settled(running);
    expect(mailsOf(id)).toEqual([]);
    expect(await deliveryOf(acme, id, note.id)).toBeNull();
  });

  it.each([
    ['subject', { subject: 'Help\r\nBcc: all@x.example\r\n\r\nInjected' }],
    ['name', { requester: { ...customer, name: 'Rita\r\nBcc: all@x.example' } }],
    ['name in another way', { requester: { ...customer, name: 'Rita" <all@x.example>, "' } }],
    [
      'name with an encoded word',
      { requester: { ...customer, name: '=?utf-8?Q?=0D=0ABcc:_a@x?=' } },
    ],
  ])('cannot be given another header or recipient by a %s', async (_, fields) => {
    const acme = await given.organization('Acme\u2028Bcc: all@x.example');
    const answer = await acme.owner.post('/tickets', {
      ...{ subject: 'Help', body: 'Hello', requester: customer },
      ...fields,
    });
    // Refused at the door, or harmless at the end.
    if (answer.status === 400) return;
    const ticket = expectStatus(answer, 201).body.data;
    await acme.message(ticket.id, 'reply');
    await settled(running);
    const [sent] = mailsOf(ticket.id);
    expect(sent!.to).toEqual([customer.email]);
    expect(sent!.headers).not.toHaveProperty('bcc');
    expect(sent!.headers).not.toHaveProperty('cc');
    expect(sent!.body).not.toContain('Injected');
    expect(sent!.raw.split(/\r?\n\r?\n/)[0]).not.toMatch(/^(Bcc|Injected)/im);
    expect(sent!.headers.to!.match(/@/g)!.length).toBeLessThanOrEqual(2);
  });
});

describe('a mail server', () => {
  it('that says "later" (4yz) is asked again, with the same mail, until it takes it', async () => {
    const acme = await given.organization();
    const { id } = await acme.ticket();
    let refusals = 0;
    server.judge = () => {
      if ((refusals += 1) <= 2) throw new Refusal(451, 'Greylisted, try later');
    };
    const reply = await acme.message(id, 'reply');
    await eventually('the first try failed', async () => (await attemptsOf(acme)) === 1);
    expect(await deliveryOf(acme, id, reply.id)).toEqual({ status: 'queued', sentAt: null });
    await hurryUntil(() => mailsOf(id).length === 1);
    await settled(running);

    const tries = server.seen.slice(-3).map(({ headers }) => headers['message-id']);
    expect(new Set(tries).size).toBe(1);
    expect(new Set(server.seen.slice(-3).map(({ raw }) => raw)).size).toBe(1);
    expect(await deliveryOf(acme, id, reply.id)).toMatchObject({
      status: 'sent',
      sentAt: expect.any(String),
    });
    expect(await attemptsOf(acme)).toBe(3);
    expect(await mailEvents(acme)).toEqual(['mail.sent']);
  });

  it('that says "never" (5yz) is not asked again: the delivery failed, and the log says why', async () => {
    const acme = await given.organization();
    const { id } = await acme.ticket();
    server.judge = () => {
      throw new Refusal(550, 'No such person here');
    };
    const before = server.seen.length;
    const reply = await acme.message(id, 'reply');
    await settled(running);
    expect(server.seen.length - before).toBe(1);
    expect(await deliveryOf(acme, id, reply.id)).toEqual({ status: 'failed', sentAt: null });
    const [event] = (await acme.events()).filter(({ type }) => type.startsWith('mail.'));
    expect(event).toMatchObject({
      type: 'mail.failed',
      actor: { type: 'system' },
      data: { messageId: reply.id, reason: expect.stringContaining('No such person here') },
    });
  });

  it('that says "later" for ever is given up after the last try, once', async () => {
    const acme = await given.organization();
    const { id } = await acme.ticket();
    server.judge = () => {
      throw new Refusal(451, 'Still later');
    };
    const before = server.seen.length;
    const reply = await acme.message(id, 'reply');
    await hurryUntil(async () => (await deliveryOf(acme, id, reply.id)).status === 'failed');
    await settled(running);
    expect(server.seen.length - before).toBe(12);
    expect(await mailEvents(acme)).toEqual(['mail.failed']);
  });

  it('that takes the mail but never says so is not waited for without end', async () => {
    const acme = await given.organization();
    const { id } = await acme.ticket();
    let tries = 0;
    server.judge = () => ((tries += 1) === 1 ? new Promise(() => undefined) : undefined);
    const reply = await acme.message(id, 'reply');
    await eventually('the stalled try ended', async () => (await attemptsOf(acme)) === 1);
    await hurryUntil(() => mailsOf(id).length === 1);
    await settled(running);
    expect(await deliveryOf(acme, id, reply.id)).toMatchObject({ status: 'sent' });
    const [first, second] = server.seen.slice(-2);
    expect(first!.headers['message-id']).toBe(second!.headers['message-id']);
  });
});

/** The mails that were taken for a ticket, known by the address that they come from. */
function mailsOf(ticketId: string) {
  return server.mails.filter(({ from }) => from.includes(ticketId.replaceAll('-', '')));
}

async function deliveryOf(acme: GivenOrganization, ticketId: string, messageId: string) {
  const { body } = await acme.owner.get(`/tickets/${ticketId}/messages`);
  return body.data.find((message: any) => message.id === messageId).delivery;
}

async function attemptsOf(acme: GivenOrganization): Promise<number> {
  return (await acme.owner.get('/mailbox')).body.data[0]?.attempts ?? 0;
}

async function mailEvents(acme: GivenOrganization): Promise<string[]> {
  return (await acme.events()).map(({ type }) => type).filter((type) => type.startsWith('mail.'));
}

/** Lets no time pass between two tries: a job that waits for its next one is tried at once. */
async function hurryUntil(isDone: () => boolean | Promise<boolean>): Promise<void> {
  await eventually('the tries come to their end', async () => {
    for (const job of await queue.getDelayed()) await job.promote().catch(() => undefined);
    return isDone();
  });
}
