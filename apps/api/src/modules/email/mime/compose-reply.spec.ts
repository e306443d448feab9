import { describe, expect, it } from '@jest/globals';
import nodemailer from 'nodemailer';
import {
  composeReply,
  replySubject,
  type ReplyToSend,
  UnsendableAddress,
} from './compose-reply.js';
import { MailAddressSigner } from './mail-address.js';
import { parseMail } from './parse-mail.js';
import { decideThread } from './threading.js';

const signer = new MailAddressSigner(Buffer.alloc(32, 1), 'desk.example');
const reply: ReplyToSend = {
  organizationId: '0197f3a0-0000-7000-8000-00000000000a',
  organizationName: 'Acme "Support"',
  ticketId: '0197f3a0-1111-7111-8111-111111111111',
  ticketNumber: 12,
  subject: 'Größe',
  messageId: '0197f3a0-2222-7222-8222-222222222222',
  agentName: 'Ada, the Agent',
  recipient: { email: 'jo@x.example', name: 'Jo <Doe>' },
  body: 'Grüße 🎉\nzwei Zeilen\n.\nFrom here on',
  writtenAt: new Date('2026-01-02T03:04:05Z'),
  thread: ['first@x.example', '<second@x.example>'],
};

/** The bytes that nodemailer puts on the wire. */
async function raw(change: Partial<ReplyToSend> = {}): Promise<Buffer> {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
  const { message } = await transport.sendMail(composeReply({ ...reply, ...change }, signer));
  return message as Buffer;
}
const headOf = (bytes: Buffer) => bytes.toString().split('\r\n\r\n')[0] ?? '';

describe('the mail of a reply', () => {
  it('reads back as it was written', async () => {
    const mail = await parseMail(await raw());
    expect(mail).toMatchObject({
      from: { email: signer.signReplyAddress(reply.organizationId, reply.ticketId) },
      to: [{ email: 'jo@x.example', name: 'Jo <Doe>' }],
      subject: 'Re: Größe',
      text: reply.body,
      date: reply.writtenAt,
      inReplyTo: ['second@x.example'],
      references: ['first@x.example', 'second@x.example'],
      automatic: ['own_loop'],
    });
    expect(mail.from?.name).toBe('Ada, the Agent (Acme "Support")');
  });

  it('is the same mail when it is sent again', () => {
    expect(composeReply(reply, signer)).toEqual(composeReply(reply, signer));
    const { messageId } = composeReply(reply, signer);
    expect(signer.verifyMessageId(messageId, reply.organizationId)).toEqual({
      ticketId: reply.ticketId,
      messageId: reply.messageId,
    });
  });

  it('says nothing of being automatic, since a person wrote it', async () => {
    expect(headOf(await raw())).not.toMatch(/auto-submitted|precedence|auto-response/i);
  });

  it('brings answers and bounces back to the ticket', async () => {
    const { envelope, from, messageId } = composeReply(reply, signer);
    expect(envelope).toEqual({ from: from.address, to: ['jo@x.example'] });
    const answer = await parseMail(
      Buffer.from(
        `From: jo@x.example\r\nTo: ${from.address}\r\nIn-Reply-To: ${messageId}\r\n\r\nYes`,
      ),
    );
    const lookups = { ticketsByMessageId: async () => [], isParticipant: async () => true };
    expect(await decideThread(answer, reply.organizationId, signer, lookups)).toMatchObject({
      kind: 'reply',
      ticketId: reply.ticketId,
    });
  });

  it('refers to nothing in a ticket that did not begin with a mail', async () => {
    expect(headOf(await raw({ thread: [] }))).not.toMatch(/references|in-reply-to/i);
  });

  it('refers to a bounded number of mails, the first and the newest', () => {
    const thread = Array.from({ length: 500 }, (_, at) => `${at}@x.example`);
    const { references = [] } = composeReply({ ...reply, thread }, signer);
    expect(references).toHaveLength(50);
    expect([references[0], references.at(-1)]).toEqual(['<0@x.example>', '<499@x.example>']);
  });
});

describe('a value of a stranger', () => {
  const attack = 'x\r\nBcc: victim@y.example\r\n\r\nbody\u2028\u0085\0';

  it('adds no header and no body', async () => {
    const bytes = await raw({
      subject: attack,
      agentName: attack,
      organizationName: attack,
      recipient: { email: 'jo@x.example', name: attack },
      thread: [attack, '<a@b>\r\nBcc: victim@y.example', 'é@x.example', '<a@b>'],
    });
    const names = headOf(bytes)
      .replace(/\r\n[ \t]/g, ' ')
      .split('\r\n')
      .map((line) => line.split(':')[0]?.toLowerCase());
    expect(names).not.toContain('bcc');
    expect(new Set(names).size).toBe(names.length);
    const mail = await parseMail(bytes);
    expect(mail.to.map(({ email }) => email)).toEqual(['jo@x.example']);
    expect(mail.text).toBe(reply.body);
    expect(mail.references).toEqual(['a@b']);
  });

  it.each([
    'jo@x.example\r\nBcc: v@y.example',
    'jo@x.example, v@y.example',
    'jo',
    '',
    'a b@x.example',
  ])('is not sent to: %j', (email) => {
    const attempt = () => composeReply({ ...reply, recipient: { email, name: null } }, signer);
    expect(attempt).toThrow(UnsendableAddress);
  });

  it('is no file and no address to be fetched', () => {
    expect(composeReply(reply, signer)).toMatchObject({
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  });
});

describe('the subject of an answer', () => {
  it.each([
    ['Printer', 'Re: Printer'],
    ['Re: Printer', 'Re: Printer'],
    ['RE: re[2]: AW: Antw: SV: Printer', 'Re: Printer'],
    ['Fwd: Printer', 'Re: Fwd: Printer'],
    ['Regarding: re: Printer', 'Re: Regarding: re: Printer'],
    ['Re:', 'Re: Your request #12'],
    ['  ', 'Re: Your request #12'],
    [null, 'Re: Your request #12'],
  ])('of %j is %j', (subject, expected) => {
    expect(replySubject(subject, 12)).toBe(expected);
  });
});
