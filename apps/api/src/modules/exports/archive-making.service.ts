import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { ActorRights } from '#core/tenancy/actor-rights.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { Files } from '#modules/attachments/files.service.js';
import { ArchiveWriting } from '#modules/portability/archive-writing.service.js';
import { ARCHIVE } from './archives.view.js';
import { requesterOf, UNDER_WAY } from './exports.view.js';

const KEPT_FOR = 7 * 24 * 3_600_000;
/** Bytes of one archive: more than the storage of an organization can hold. */
const LARGEST_ARCHIVE = 1024 ** 4;
const FAILED = 'The archive could not be written: there may be no room for it.';
const NOT_ALLOWED = 'Whoever asked for it may not have it any more.';

/** Writes archives into the store, for those who asked for them. */
@Injectable()
export class ArchiveMaking {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly writing: ArchiveWriting,
    private readonly files: Files,
    private readonly rights: ActorRights,
  ) {}

  /**
   * Writes the archive `id` and makes it ready. Begins anew when an earlier try did not come to its end; quiet when it is
   * written. Given up when whoever asked may not have it any more, before it is written or when it is. Throws what the
   * store or the database throws, and is then tried again.
   */
  async make(id: string): Promise<void> {
    if (!(await this.#isUnderWay(id))) return;
    if (!(await this.#mayHave(id))) return this.giveUp(id, NOT_ALLOWED);
    const total = (await this.writing.tables()).length + 1;
    await this.#note(id, { status: 'running', total, done: 0 });
    let done = 0;
    // The files are one part, and the last.
    const progress = (what: string): Promise<void> | void =>
      what === 'files' ? undefined : this.#note(id, { done: (done += 1) });
    const stored = await this.files.take(this.writing.content(progress), LARGEST_ARCHIVE);
    try {
      if (!(await this.#mayHave(id))) return await this.giveUp(id, NOT_ALLOWED);
      await this.db.transaction(async (tx) => {
        const fileId = await this.files.recordApart(tx, stored);
        const finishedAt = this.clock.now();
        const { count } = await tx.export.updateMany({
          where: { ...ARCHIVE, id, status: UNDER_WAY },
          data: {
            ...{ status: 'done', done: total, fileId, finishedAt },
            expiresAt: new Date(finishedAt.getTime() + KEPT_FOR),
          },
        });
        if (count > 0) this.#record('organization.archived', id);
      });
    } finally {
      await this.files.release([stored]);
    }
  }

  /** Says that the archive was given up, and why. Quiet when it is done. */
  async giveUp(id: string, problem = FAILED): Promise<void> {
    await this.db.transaction(async (tx) => {
      const { count } = await tx.export.updateMany({
        where: { ...ARCHIVE, id, status: UNDER_WAY },
        data: { status: 'failed', problem, finishedAt: this.clock.now() },
      });
      if (count > 0) this.#record('organization.archive_failed', id);
    });
  }

  async #isUnderWay(id: string): Promise<boolean> {
    const where = { ...ARCHIVE, id, status: UNDER_WAY };
    return (await this.db.client.export.count({ where })) > 0;
  }

  async #mayHave(id: string): Promise<boolean> {
    const row = await this.db.client.export.findFirst({
      where: { ...ARCHIVE, id },
      select: { requestedByUserId: true, requestedByKeyId: true },
    });
    if (!row) return false;
    const rights = await this.rights.of(requesterOf(row));
    return rights.has('organization:export');
  }

  async #note(id: string, data: { status?: string; total?: number; done: number }): Promise<void> {
    await this.db.client.export.updateMany({ where: { ...ARCHIVE, id, status: UNDER_WAY }, data });
  }

  #record(type: string, archiveId: string): void {
    const subject = { type: 'organization', id: requireOrganizationId(type) };
    this.ledger.record({ type, subject, data: { archiveId } });
  }
}
