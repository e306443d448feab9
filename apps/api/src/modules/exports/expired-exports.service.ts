import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { FileStore } from '#modules/attachments/file-store.service.js';

/** Lets go of the files of exports that are past their time; the room of the files then deletes them. */
@Injectable()
@Sweeps({ name: 'exports.expire', every: 3_600_000 })
export class ExpiredExports implements Sweep {
  constructor(
    private readonly db: TenantDb,
    private readonly store: FileStore,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<boolean> {
    for await (const organizationId of this.store.organizations())
      await runInContext({ requestId: `exports-${newId()}`, organizationId }, () => this.#expire());
    return false;
  }

  async #expire(): Promise<void> {
    await this.db.client.export.updateMany({
      where: { expiresAt: { lte: this.clock.now() }, fileId: { not: null } },
      data: { fileId: null },
    });
  }
}
