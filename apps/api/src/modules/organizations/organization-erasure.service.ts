import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Log } from '#core/logging/log.js';

/** Organizations that a sweep looks at. */
const BATCH = 20;
const MINUTE = 60_000;
/** The function's own word for: not due, or another process is at it. */
const NOT_DUE = '55000';

/** Deletes organizations when the grace of their deletion is over. */
@Injectable()
@Sweeps({ name: 'organizations.erase', every: MINUTE })
export class OrganizationErasure implements Sweep {
  readonly #outbox: string;

  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
    private readonly log: Log,
    { settings }: AppConfig,
  ) {
    this.#outbox = join(settings.dataDir, 'outbox');
  }

  async sweep(): Promise<boolean> {
    const due = await this.system.client.organization.findMany({
      where: { deleteAfter: { lte: this.clock.now() } },
      orderBy: { deleteAfter: 'asc' },
      take: BATCH,
      select: { id: true },
    });
    for (const { id } of due) await this.#erase(id);
    return false;
  }

  async #erase(id: string): Promise<void> {
    try {
      while (!(await this.#eraseSome(id)));
    } catch (error) {
      // Another worker has it, or it was kept at the last moment; any other failure must not hold up the next one.
      if (!String((error as Error).message).includes(NOT_DUE))
        this.log.error('organization.not_erased', { organizationId: id, error });
      return;
    }
    await rm(join(this.#outbox, id), { recursive: true, force: true });
    this.log.info('organization.erased', { organizationId: id });
  }

  /** One stretch of rows, in a transaction of its own. Gives whether it was the last. */
  #eraseSome(id: string): Promise<boolean> {
    return this.system.transaction(async (tx) => {
      const [stretch] = await tx.$queryRaw<{ isDone: boolean; people: string[] }[]>`
        select is_done as "isDone", people from organization_erase(${id}::uuid)`;
      if (!stretch!.isDone) return false;
      await tx.$executeRaw`delete from account_mails where organization_id = ${id}::uuid`;
      await tx.$executeRaw`delete from sign_in_attempts where organization_id = ${id}::uuid`;
      await tx.$executeRaw`delete from identities i where i.id = any (${stretch!.people}::uuid[])
        and not exists (select from memberships m where m.identity_id = i.id)`;
      return true;
    });
  }
}
