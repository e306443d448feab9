import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Log } from '#core/logging/log.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { deleteUnused, deleteWaiting, lockStorage, tryLockStorage } from './attachments.sql.js';
import { FileStore } from './file-store.service.js';

const HOUR = 3_600_000;
/** Milliseconds that an upload waits for its message, and bytes for their row. */
const KEPT_FOR = 24 * HOUR;
/** Rows that one statement deletes. */
const BATCH = 500;
/** Files of an organization that is gone which are deleted under one lock. */
const ERASED_AT_ONCE = 100;

/**
 * Forgets what nothing refers to: uploads that were put on no message and in no draft for a day, files without any
 * attachment or export, bytes without a row (a process died in between), and all bytes of an organization that is erased.
 */
@Injectable()
@Sweeps({ name: 'attachments.clean_up', every: HOUR })
export class FileCleanUp implements Sweep {
  constructor(
    private readonly db: TenantDb,
    private readonly store: FileStore,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async sweep(): Promise<boolean> {
    const absent: string[] = [];
    let present = 0;
    for await (const organizationId of this.store.organizations()) {
      const isThere = await runInContext({ requestId: `clean-up-${newId()}`, organizationId }, () =>
        this.#cleanIfThere(organizationId),
      );
      if (isThere) present += 1;
      else absent.push(organizationId);
    }
    // A store of which the database knows nobody belongs to another database: a wrong setting must not empty it.
    if (present === 0 && absent.length > 1)
      this.log.error('file.foreign_store', { organizations: absent.length });
    else
      for (const organizationId of absent)
        await runInContext({ requestId: `clean-up-${newId()}`, organizationId }, () =>
          this.#erase(organizationId),
        );
    return false;
  }

  async #cleanIfThere(organizationId: string): Promise<boolean> {
    if ((await this.db.client.organization.count({ where: { id: organizationId } })) === 0)
      return false;
    const before = new Date(this.clock.now().getTime() - KEPT_FOR);
    await this.#deleteWaiting(before);
    await this.#deleteUnused(organizationId);
    await this.#deleteUncounted(organizationId, before);
    return true;
  }

  async #deleteWaiting(before: Date): Promise<void> {
    let deleted: number;
    do {
      const [row] = await this.db.sql<{ count: number }>(deleteWaiting, [before, BATCH]);
      deleted = row!.count;
    } while (deleted === BATCH);
  }

  /** Rows first: a crash leaves bytes that nothing names, never a name without bytes. */
  async #deleteUnused(organizationId: string): Promise<void> {
    let ids: { id: string }[];
    do {
      ids = await this.db.transaction(async (tx) => {
        await tx.sql(lockStorage, []);
        return tx.sql<{ id: string }>(deleteUnused, [BATCH]);
      });
      for (const { id } of ids) await this.store.remove({ organizationId, id });
    } while (ids.length === BATCH);
  }

  async #deleteUncounted(organizationId: string, before: Date): Promise<void> {
    let batch: string[] = [];
    for await (const id of this.store.list(organizationId)) {
      if (madeAt(id) >= before.getTime()) continue;
      batch.push(id);
      if (batch.length < BATCH) continue;
      await this.#deleteWithoutRow(organizationId, batch);
      batch = [];
    }
    await this.#deleteWithoutRow(organizationId, batch);
  }

  async #deleteWithoutRow(organizationId: string, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await this.db.client.file.findMany({
      where: { id: { in: ids } },
      select: { id: true },
    });
    const counted = new Set(rows.map(({ id }) => id));
    for (const id of ids) if (!counted.has(id)) await this.store.remove({ organizationId, id });
  }

  async #erase(organizationId: string): Promise<void> {
    let batch: string[] = [];
    for await (const id of this.store.list(organizationId)) {
      batch.push(id);
      if (batch.length < ERASED_AT_ONCE) continue;
      if (!(await this.#eraseIfGone(organizationId, batch))) return;
      batch = [];
    }
    if (await this.#eraseIfGone(organizationId, batch))
      this.log.info('file.organization_erased', { organizationId });
  }

  /** Gives false, and deletes nothing, when the organization is there, or is being brought in at this moment. */
  async #eraseIfGone(organizationId: string, ids: string[]): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const [lock] = await tx.sql<{ isHeld: boolean }>(tryLockStorage, []);
      if (!lock!.isHeld) return false;
      if ((await tx.organization.count({ where: { id: organizationId } })) > 0) return false;
      for (const id of ids) await this.store.remove({ organizationId, id });
      return true;
    });
  }
}

/** When an id was made: version 7 begins with the milliseconds (RFC 9562, 5.7). */
function madeAt(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}
