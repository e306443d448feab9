import { describe, expect, it } from '@jest/globals';
import { mailFingerprint } from './fingerprint.js';
import { mailLimits } from './mail-limits.js';
import { MalformedMail } from './malformed-mail.js';
import { parseMail } from './parse-mail.js';
import { visibleReply } from './reply-text.js';

const megabyte = 1024 * 1024;
const withHead = (head: string, body = 'Hello') =>
  parseMail(Buffer.from(`From: a@x.example\r\n${head}\r\n\r\n${body}`));

describe('mail that means harm', () => {
  it.each([
    ['a letter', 'a'],
    ['blanks', ' '],
    ['@', '@'],
    ['<', '<'],
    ['(', '('],
    ['"', '"'],
    ['a,', 'a@x.example,'],
    ['encoded words', '=?utf-8?Q?a?= '],
    ['half encoded words', '=?utf-8?B?'],
  ])('survives megabyte lines of %s', async (_, piece) => {
    const line = piece.repeat(megabyte / piece.length);
    const names = [
      'Subject',
      'To',
      'Cc',
      'References',
      'Message-ID',
      'Date',
      'Content-Type',
      'X-A',
    ];
    const parsed = await withHead(names.map((name) => `${name}: ${line}`).join('\r\n'));
    expect(parsed.from?.email).toBe('a@x.example');
    expect(parsed.subject?.length ?? 0).toBeLessThanOrEqual(mailLimits.subjectCharacters);
    expect(parsed.to.length).toBeLessThanOrEqual(mailLimits.addresses);
    expect(parsed.references.length).toBeLessThanOrEqual(mailLimits.references);
    expect(parsed.messageId?.length ?? 0).toBeLessThanOrEqual(mailLimits.messageIdCharacters);
  });

  it('finds the sender below 10,000 Received fields', async () => {
    const received = 'Received: from a by b with ESMTP id 1;\r\n\tMon, 2 May 2005 16:07:05\r\n';
    const raw = Buffer.from(`${received.repeat(10_000)}From: a@x.example\r\n\r\nHello`);
    expect(await parseMail(raw)).toMatchObject({ from: { email: 'a@x.example' }, text: 'Hello' });
  });

  it('looks at a bounded part of an endless header, and still finds the body', async () => {
    const head = `X-Pad: ${'x'.repeat(5 * megabyte)}\r\nSubject: too late`;
    expect(await withHead(head)).toMatchObject({ subject: null, text: 'Hello' });
  });

  it('keeps the first and the newest of 100,000 references', async () => {
    const ids = Array.from({ length: 100_000 }, (_, number) => `<${number}@x>`);
    const { references } = await withHead(`References: ${ids.join('\r\n ')}`);
    expect(references).toHaveLength(mailLimits.references);
    expect([references[0], references.at(-1)]).toEqual(['0@x', '99999@x']);
  });

  it('marks a mail of 1,000 nested multiparts, and one of 10,000 parts', async () => {
    const type = (level: number) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n`;
    const nested = Array.from({ length: 1_000 }, (_, level) => `--b${level}\r\n${type(level + 1)}`);
    const flat = '--b0\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(10_000);
    for (const body of [nested.join(''), flat]) {
      const parsed = await withHead('Content-Type: multipart/mixed; boundary=b0', body);
      expect(parsed.bodyProblem).toBe('too_complex');
      expect(parsed.text).toMatch(/too complex/);
      expect(parsed.from?.email).toBe('a@x.example');
    }
  });

  it('marks a part with an endless header', async () => {
    const body = `--b\r\nX-A: ${'x'.repeat(megabyte)}\r\n\r\nx\r\n--b--`;
    const parsed = await withHead('Content-Type: multipart/mixed; boundary=b', body);
    expect(parsed.bodyProblem).toBe('too_complex');
  });

  it('turns deeply nested, endless and broken HTML into something', async () => {
    const type = 'Content-Type: text/html';
    const deep = await withHead(type, `${'<div>'.repeat(100_000)}deep`);
    expect(deep.bodyProblem).toBeNull();
    const long = await withHead(type, `<p>${'word '.repeat(300_000)}</p>`);
    expect(long.text.length).toBeLessThanOrEqual(mailLimits.textCharacters);
    expect(long.text).toMatch(/^word word/);
    for (const piece of ['<', '<a ', '&', '<!--', '<table><tr><td>', '<blockquote>']) {
      const broken = await withHead(type, piece.repeat(20_000));
      expect(broken.text.length).toBeLessThanOrEqual(mailLimits.textCharacters);
    }
  });

  it('stops when its time is over, with the header read', async () => {
    const parsed = await parseMail(
      Buffer.from(`From: a@x.example\r\nSubject: slow\r\n\r\n${'x\r\n'.repeat(megabyte)}`),
      { ...mailLimits, milliseconds: 0 },
    );
    expect(parsed).toMatchObject({ subject: 'slow', bodyProblem: 'too_slow' });
    expect(parsed.text).toMatch(/too complex/);
  });

  it('never fails otherwise, whatever the bytes', async () => {
    const random = generator(20_260_101);
    const words = [
      'From: ',
      'a@x',
      '\r\n',
      '\n',
      ' ',
      '--b',
      'Content-Type: multipart/mixed; boundary=b',
    ];
    words.push(
      '=?utf-8?B?',
      '?=',
      ':',
      '<',
      '>',
      '"',
      '\ufeff',
      '\xff',
      '\u0001',
      'message/rfc822',
    );
    words.push(
      'Content-Transfer-Encoding: base64',
      'Content-Type: text/html; charset=utf-7',
      '<p>',
    );
    for (let round = 0; round < 300; round += 1) {
      const pieces = Array.from({ length: 60 }, () => words[random() % words.length] ?? '');
      const raw = Buffer.from(pieces.join(''), round % 2 === 0 ? 'utf8' : 'latin1');
      const parsed = await parseMail(raw).catch((error: unknown) => error);
      if (parsed instanceof MalformedMail) {
        expect(() => mailFingerprint(raw)).toThrow(MalformedMail);
      } else {
        expect(parsed).toHaveProperty('text', expect.not.stringMatching(/\0|\r/));
        expect(mailFingerprint(raw)).toMatch(/^[0-9a-f]{64}$/);
      }
    }
  });

  it('cannot slow down the search for quotes', () => {
    const pieces = [
      '> ',
      '\n',
      'On a wrote:\n',
      'Am 1 schrieb schrieb\n',
      'From: x\nSent: y\n',
      '-',
      '_',
    ];
    for (const piece of pieces) {
      const text = piece.repeat(200_000 / piece.length);
      const { visible, quoted } = visibleReply(text);
      expect(visible + quoted).toBe(text);
    }
  });
});

/** The same numbers on every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
