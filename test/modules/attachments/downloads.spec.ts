import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { LINK_LIFE } from '../../../apps/api/src/modules/attachments/file-links.service.js';
import { useApp } from '../../support/app.js';
import { expectStatus, type Client } from '../../support/as.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const TEXT = Buffer.from('0123456789abcdef');
const { given, as, clock } = await useApp();
const nobody = as(null);

async function upload(by: Client, bytes: Buffer, name: string): Promise<string> {
  const headers = {
    'content-type': 'application/octet-stream',
    'x-file-name': encodeURIComponent(name),
  };
  return expectStatus(await by.send('POST', '/attachments', bytes, { headers }), 201).body.data.id;
}

async function linkTo(by: Client, id: string): Promise<string> {
  return expectStatus(await by.post(`/attachments/${id}/links`), 201).body.data.url;
}

const codeOf = (answer: { body: any }) => answer.body.error?.code;

describe('a link to a file', () => {
  it('leads to the bytes as a download that may do nothing', async () => {
    const { owner } = await given.organization();
    const id = await upload(owner, Buffer.from('<script>alert(1)</script>'), 'Bericht "Köln".html');
    const { body } = await owner.post(`/attachments/${id}/links`);
    expect(new Date(body.data.expiresAt).getTime()).toBeCloseTo(Date.now() + LINK_LIFE, -4);
    const answer = expectStatus(await nobody.get(body.data.url), 200);
    expect(answer.text).toBe('<script>alert(1)</script>');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain',
      'content-length': '25',
      'content-disposition':
        'attachment; filename="Bericht _K_ln_.html"; filename*=UTF-8\'\'Bericht%20%22K%C3%B6ln%22.html',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*; sandbox$/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=300',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it.each([
    ['a"; filename=evil.exe', 'attachment; filename="a__ filename=evil.exe"'],
    [
      "it's 100%.txt",
      "attachment; filename=\"it's 100_.txt\"; filename*=UTF-8''it%27s%20100%25.txt",
    ],
    ['x\r\nSet-Cookie: a=b', 'attachment; filename="x Set-Cookie: a=b"'],
    ['🎉.png', 'attachment; filename="__.png"; filename*=UTF-8\'\'%F0%9F%8E%89.png'],
  ])('names the file %j without a way out of the header', async (name, expected) => {
    const { owner } = await given.organization();
    const { headers } = await nobody.get(await linkTo(owner, await upload(owner, TEXT, name)));
    expect(headers['content-disposition']).toContain(expected);
    expect(headers).not.toHaveProperty('set-cookie');
  });

  it('shows pictures in their place when asked, and nothing else', async () => {
    const { owner } = await given.organization();
    const picture = await linkTo(owner, await upload(owner, PNG, 'a.png'));
    const drawing = await linkTo(owner, await upload(owner, Buffer.from('<svg/>'), 'a.svg'));
    const shown = await nobody.get(`${picture}?inline=1`);
    expect(shown.headers).toMatchObject({ 'content-type': 'image/png' });
    expect(shown.headers['content-disposition']).toMatch(/^inline;/);
    expect((await nobody.get(picture)).headers['content-disposition']).toMatch(/^attachment;/);
    expect((await nobody.get(`${drawing}?inline=1`)).headers['content-disposition']).toMatch(
      /^attachment;/,
    );
  });

  it('answers ranges and knows what a reader has', async () => {
    const { owner } = await given.organization();
    const url = await linkTo(owner, await upload(owner, TEXT, 'a.txt'));
    const get = (headers: Record<string, string>) => nobody.get(url, { headers });
    const { etag } = (await get({})).headers as { etag: string };
    for (const [range, text, shown] of [
      ['bytes=0-3', '0123', 'bytes 0-3/16'],
      ['bytes=10-', 'abcdef', 'bytes 10-15/16'],
      ['bytes=-2', 'ef', 'bytes 14-15/16'],
      ['bytes=14-99', 'ef', 'bytes 14-15/16'],
    ] as const) {
      const part = expectStatus(await get({ range }), 206);
      expect([part.text, part.headers['content-range']]).toEqual([text, shown]);
      expect(part.headers['content-length']).toBe(String(text.length));
    }
    for (const range of ['bytes=3-1', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-', 'bytes=x-1'])
      expect(expectStatus(await get({ range }), 200).text).toBe(TEXT.toString());
    const past = expectStatus(await get({ range: 'bytes=16-' }), 416);
    expect(past.headers['content-range']).toBe('bytes */16');
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
    expect((await get({ 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
    expect((await get({ 'if-none-match': '"x", "y"' })).status).toBe(200);
    expectStatus(await get({ range: 'bytes=0-1', 'if-range': '"other"' }), 200);
    expectStatus(await get({ range: 'bytes=0-1', 'if-range': etag }), 206);
  });

  it('is dead when it is late, changed, made up, or leads to what was deleted', async () => {
    const { owner } = await given.organization();
    const id = await upload(owner, TEXT, 'a.txt');
    const url = await linkTo(owner, id);
    const token = url.split('/').at(-1)!;
    const bytes = Buffer.from(token, 'base64url');
    for (let at = 0; at < bytes.length; at += 5) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      const answer = await nobody.get(`/files/${changed.toString('base64url')}`);
      expect([answer.status, codeOf(answer)]).toEqual([404, 'file.link_dead']);
    }
    for (const made of [
      `${token}A`,
      `${token}=`,
      token.slice(0, -2),
      randomUUID(),
      'x',
      '..%2f..%2fetc',
    ])
      expect(codeOf(await nobody.get(`/files/${made}`))).toBe('file.link_dead');
    expectStatus(await nobody.get(url), 200);
    const other = await linkTo(owner, id);
    expectStatus(await owner.delete(`/attachments/${id}`), 200);
    expect(codeOf(await nobody.get(other))).toBe('file.link_dead');
    const late = await linkTo(owner, await upload(owner, TEXT, 'b.txt'));
    clock.advance(LINK_LIFE);
    expect(codeOf(await nobody.get(late))).toBe('file.link_dead');
  });

  it('is made in the organization of the file alone, and of nothing else there', async () => {
    const a = await given.organization();
    const b = await given.organization();
    const [ofA, ofB] = [await upload(a.owner, TEXT, 'a.txt'), await upload(b.owner, PNG, 'b.png')];
    for (const id of [ofB, randomUUID(), 'x']) {
      const answer = await a.owner.post(`/attachments/${id}/links`);
      expect([answer.status, codeOf(answer)]).toEqual([404, 'attachment.not_found']);
    }
    // The id of B's file in A's link: the signature covers both.
    const token = Buffer.from((await linkTo(a.owner, ofA)).split('/').at(-1)!, 'base64url');
    const at = token.indexOf(Buffer.from(ofA.replaceAll('-', ''), 'hex'));
    Buffer.from(ofB.replaceAll('-', ''), 'hex').copy(token, at);
    expect(codeOf(await nobody.get(`/files/${token.toString('base64url')}`))).toBe(
      'file.link_dead',
    );
  });

  it('is for who may see the message: a note’s only for who reads notes, an upload’s for its maker', async () => {
    const org = await given.organization();
    const agent = await org.user('agent');
    const key = await org.apiKey(['tickets:read', 'tickets:write']);
    const { id: ticketId } = await org.ticket();
    const [onNote, onReply, waiting] = [
      await upload(org.owner, TEXT, 'note.txt'),
      await upload(org.owner, PNG, 'reply.png'),
      await upload(org.owner, TEXT, 'waiting.txt'),
    ];
    for (const [kind, id] of [
      ['note', onNote],
      ['reply', onReply],
    ]) {
      const body = { kind, body: 'See the file.', attachmentIds: [id] };
      expectStatus(await org.owner.post(`/tickets/${ticketId}/messages`, body), 201);
    }
    for (const [who, id, status] of [
      [agent, onNote, 201],
      [agent, onReply, 201],
      [agent, waiting, 404],
      [key, onNote, 404],
      [key, onReply, 201],
      [org.owner, waiting, 201],
    ] as const)
      expectStatus(await who.post(`/attachments/${id}/links`), status);
    expect(codeOf(await org.owner.delete(`/attachments/${onReply}`))).toBe('attachment.in_use');
    // What is on a message is on no other; what is a colleague's is nobody else's to send.
    const again = { kind: 'note', body: 'x', attachmentIds: [onReply] };
    expect(codeOf(await org.owner.post(`/tickets/${ticketId}/messages`, again))).toBe(
      'attachment.in_use',
    );
    const stolen = { kind: 'note', body: 'x', attachmentIds: [waiting] };
    expect(codeOf(await agent.post(`/tickets/${ticketId}/messages`, stolen))).toBe(
      'attachment.not_found',
    );
    expectStatus(await as(null).post(`/attachments/${onReply}/links`), 401);
  });
});
