import { describe, expect, it } from '@jest/globals';
import { MalformedMail } from './malformed-mail.js';
import { parseMail } from './parse-mail.js';

const mail = (head: string[], body = 'Hello') =>
  parseMail(Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`));
const html = (body: string) => mail(['From: a@example.com', 'Content-Type: text/html'], body);

describe('bytes that are no mail', () => {
  it.each([
    ['nothing', '', 'empty'],
    ['line ends alone', '\r\n\r\n', 'empty'],
    ['plain text', 'just some words\n\nand more', 'no_header'],
    ['JSON', '{"subject": "hello"}', 'no_header'],
    ['an mbox line alone', 'From joe@example.com Mon May  2 16:07:05 2005\n\nhello', 'no_header'],
    ['NUL bytes in the header', 'Subject: a\0b\r\n\r\nhello', 'binary_header'],
    ['UTF-16', Buffer.from('Subject: hello\r\n\r\nx', 'utf16le'), 'binary_header'],
  ])('are refused: %s', async (_, bytes, problem) => {
    const parsed = parseMail(Buffer.from(bytes));
    await expect(parsed).rejects.toBeInstanceOf(MalformedMail);
    await expect(parsed).rejects.toMatchObject({ problem, message: expect.stringMatching(/\.$/) });
  });
});

describe('the header', () => {
  it('may be all there is', async () => {
    expect(await parseMail(Buffer.from('Subject: only this'))).toMatchObject({
      subject: 'only this',
      from: null,
      senderField: null,
      messageId: null,
      date: null,
      text: '',
    });
  });

  it('may follow a byte order mark and empty lines', async () => {
    expect((await parseMail(Buffer.from('\ufeff\r\n\nSubject: late\n\nx'))).subject).toBe('late');
  });

  it('loses no text when the empty line after it is missing', async () => {
    const parsed = await parseMail(Buffer.from('Subject: x\nHello you there\nbye'));
    expect(parsed.text).toBe('Hello you there\nbye');
  });

  it('is folded to one clean line, whatever hides in it', async () => {
    const encoded = Buffer.from('a\0b\r\nBcc: victim@example.com\u202egnp').toString('base64');
    const parsed = await mail([`Subject: =?utf-8?B?${encoded}?=`, '\tand  more']);
    expect(parsed.subject).toBe('a b Bcc: victim@example.comgnp and more');
  });

  it('is cut where it is too long, never through a character', async () => {
    const subject = (await mail([`Subject: ${'x'.repeat(499)}🎉🎉`])).subject;
    expect(subject).toBe('x'.repeat(499));
  });

  it('reads raw 8-bit values as UTF-8, or as Latin-1 where they are not', async () => {
    const latin = Buffer.from('Subject: caf\xe9\r\n\r\nx', 'latin1');
    expect((await parseMail(latin)).subject).toBe('café');
    expect((await mail(['Subject: café'])).subject).toBe('café');
  });

  it('cannot reach the prototype of anything', async () => {
    const parsed = await mail([
      '__proto__: x',
      'constructor: y',
      'List-__proto__: z',
      'Subject: s',
    ]);
    expect(parsed.subject).toBe('s');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });
});

describe('the sender', () => {
  it.each([
    ['lower case on both sides', ['From: Jo <Jo.Doe@Example.COM.>'], 'jo.doe@example.com', 'from'],
    ['an international domain', ['From: a@bücher.example'], 'a@xn--bcher-kva.example', 'from'],
    ['the first of several', ['From: b@x.example, c@x.example'], 'b@x.example', 'from'],
    ['the first From field', ['From: b@x.example', 'From: c@x.example'], 'b@x.example', 'from'],
    ['a comma in the name', ['From: Doe, Jo <b@x.example>'], 'b@x.example', 'from'],
    ['a group', ['From: us: b@x.example, c@x.example;'], 'b@x.example', 'from'],
    ['Reply-To', ['From: joe', 'Reply-To: b@x.example'], 'b@x.example', 'reply-to'],
    ['Sender', ['From: undisclosed:;', 'Sender: b@x.example'], 'b@x.example', 'sender'],
    [
      'Return-Path',
      ['Return-Path: <b@x.example>', 'To: c@x.example'],
      'b@x.example',
      'return-path',
    ],
    [
      'the mbox line',
      ['From b@x.example Mon May  2 16:07:05 2005', 'To: c@x'],
      'b@x.example',
      'mbox',
    ],
  ])('is %s', async (_, head, email, field) => {
    expect(await mail(head)).toMatchObject({ from: { email }, senderField: field });
  });

  it.each(['joe', '<>', 'a b@', '@x.example', `${'a'.repeat(65)}@x.example`, 'a@..'])(
    'is nobody when no field holds an address: %s',
    async (from) => {
      expect(await mail([`From: ${from}`, 'Return-Path: <>'])).toMatchObject({ from: null });
    },
  );

  it('is not who an encoded name pretends', async () => {
    const name = Buffer.from('boss@bank.example').toString('base64');
    const parsed = await mail([`From: =?utf-8?B?${name}?= <thief@x.example>`]);
    expect(parsed.from).toEqual({ email: 'thief@x.example', name: null });
  });
});

describe('the text', () => {
  it('is made from HTML when there is no other, with links and without pictures', async () => {
    const parsed = await html(
      '<title>T</title><style>p{}</style><h1>Hi &amp; hello</h1><p>See <a href="https://x.example/">this' +
        '</a><br>now</p><script>alert(1)</script><img src="cid:1"><blockquote>old</blockquote>',
    );
    expect(parsed.text).toBe('Hi & hello\n\nSee this [https://x.example/]\nnow\n\n> old');
  });

  it('is made from HTML inside of multiparts, and beside an empty plain part', async () => {
    const part = (type: string, body: string) => `--b\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;
    const head = ['From: a@x.example', 'Content-Type: multipart/alternative; boundary=b'];
    const alone = await mail(head, `${part('text/html', '<p>one</p>')}--b--`);
    expect(alone.text).toBe('one');
    const beside = part('text/plain', '  ') + part('text/html', '<p>two</p>');
    expect((await mail(head, `${beside}--b--`)).text).toBe('two');
  });

  it('holds no NUL, no other control characters, and is well-formed', async () => {
    const base64 = Buffer.from('a\0b\u0007\tc\r\nd\re\ud800f').toString('base64');
    const head = ['Subject: x', 'Content-Transfer-Encoding: base64'];
    expect((await mail(head, base64)).text).toBe('ab\tc\nd\ne\ufffdf');
  });

  it.each([
    ['iso-8859-15', 'latin1', 'caf\xe9 \xa4', 'café €'],
    ['windows-1251', 'latin1', '\xcf\xf0\xe8\xe2\xe5\xf2', 'Привет'],
    ['x-unknown', 'utf8', 'café', 'café'],
  ] as const)('is decoded from %s', async (charset, encoding, bytes, text) => {
    const head = Buffer.from(`Content-Type: text/plain; charset=${charset}\r\n\r\n`);
    const parsed = await parseMail(Buffer.concat([head, Buffer.from(bytes, encoding)]));
    expect(parsed.text).toBe(text);
  });

  it('is cut with a mark when it is too long', async () => {
    const parsed = await mail(['Subject: x'], 'word '.repeat(100_000));
    expect(parsed.text.length).toBeLessThanOrEqual(200_000);
    expect(parsed.text).toMatch(/The original is kept\.\]$/);
    expect(parsed.bodyProblem).toBe('text_cut');
  });
});

