import { createWriteStream } from 'node:fs';
import { access, link, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { currentContext, runInContext } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { ArchiveNotWritten, ArchiveRefused } from './archive.exceptions.js';
import { ArchiveRestoring, type Restored } from './archive-restoring.service.js';
import { ArchiveWriting, type Progress } from './archive-writing.service.js';

const BEGUN = '.part';

/** Takes an organization out and brings it in, for the operator, who is in none. */
@Injectable()
export class ArchiveCommands {
  constructor(
    private readonly system: SystemDb,
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly writing: ArchiveWriting,
    private readonly restoring: ArchiveRestoring,
  ) {}

  /**
   * Writes the archive of the organization `slug` to the file `path`, which gets its name when it is whole. Gives null when
   * there is no such organization. Throws {@link ArchiveNotWritten} for a file that is there.
   */
  async export(slug: string, path: string, progress: Progress): Promise<true | null> {
    const found = await this.system.client.organization.findFirst({
      where: { slug },
      select: { id: true },
    });
    if (!found) return null;
    const context = { ...currentContext()!, organizationId: found.id };
    await runInContext(context, () => this.#write(path, progress));
    await runInContext(context, () => this.#record(found.id));
    return true;
  }

  /** Brings the organization of the file `path` in. Throws ArchiveRefused. */
  import(path: string, progress: Progress): Promise<Restored> {
    return this.restoring.restore(path, progress);
  }

  async #write(path: string, progress: Progress): Promise<void> {
    await requireAbsent(path);
    const begun = path + BEGUN;
    try {
      // For the one who runs the command alone: everything is in it.
      const file = createWriteStream(begun, { flags: 'wx', mode: 0o600, flush: true });
      await pipeline(this.writing.content(progress), file);
      // Unlike a rename, a link never takes the place of a file that came meanwhile.
      await link(begun, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      throw new ArchiveNotWritten(
        `There is a file ${path} or ${begun} already, and none is overwritten: name another one, or move it away.`,
      );
    } finally {
      await rm(begun, { force: true });
    }
  }

  /** After the archive, so that it is not in it: an archive of what is restored from it is then the same file. */
  async #record(id: string): Promise<void> {
    await this.db.transaction(async () => {
      this.ledger.record({
        type: 'organization.archived',
        subject: { type: 'organization', id },
        data: { archiveId: null },
      });
    });
  }
}

/** What an archive is refused for, or not written: a sentence for the operator. Null for any other failure. */
export function sentenceOf(error: unknown): string | null {
  const isForThem = error instanceof ArchiveRefused || error instanceof ArchiveNotWritten;
  return isForThem ? error.message : null;
}

async function requireAbsent(path: string): Promise<void> {
  for (const name of [path, path + BEGUN]) {
    const isThere = await access(name).then(
      () => true,
      () => false,
    );
    if (isThere)
      throw new ArchiveNotWritten(
        `There is a file ${name} already, and none is overwritten: name another one, or move it away.`,
      );
  }
}
