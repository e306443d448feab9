import { Injectable } from '@nestjs/common';
import { AdminDb } from '#core/database/admin-db.js';
import type { Page } from '#core/database/page.js';
import { QueueConsole, type FailedJob } from '#core/jobs/queue-console.js';
import type { FailedJobDto, RetriedJobsDto } from './dto/failed-job.dto.js';
import { StaffActs } from './staff-acts.service.js';

/** Jobs that are read at once where those of one organization are looked for: the queue does not know whose they are. */
const STRETCH = 200;
/** Jobs that are looked through: as many as the queue keeps. */
const MOST_LOOKED_AT = 10_000;

/** Jobs that are looked through for a mere count. */
const MOST_COUNTED = 1_000;

/** Jobs that were given up: whose they are, how they failed, and once more for those that can be tried. */
@Injectable()
export class FailedJobs {
  constructor(
    private readonly queue: QueueConsole,
    private readonly acts: StaffActs,
    private readonly db: AdminDb,
  ) {}

  /** The last one first; those of one organization when it is named. */
  async list(skip: number, limit: number, organizationId?: string): Promise<Page<FailedJobDto>> {
    const rest = { skip, limit, nextCursor: null };
    if (organizationId === undefined) {
      const [items, { failed }] = await Promise.all([
        this.queue.failed(skip, limit),
        this.queue.counts(),
      ]);
      return { items, total: failed, totalIsExact: true, ...rest };
    }
    const { found, isAll } = await this.#of(organizationId, skip + limit);
    const items = found.slice(skip, skip + limit);
    return { items, total: found.length, totalIsExact: isAll, ...rest };
  }

  /** How many of the thousand that failed last are of the organization. */
  async countOf(organizationId: string): Promise<number> {
    const jobs = await this.queue.failed(0, MOST_COUNTED);
    return jobs.filter((job) => job.organizationId === organizationId).length;
  }

  /** Tries jobs once more. Passes over those that are not failed any more, or whose end was told to whoever wanted them. */
  async retry(jobIds: string[]): Promise<RetriedJobsDto> {
    let retried = 0;
    for (const id of jobIds) if (await this.#retry(id)) retried += 1;
    return { retried, passedOver: jobIds.length - retried };
  }

  async #retry(jobId: string): Promise<boolean> {
    const job = await this.queue.find(jobId);
    if (!job?.canRetry) return false;
    const { consumer, organizationId } = job;
    // Before it: what somebody wanted is known also when the process dies over it.
    await this.db.transaction((tx) =>
      this.acts.record(tx, {
        type: 'job.retry_wanted',
        data: { jobId, consumer },
        ...(organizationId === null ? {} : { organizationId }),
      }),
    );
    return this.queue.retry(jobId);
  }

  async #of(organizationId: string, most: number): Promise<{ found: FailedJob[]; isAll: boolean }> {
    const found: FailedJob[] = [];
    for (let at = 0; at < MOST_LOOKED_AT; at += STRETCH) {
      const jobs = await this.queue.failed(at, STRETCH);
      found.push(...jobs.filter((job) => job.organizationId === organizationId));
      if (jobs.length < STRETCH) return { found, isAll: true };
      if (found.length > most) break;
    }
    return { found, isAll: false };
  }
}
