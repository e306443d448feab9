import { beforeEach, describe, expect, it } from '@jest/globals';
import { MailAddressSigner } from './mail-address.js';
import { parseMail } from './parse-mail.js';
import { decideThread } from './threading.js';

const acme = '0197f3a0-0000-7000-8000-00000000000a';
const globex = '0197f3a0-0000-7000-8000-00000000000b';
const mine = '0197f3a0-1111-7111-8111-111111111111';
const hers = '0197f3a0-3333-7333-8333-333333333333';
const messageId = '0197f3a0-2222-7222-8222-222222222222';
const signer = new MailAddressSigner(Buffer.alloc(32, 1), 'desk.example');

const participants = [`${mine} jo@x.example`, `${hers} ann@x.example`];
const received = [
  { messageId: 'first@x.example', ticketId: mine },
  { messageId: 'shared@list.example', ticketId: hers },
  { messageId: 'shared@list.example', ticketId: mine },
];
let lookUps = 0;
const lookups = {
  ticketsByMessageId: async (ids: readonly string[]) =>
    received.filter((mail) => ids.includes(mail.messageId)),
  isParticipant: async (ticketId: string, email: string) => {
    lookUps += 1;
    return participants.includes(`${ticketId} ${email}`);
  },
};
const decide = async (from: string, ...head: string[]) => {
  const raw = [`From: ${from}`, ...head, '', 'Hello'].join('\r\n');
  return decideThread(await parseMail(Buffer.from(raw)), acme, signer, lookups);
};
const ours = (ticketId: string, organizationId = acme) =>
  signer.signMessageId(organizationId, ticketId, messageId);
const replyTo = (ticketId: string, organizationId = acme) =>
  signer.signReplyAddress(organizationId, ticketId);

beforeEach(() => {
  lookUps = 0;
});

describe('a mail of a participant', () => {
  it.each([
    ['our Message-ID in In-Reply-To', `In-Reply-To: ${ours(mine)}`, 'signed_message_id'],
    ['our Message-ID in References', `References: <a@b> ${ours(mine)}`, 'signed_message_id'],
    ['the reply address in To', `To: Desk <${replyTo(mine)}>`, 'reply_address'],
    ['the reply address in Cc', `Cc: a@b.example, ${replyTo(mine)}`, 'reply_address'],
    ['the reply address in capitals', `To: ${replyTo(mine).toUpperCase()}`, 'reply_address'],
    ['the delivery address', `Delivered-To: ${replyTo(mine)}`, 'reply_address'],
    ['a mail of the ticket in In-Reply-To', 'In-Reply-To: <first@x.example>', 'reference'],
    ['a mail of the ticket in References', 'References: <first@x.example> <b@c>', 'reference'],
  ])('answers its ticket by %s', async (_, line, evidence) => {
    expect(await decide('Jo <JO@x.example>', line)).toEqual({
      kind: 'reply',
      ticketId: mine,
      evidence,
    });
  });

  it('goes to the ticket that is signed, before any that is only referred to', async () => {
    const line = `References: <shared@list.example> ${ours(mine)}`;
    expect(await decide('jo@x.example', line)).toMatchObject({ evidence: 'signed_message_id' });
  });

  it('finds its own ticket among those that share a Message-ID', async () => {
    const line = 'In-Reply-To: <shared@list.example>';
    expect(await decide('jo@x.example', line)).toMatchObject({ kind: 'reply', ticketId: mine });
    expect(await decide('ann@x.example', line)).toMatchObject({ kind: 'reply', ticketId: hers });
  });

  it.each([
    'Subject: Re: [#12] your question',
    'Subject: more re: the first thing',
    `Subject: Re: ${ours(mine)}`,
    `X-Original-Subject: ${replyTo(mine)}`,
    'In-Reply-To: <unknown@x.example>',
  ])('opens a new ticket when nothing else points back: %s', async (line) => {
    expect(await decide('jo@x.example', line)).toEqual({
      kind: 'ticket',
      because: 'no_reference',
      pointedAt: null,
    });
  });
});

describe('a mail of somebody else', () => {
  it.each([
    ['a public reference', 'In-Reply-To: <first@x.example>'],
    ['a signed Message-ID that was forwarded to him', `In-Reply-To: ${ours(mine)}`],
    ['a signed reply address that was forwarded to him', `To: ${replyTo(mine)}`],
  ])('opens a new ticket, even with %s', async (_, line) => {
    expect(await decide('mallory@y.example', line)).toEqual({
      kind: 'ticket',
      because: 'not_a_participant',
      pointedAt: mine,
    });
  });

  it('is judged by its sender, not by where the answer should go', async () => {
    const decision = await decide(
      'mallory@y.example',
      'Reply-To: jo@x.example',
      `To: ${replyTo(mine)}`,
    );
    expect(decision.kind).toBe('ticket');
  });

  it('opens a new ticket when it is a participant of another ticket', async () => {
    expect(await decide('ann@x.example', `To: ${replyTo(mine)}`)).toMatchObject({
      kind: 'ticket',
      pointedAt: mine,
    });
  });
});

describe('marks that are not of this organization', () => {
  it.each([
    `In-Reply-To: ${ours(mine, globex)}`,
    `To: ${replyTo(mine, globex)}`,
    `In-Reply-To: ${ours(mine).replace(/\.[0-9a-f]{4}/, '.0000')}`,
    `To: reply+${mine.replaceAll('-', '')}${'0'.repeat(24)}@desk.example`,
    `To: reply+${mine}@desk.example`,
  ])('point nowhere: %s', async (line) => {
    expect(await decide('jo@x.example', line)).toMatchObject({ because: 'no_reference' });
    expect(lookUps).toBe(0);
  });
});

describe('our own mail that comes back', () => {
  it('is known by its Message-ID and its sender together', async () => {
    const line = `Message-ID: ${ours(mine)}`;
    expect(await decide(replyTo(mine), line)).toEqual({ kind: 'own', ticketId: mine, messageId });
    expect(await decide('jo@x.example', line)).toMatchObject({ kind: 'ticket' });
    expect(await decide(replyTo(hers), line)).toMatchObject({ kind: 'ticket' });
  });
});

describe('the look-ups', () => {
  it('are bounded however many tickets a mail names', async () => {
    const ids = Array.from({ length: 45 }, (_, at) =>
      ours(`0197f3a0-4444-7444-8444-${String(at).padStart(12, '0')}`),
    );
    expect(await decide('mallory@y.example', `References: ${ids.join(' ')}`)).toMatchObject({
      because: 'not_a_participant',
    });
    expect(lookUps).toBe(20);
  });

  it('are not made for a mail without a sender', async () => {
    expect(await decide('nobody', `In-Reply-To: ${ours(mine)}`)).toMatchObject({
      because: 'no_sender',
    });
    expect(lookUps).toBe(0);
  });
});