describe('mail that a machine sent', () => {
  it.each([
    ['auto_submitted', 'Auto-Submitted: auto-replied (vacation)'],
    ['precedence', 'Precedence: BULK'],
    ['auto_response_suppress', 'X-Auto-Response-Suppress: All'],
    ['list', 'List-Id: <list.x.example>'],
    ['list', 'List-Unsubscribe: <mailto:off@x.example>'],
    ['empty_return_path', 'Return-Path: < >'],
    ['auto_reply_header', 'X-Autoreply: yes'],
    ['auto_reply_header', 'X-Autorespond: subject'],
    ['own_loop', 'X-Manydesk-Loop: reply'],
    ['bounce', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b'],
    ['bounce', 'X-Failed-Recipients: a@x.example'],
    ['system_sender', 'From: no-reply+1@x.example'],
    ['system_sender', 'From: shop.DoNotReply@x.example'],
    ['system_sender', 'From: Postmaster@x.example'],
  ])('is known by %s: %s', async (reason, line) => {
    expect((await mail(['Subject: x', line])).automatic).toEqual([reason]);
  });

  it.each([
    'Auto-Submitted: no',
    'Auto-Submitted: no (a person)',
    'Precedence: first-class',
    'X-Auto-Response-Suppress: None',
    'X-Autoreply: no',
    'Return-Path: <a@x.example>',
    'From: noreplyson@x.example',
    'From: reply@x.example',
    'Subject: Auto-Submitted: auto-replied',
  ])('is not seen in %s', async (line) => {
    expect((await mail(['To: b@x.example', line])).automatic).toEqual([]);
  });
});
