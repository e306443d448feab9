import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import S3rver from '@20minutes/s3rver';
import { newId } from '#core/context/ids.js';
import { FileCleanUp } from '../../../apps/api/src/modules/attachments/file-clean-up.service.js';
import {
  FileMissing,
  FileStore,
} from '../../../apps/api/src/modules/attachments/file-store.service.js';
import { S3Store } from '../../../apps/api/src/modules/attachments/s3-store.js';
import { useApp } from '../../support/app.js';
import { expectStatus, type Client } from '../../support/as.js';

const MEGABYTE = 1024 * 1024;
const directory = mkdtempSync(join(tmpdir(), 'manydesk-s3-'));
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  // It reads `/bucket/?…` as `/bucket?…` when it checks who signed a list.
  allowMismatchedSignatures: true,
  directory,
  configureBuckets: [{ name: 'desk-files' }],
});
const { port } = await server.run();
const running = await useApp({
  settings: {
    S3_BUCKET: 'desk-files',
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_ACCESS_KEY_ID: 'S3RVER',
    S3_SECRET_ACCESS_KEY: 'S3RVER',
    S3_FORCE_PATH_STYLE: 'true',
  },
});
const { given, as, dataDir } = running;
const store = running.get(FileStore);
afterAll(async () => {
  (store as S3Store).close();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const upload = (by: Client, bytes: Buffer) =>
  by.send('POST', '/attachments', bytes, { headers: { 'content-type': 'application/zip' } });

async function idsOf(organizationId: string): Promise<string[]> {
  return all(store.list(organizationId));
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** The same bytes over and over, as a client sends them, and a failure at the end if one is asked for. */
async function* megabytes(count: number, failure?: Error): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < count; at += 1) yield Buffer.alloc(MEGABYTE, at);
  if (failure) throw failure;
}

describe('an object store', () => {
  it('keeps uploads in place of the data folder, and hands them out, in ranges too', async () => {
    const { owner, id: organizationId } = await given.organization();
    const bytes = randomBytes(13 * MEGABYTE);
    const { id } = expectStatus(await upload(owner, bytes), 201).body.data;
    expect(await idsOf(organizationId)).toHaveLength(1);
    expect(existsSync(join(dataDir, 'files'))).toBe(false);
    const { url } = expectStatus(await owner.post(`/attachments/${id}/links`), 201).body.data;
    const whole = expectStatus(await as(null).get(url), 200);
    expect(whole.headers).toMatchObject({
      'content-length': String(bytes.length),
      etag: `"${createHash('sha256').update(bytes).digest('hex')}"`,
    });
    const range = `bytes=${6 * MEGABYTE - 2}-${6 * MEGABYTE + 1}`;
    const part = expectStatus(await as(null).get(url, { headers: { range } }), 206);
    expect(part.headers['content-length']).toBe('4');
    expectStatus(await upload(owner, bytes), 201);
    expect(await idsOf(organizationId)).toHaveLength(1);
  });

  it('gives back the bytes that it was given', async () => {
    for (const size of [0, 1, 5 * MEGABYTE, 7 * MEGABYTE + 1]) {
      const place = { organizationId: newId(), id: newId() };
      const bytes = randomBytes(size);
      await store.put(
        place,
        (async function* () {
          for (let at = 0; at < size; at += 65_536) yield bytes.subarray(at, at + 65_536);
        })(),
      );
      const chunks = await all(await store.open(place));
      expect(Buffer.concat(chunks as Buffer[]).equals(bytes)).toBe(true);
      await store.remove(place);
      await store.remove(place);
      await expect(store.open(place)).rejects.toThrow(FileMissing);
    }
  });

  it('keeps nothing of what fails on its way, small or in parts', async () => {
    for (const count of [1, 14]) {
      const place = { organizationId: newId(), id: newId() };
      const broken = megabytes(count, new Error('the line broke'));
      await expect(store.put(place, broken)).rejects.toThrow('the line broke');
      expect(await idsOf(place.organizationId)).toEqual([]);
    }
  });

  it('holds a part of a file at a time and no more', async () => {
    const place = { organizationId: newId(), id: newId() };
    let peak = 0;
    const before = process.memoryUsage().arrayBuffers;
    await store.put(
      place,
      (async function* () {
        for await (const chunk of megabytes(160)) {
          peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
          yield chunk;
        }
      })(),
    );
    // Far less than the file; when what was sent is collected is the engine's to choose.
    expect(peak).toBeLessThan(128 * MEGABYTE);
    await store.remove(place);
  }, 120_000);

  it('is named by two ids and by nothing that somebody sent', async () => {
    const organizationId = newId();
    for (const id of ['../secret', '', 'a/b', `${newId()}/..`])
      await expect(store.put({ organizationId, id }, megabytes(0))).rejects.toThrow(
        'a file is named by two ids',
      );
  });

  it('is cleaned of organizations that are gone', async () => {
    const { owner, id: organizationId } = await given.organization();
    expectStatus(await upload(owner, randomBytes(10)), 201);
    const gone = { organizationId: newId(), id: newId() };
    await store.put(gone, megabytes(1));
    expect(await all(store.organizations())).toEqual(
      expect.arrayContaining([organizationId, gone.organizationId]),
    );
    await running.get(FileCleanUp).sweep();
    expect([await idsOf(gone.organizationId), (await idsOf(organizationId)).length]).toEqual([
      [],
      1,
    ]);
  });
});
