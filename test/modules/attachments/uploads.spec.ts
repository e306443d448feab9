import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { useApp } from '../../support/app.js';
import { expectStatus, type Client } from '../../support/as.js';
import { asOwner } from '../../support/database.js';
import { eventually } from '../../support/jobs.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const MEGABYTE = 1024 * 1024;

const { given, database, dataDir, as, url } = await useApp({
  listen: true,
  settings: { ATTACHMENTS_PER_ORGANIZATION_MB: '30' },
});

const upload = (by: Client, bytes: Buffer, name = 'a.bin', type = 'application/octet-stream') =>
  by.send('POST', '/attachments', bytes, {
    headers: { 'content-type': type, 'x-file-name': encodeURIComponent(name) },
  });

const filesOf = (organizationId: string) =>
  asOwner(
    database,
    async (client) =>
      (await client.query('select * from files where organization_id = $1', [organizationId])).rows,
  );

/** The files that are kept of an organization on the disk, begun ones too. */
function kept(organizationId: string): string[] {
  const folder = join(dataDir, 'files', organizationId);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

describe('uploads', () => {
  it('keeps the bytes under a name, with the type that they have', async () => {
    const { owner, id: organizationId } = await given.organization();
    const { body } = expectStatus(await upload(owner, PNG, 'Drucker brennt.jpg', 'text/html'), 201);
    expect(body.data).toEqual({
      ...{ id: expect.any(String), name: 'Drucker brennt.jpg', mediaType: 'image/png' },
      ...{ size: PNG.length, inline: false, contentId: null },
    });
    const rows = await filesOf(organizationId);
    expect(rows).toHaveLength(1);
    expect(rows[0].sha256).toEqual(createHash('sha256').update(PNG).digest());
    expect(kept(organizationId)).toEqual([rows[0].id]);
  });

  it.each([
    ['application/json', Buffer.from('{"a": 1}'), 'text/plain'],
    ['message/rfc822', Buffer.from('From: a@b.example\r\n\r\nHi'), 'text/plain'],
    [
      'image/png',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      'text/plain',
    ],
    ['text/html', Buffer.from('<!doctype html><script>alert(1)</script>'), 'text/plain'],
    ['', Buffer.from([0, 1, 2, 3]), 'application/octet-stream'],
    ['application/pdf', Buffer.from('%PDF-1.7\n%âãÏÓ\n'), 'application/pdf'],
    ['text/plain', Buffer.from('MZ\0\0'.padEnd(200, '\0')), 'application/x-msdownload'],
    ['text/plain', Buffer.alloc(0), 'application/octet-stream'],
  ])('takes %s as the bytes that it is', async (type, bytes, mediaType) => {
    const { owner } = await given.organization();
    expect(expectStatus(await upload(owner, bytes, 'x', type), 201).body.data).toMatchObject({
      mediaType,
      size: bytes.length,
    });
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\report.pdf', 'report.pdf'],
    ['a\r\nSet-Cookie: x=1.txt', 'a Set-Cookie: x=1.txt'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['..', 'file'],
    ['', 'file'],
    ['/', 'file'],
    [`${'ä'.repeat(400)}.docx`, `${'ä'.repeat(250)}.docx`],
    ['a\0b', 'a b'],
  ])('makes a name of %j', async (given_, name) => {
    const { owner } = await given.organization();
    expect(expectStatus(await upload(owner, PNG, given_), 201).body.data.name).toBe(name);
  });

  it('takes the name from the query too, and refuses one that is not encoded well', async () => {
    const { owner } = await given.organization();
    const headers = { 'content-type': 'application/octet-stream' };
    const named = await owner.send('POST', '/attachments?name=Gr%C3%BC%C3%9Fe.txt', PNG, {
      headers,
    });
    expect(expectStatus(named, 201).body.data.name).toBe('Grüße.txt');
    const broken = await owner.send('POST', '/attachments', PNG, {
      headers: { ...headers, 'x-file-name': '%E0%A4%A' },
    });
    expect(expectStatus(broken, 400).body.error.code).toBe('validation.failed');
  });

  it('keeps the same bytes once, and never across organizations', async () => {
    const a = await given.organization();
    const b = await given.organization();
    const [one, two] = [
      await upload(a.owner, PNG, 'one.png'),
      await upload(a.owner, PNG, 'two.png'),
    ];
    await upload(b.owner, PNG);
    expect(one.body.data.id).not.toBe(two.body.data.id);
    expect([kept(a.id).length, kept(b.id).length]).toEqual([1, 1]);
    expect(kept(a.id)).not.toEqual(kept(b.id));
    expect((await a.events()).filter(({ type }) => type === 'attachment.uploaded')).toHaveLength(2);
  });

  it('refuses what is too large by its length, and while it comes in', async () => {
    const { owner, id } = await given.organization();
    const said = await upload(owner, Buffer.alloc(25 * MEGABYTE + 1));
    expect(expectStatus(said, 413).body.error.code).toBe('attachment.too_large');
    const chunk = randomBytes(MEGABYTE);
    let sent = 0;
    const endless = new Readable({
      read() {
        sent += 1;
        this.push(sent > 60 ? null : chunk);
      },
    });
    const answer = await fetch(`${url}/api/v1/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/zip' },
      body: Readable.toWeb(endless) as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(413);
    expect(((await answer.json()) as any).error.code).toBe('attachment.too_large');
    expect(kept(id)).toEqual([]);
    expect(await filesOf(id)).toEqual([]);
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const { owner, id } = await given.organization();
    const abort = new AbortController();
    let sent = 0;
    const slow = new Readable({
      read() {
        sent += 1;
        if (sent <= 3) this.push(Buffer.alloc(100_000, sent));
        else setTimeout(() => abort.abort(), 100);
      },
    });
    const going = fetch(`${url}/api/v1/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.token}` },
      body: Readable.toWeb(slow) as ReadableStream,
      duplex: 'half',
      signal: abort.signal,
    } as RequestInit);
    await expect(going).rejects.toThrow(/abort/i);
    await eventually('what had come is gone', () => kept(id).length === 0);
    expect(await filesOf(id)).toEqual([]);
  });

  it('never keeps more than the organization may, whoever comes first', async () => {
    const { owner, id } = await given.organization();
    const answers = await Promise.all(
      [1, 2, 3, 4].map((fill) => upload(owner, Buffer.alloc(12 * MEGABYTE, fill))),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.error.code).toBe(
      'attachment.storage_full',
    );
    expect(kept(id)).toHaveLength(2);
    // What is kept already costs nothing more.
    expectStatus(
      await upload(owner, Buffer.alloc(12 * MEGABYTE, 1)),
      answers[0]!.status === 201 ? 201 : 409,
    );
  });

  it('is for who may write, and asks before it reads', async () => {
    const org = await given.organization();
    expectStatus(await upload(as(null), PNG), 401);
    expectStatus(await upload(await org.user('viewer'), PNG), 403);
    const other = await org.owner.send('POST', '/tickets', PNG, {
      headers: { 'content-type': 'application/vnd.manydesk.stream' },
    });
    expect(expectStatus(other, 415).body.error.code).toBe('payload.unsupported_type');
  });

  it('deletes an upload of one’s own that is on no message', async () => {
    const org = await given.organization();
    const colleague = await org.user('agent');
    const stranger = await given.organization();
    const { id } = (await upload(org.owner, PNG)).body.data;
    for (const other of [colleague, stranger.owner])
      expect(expectStatus(await other.delete(`/attachments/${id}`), 404).body.error.code).toBe(
        'attachment.not_found',
      );
    expectStatus(await org.owner.delete(`/attachments/${id}`), 200);
    expectStatus(await org.owner.delete(`/attachments/${id}`), 404);
    expect((await org.events()).at(-1)).toMatchObject({ type: 'attachment.deleted' });
  });
});
