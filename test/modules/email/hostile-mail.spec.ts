import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Log } from '#core/logging/log.js';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { AS_MAIL, mail } from '../../support/mail.js';
import { MailReader } from '../../../apps/api/src/modules/email/mail-reader.js';
import { mailFingerprint } from '../../../apps/api/src/modules/email/mime/fingerprint.js';
import { parseMail } from '../../../apps/api/src/modules/email/mime/parse-mail.js';

const running = await useApp();
const { given } = running;
const MEGABYTE = 1024 * 1024;
const from = 'From: a@attacker.example\r\n';

describe('a mail that means harm', () => {
  it.each<[string, () => Buffer | string]>([
    ['10,000 nested multiparts', () => nested(10_000)],
    ['299 nested multiparts', () => nested(299)],
    ['a message in a message, 1,000 times', () => messages(1_000)],
    ['100,000 empty parts', () => `${multipart}${'--x\r\n\r\n'.repeat(100_000)}`],
    ['a header of 5 MB', () => `${from}X-Pad: ${'x'.repeat(5 * MEGABYTE)}\r\n\r\nHello`],
    ['a subject of 2 MB', () => `${from}Subject: ${'ü'.repeat(MEGABYTE)}\r\n\r\nHello`],
    ['100,000 header fields', () => `${from}${'X-A: b\r\n'.repeat(100_000)}\r\nHello`],
    ['100,000 recipients', () => `${from}To: ${'a@b.example,'.repeat(100_000)}\r\n\r\nHello`],
    ['a header that never ends', () => `${from}X: `.padEnd(3 * MEGABYTE, ' \r\n\tx')],
    [
      '1 MB of HTML tags',
      () => `${from}Content-Type: text/html\r\n\r\n${'<div>'.repeat(MEGABYTE / 5)}`,
    ],
    [
      '1 MB of broken quoted-printable',
      () => `${encoded('quoted-printable')}${'='.repeat(MEGABYTE)}`,
    ],
    ['1 MB of broken base64', () => `${encoded('base64')}${'!'.repeat(MEGABYTE)}`],
    [
      'nothing but NUL bytes after its header',
      () => Buffer.concat([Buffer.from(`${from}\r\n`), Buffer.alloc(MEGABYTE)]),
    ],
    ['every byte there is', () => Buffer.concat([Buffer.from(`${from}\r\n`), everyByte()])],
    ['text that Postgres cannot store', () => `${from}Subject: a\ud800b\r\n\r\n\u0000\ud800\udfff`],
    [
      'a boundary that is a regular expression',
      () => `${from}Content-Type: multipart/mixed; boundary="(a+)+$"\r\n\r\n--(a+)+$\r\n\r\nHello`,
    ],
    [
      'a charset that is a path',
      () => `${from}Content-Type: text/plain; charset="../../etc/passwd"\r\n\r\nHello`,
    ],
  ])(
    'with %s is taken, shown within bounds, and kept',
    async (_, make) => {
      const acme = await given.organization();
      const answer = await acme.owner.post('/inbound/mail', make(), AS_MAIL);
      const { ticketId } = expectStatus(answer, 201).body.data;
      const ticket = (await acme.owner.get(`/tickets/${ticketId}`)).body.data;
      const [message] = (await acme.owner.get(`/tickets/${ticketId}/messages`)).body.data;
      expect(ticket.requester.email).toBe('a@attacker.example');
      expect(ticket.subject.length).toBeLessThanOrEqual(500);
      expect(message.body.length).toBeGreaterThan(0);
      expect(message.body.length).toBeLessThanOrEqual(250_000);
    },
    60_000,
  );

  it('whose name carries line breaks and markup is one line, as it is', async () => {
    const acme = await given.organization();
    const name = Buffer.from('Eve\r\nBcc: all@x.example <script>alert(1)</script>').toString(
      'base64',
    );
    const raw = mail({
      From: `=?utf-8?B?${name}?= <eve@attacker.example>`,
      Subject: `=?utf-8?B?${Buffer.from('a\r\nb\0c').toString('base64')}?=`,
    });
    const taken = await acme.owner.post('/inbound/mail', raw, AS_MAIL);
    const { ticketId } = expectStatus(taken, 201).body.data;
    const ticket = (await acme.owner.get(`/tickets/${ticketId}`)).body.data;
    expect(ticket.requester.name).not.toMatch(/[\r\n]/);
    expect(ticket.requester.email).toBe('eve@attacker.example');
    expect(ticket.subject).not.toMatch(/[\r\n\0]/);
  });
});

describe('a large mail', () => {
  const folder = mkdtempSync(join(tmpdir(), 'manydesk-thread-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const large = Buffer.from(mail({ Subject: 'Large' }, 'x'.repeat(MEGABYTE)));

  /** A reader whose threads run `script` and get half a second. */
  function readerOf(script: string): MailReader {
    const file = join(folder, `${crypto.randomUUID()}.mjs`);
    writeFileSync(file, `import { parentPort } from 'node:worker_threads';\n${script}`);
    class Reader extends MailReader {
      protected override readonly thread = file;
      protected override readonly patience = 500;
    }
    return new Reader(running.get(Log));
  }

  it('is read in a thread as a small one is read here', async () => {
    const { mail: read, fingerprint } = await new MailReader(running.get(Log)).read(large);
    expect(read).toEqual(await parseMail(large));
    expect(fingerprint).toBe(mailFingerprint(large));
  });

  it('that is no mail is refused all the same', async () => {
    const acme = await given.organization();
    const answer = await acme.owner.post('/inbound/mail', Buffer.alloc(MEGABYTE, 'x'), AS_MAIL);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'mail.malformed']);
  });

  it.each([
    ['never comes to an end', 'for (;;);'],
    ['runs out of memory', 'const all = []; for (;;) all.push(new Array(1e6).fill(all.length));'],
    ['ends without a word', 'process.exit(0);'],
    ['fails', "throw new Error('no');"],
  ])(
    'whose thread %s is not lost: its text is a mark',
    async (_, script) => {
      const { mail: read, fingerprint } = await readerOf(script).read(large);
      expect(read).toMatchObject({
        subject: 'Large',
        from: { email: 'rita@customer.example' },
        bodyProblem: 'too_slow',
        text: '[This e-mail is too complex to be shown. The original is kept.]',
      });
      expect(fingerprint).toBe(mailFingerprint(large));
    },
    60_000,
  );

  it('waits while two others are read, and its turn comes when one of them fails', async () => {
    const reader = readerOf('for (;;);');
    const read = await Promise.all(Array.from({ length: 5 }, () => reader.read(large)));
    expect(read.map(({ mail: { bodyProblem } }) => bodyProblem)).toEqual(Array(5).fill('too_slow'));
  });
});

const multipart = `${from}Content-Type: multipart/mixed; boundary=x\r\n\r\n`;

function encoded(encoding: string): string {
  return `${from}Content-Type: text/plain\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
}

function nested(depth: number): string {
  const parts = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
  );
  return `${from}${parts.join('')}\r\nHello`;
}

function messages(depth: number): string {
  return `${from}${'Content-Type: message/rfc822\r\n\r\n'.repeat(depth)}Hello`;
}

function everyByte(): Buffer {
  return Buffer.from(Array.from({ length: 256 * 64 }, (_, index) => index % 256));
}
