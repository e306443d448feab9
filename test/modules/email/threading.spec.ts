import { beforeAll, describe, expect, it } from '@jest/globals';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import type { GivenOrganization } from '../../support/given.js';
import { AS_MAIL, mail } from '../../support/mail.js';
import { MailSigner } from '../../../apps/api/src/modules/email/mail-signer.js';

const running = await useApp();
const { given } = running;
const signer = running.get(MailSigner);
const customer = 'Rita Requester <rita@customer.example>';
const stranger = 'Sam Stranger <sam@elsewhere.example>';

let acme: GivenOrganization;
/** A ticket of the customer, and the marks that our reply to it carries. */
let ticketId: string;
let replyId: string;
let ourMessageId: string;
let ourAddress: string;

beforeAll(async () => {
  acme = await given.organization();
  const first = await handIn(acme, { From: customer, 'Message-ID': '<first@customer.example>' });
  ticketId = first.ticketId;
  replyId = (await acme.message(ticketId, 'reply')).id;
  ourMessageId = signer.signMessageId(acme.id, ticketId, replyId);
  ourAddress = signer.signReplyAddress(acme.id, ticketId);
});

describe('a mail of the customer joins the ticket', () => {
  it.each<[string, () => Record<string, string>]>([
    ['by our Message-ID in In-Reply-To', () => ({ 'In-Reply-To': ourMessageId })],
    ['by our Message-ID in References', () => ({ References: `<other@x> ${ourMessageId}` })],
    ['by the reply address alone', () => ({ To: ourAddress })],
    ['by the reply address in Cc', () => ({ To: 'someone@x.example', Cc: `Desk <${ourAddress}>` })],
    ['by the address that it was delivered to', () => ({ 'Delivered-To': ourAddress })],
    ['by the reply address in capitals', () => ({ To: ourAddress.toUpperCase() })],
    ['by its own mail in References', () => ({ References: '<first@customer.example>' })],
    ['with its address in capitals', () => ({ From: 'RITA@Customer.EXAMPLE', To: ourAddress })],
  ])('%s', async (_, headers) => {
    const taken = await handIn(acme, { From: customer, Subject: 'Another subject', ...headers() });
    expect(taken).toMatchObject({ disposition: 'reply', ticketId, ticketNumber: 1 });
  });

  it('from a second person of the conversation, once that person is in it', async () => {
    // A reply that an agent would forward is not enough; a mail of theirs that is in the ticket is.
    const { ticketId: other } = await handIn(acme, {
      From: stranger,
      'Message-ID': '<sam@elsewhere.example>',
    });
    const taken = await handIn(acme, { From: stranger, 'In-Reply-To': '<sam@elsewhere.example>' });
    expect(taken).toMatchObject({ disposition: 'reply', ticketId: other });
  });
});

describe('a mail opens a new ticket', () => {
  it.each<[string, () => Record<string, string>]>([
    ['from a stranger with the same reference', () => ({ References: '<first@customer.example>' })],
    ['from a stranger with our Message-ID', () => ({ 'In-Reply-To': ourMessageId })],
    ['from a stranger with the leaked reply address', () => ({ To: ourAddress })],
    ['of the customer with no reference', () => ({ From: customer })],
    ['with a subject that looks like an answer', () => ({ From: customer, Subject: 'Re: Help' })],
    [
      'with the number of a ticket in its subject',
      () => ({ From: customer, Subject: 'Re: [#1] Help' }),
    ],
    ['with a subject of nothing but Re:', () => ({ From: customer, Subject: 'Re:' })],
    ['with a forged signature', () => ({ From: customer, 'In-Reply-To': forged(ourMessageId) })],
    ['with a forged reply address', () => ({ From: customer, To: forged(ourAddress) })],
    [
      'with a mark that was signed by another deployment',
      () => ({ From: customer, To: `reply+${'0'.repeat(56)}@desk.example` }),
    ],
  ])('%s', async (_, headers) => {
    const taken = await handIn(acme, { From: stranger, ...headers() });
    expect(taken.disposition).toBe('ticket');
    expect(taken.ticketId).not.toBe(ticketId);
  });

  it('when the marks of one organization are handed in at another', async () => {
    const globex = await given.organization();
    // The same person writes to both desks.
    await handIn(globex, { From: customer, 'Message-ID': '<elsewhere@customer.example>' });
    const marks: Record<string, string>[] = [
      { 'In-Reply-To': ourMessageId },
      { To: ourAddress },
      { References: '<first@customer.example>' },
    ];
    for (const headers of marks) {
      const taken = await handIn(globex, { From: customer, ...headers });
      expect(taken.disposition).toBe('ticket');
    }
    expect((await globex.owner.get('/tickets')).body.total).toBe(4);
  });

  it('when two strangers answer the same newsletter', async () => {
    const newsletter = { 'In-Reply-To': '<issue-7@newsletter.example>' };
    const one = await handIn(acme, { ...newsletter, From: 'one@a.example' });
    const two = await handIn(acme, { ...newsletter, From: 'two@b.example' });
    expect([one.disposition, two.disposition]).toEqual(['ticket', 'ticket']);
    expect(one.ticketId).not.toBe(two.ticketId);
  });
});

describe('a reply', () => {
  it.each(['pending', 'on_hold', 'solved', 'closed'])(
    'opens a ticket that is %s',
    async (status) => {
      const id = (await handIn(acme, { From: customer })).ticketId;
      const path = `/tickets/${id}`;
      if (status === 'closed') expectStatus(await acme.owner.put(`${path}/closure`), 200);
      else expectStatus(await acme.owner.patch(path, { status }), 200);
      const since = (await acme.events()).length;

      const to = signer.signReplyAddress(acme.id, id);
      const taken = await handIn(acme, { From: customer, To: to });
      expect(taken).toMatchObject({ disposition: 'reply', ticketId: id });
      const ticket = (await acme.owner.get(path)).body.data;
      expect(ticket).toMatchObject({ status: 'open', closedAt: null, messageCount: 2 });
      const events = await acme.events(since);
      expect(events.map(({ type }) => type)).toEqual([
        'ticket.message_received',
        'ticket.reopened',
        'mail.received',
      ]);
      expect(events[1].changes).toEqual({ status: [status, 'open'] });
    },
  );

  it('leaves an open ticket as it is', async () => {
    const id = (await handIn(acme, { From: customer })).ticketId;
    const since = (await acme.events()).length;
    await handIn(acme, { From: customer, To: signer.signReplyAddress(acme.id, id) });
    const types = (await acme.events(since)).map(({ type }) => type);
    expect(types).toEqual(['ticket.message_received', 'mail.received']);
  });
});

async function handIn(to: GivenOrganization, headers: Record<string, string>): Promise<any> {
  return expectStatus(await to.owner.post('/inbound/mail', mail(headers), AS_MAIL), 201).body.data;
}

/** The same mark with its last signed digit changed. */
function forged(mark: string): string {
  return mark.replace(/([0-9a-f])@/, (_, digit: string) => `${digit === '0' ? '1' : '0'}@`);
}
