import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isId } from '#core/context/ids.js';
import { FileMissing, FileStore, type ByteRange, type FilePlace } from './file-store.service.js';

const BEGUN = '.part';

/** Files in a folder: one an organization, in it one for each ending of ids, so that none grows without end. */
export class DiskStore extends FileStore {
  constructor(private readonly folder: string) {
    super();
  }

  async put(place: FilePlace, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.#path(place);
    await mkdir(dirname(path), { recursive: true });
    try {
      // On the disk, not only on its way there, before it gets its name: a half-written file is never seen.
      const file = createWriteStream(path + BEGUN, { flags: 'wx', mode: 0o600, flush: true });
      await pipeline(chunks, file);
      await rename(path + BEGUN, path);
    } catch (error) {
      await rm(path + BEGUN, { force: true });
      throw error;
    }
  }

  async open(place: FilePlace, range?: ByteRange): Promise<Readable> {
    const file = await open(this.#path(place)).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new FileMissing(place) : error;
    });
    return file.createReadStream(range);
  }

  async remove(place: FilePlace): Promise<void> {
    const path = this.#path(place);
    await Promise.all([rm(path, { force: true }), rm(path + BEGUN, { force: true })]);
  }

  async *organizations(): AsyncIterable<string> {
    for (const name of await namesIn(this.folder)) if (isId(name)) yield name;
  }

  async *list(organizationId: string): AsyncIterable<string> {
    const folder = join(this.folder, organizationId);
    for (const shelf of await namesIn(folder)) {
      for (const name of await namesIn(join(folder, shelf))) {
        const id = name.endsWith(BEGUN) ? name.slice(0, -BEGUN.length) : name;
        if (isId(id)) yield id;
      }
      // Rejects while something is in it.
      await rm(join(folder, shelf), { recursive: false }).catch(() => undefined);
    }
  }

  /** Ids end in chance and begin with the time, so their ends spread evenly. */
  #path({ organizationId, id }: FilePlace): string {
    if (!isId(organizationId) || !isId(id)) throw new Error('a file is named by two ids');
    return join(this.folder, organizationId, id.slice(-2), id);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}
