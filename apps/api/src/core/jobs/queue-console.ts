import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { Queue, type Job } from 'bullmq';
import { AppConfig } from '../config/config.module.js';
import { Log } from '../logging/log.js';
import {
  JOB_CONTRACT,
  type JobContract,
  type JobHandler,
  type JobPayload,
} from './job-contract.js';
import { JOB_QUEUE, queueConnection } from './queue.js';

/** Connections for whoever looks at the queue: few people, seldom. */
const CONSOLE_POOL_SIZE = 2;
const LONGEST_REASON = 300;
/** Errors of others can name who was written to, and quote what: how it failed is told without either. */
const ADDRESS = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g;
const QUOTED = /"[^"]*"|'[^']*'|`[^`]*`/g;

/** How long the line is, by where its jobs stand. */
export interface QueueCounts {
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
  /** Seconds since the job was added that waits longest; 0 when none waits. */
  oldestWaitingSeconds: number;
}

/** A job that was given up, as the queue keeps it. */
export interface FailedJob {
  id: string;
  consumer: string;
  /** Null for one whose payload is not of the form: it is given up as that. */
  organizationId: string | null;
  /** The event that it is about, by its place in the organization's log. */
  seq: number | null;
  attempts: number;
  failedAt: string;
  reason: string;
  /** False when whoever wanted it was told that it failed: they ask anew. */
  canRetry: boolean;
}

/**
 * What people who run the deployment see of the queue, in a process that may run no job. Adds nothing to it: a job that
 * is tried once more is one that is there.
 */
@Injectable()
export class QueueConsole implements OnApplicationShutdown {
  #queue: Queue | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
    private readonly log: Log,
  ) {}

  async counts(): Promise<QueueCounts> {
    const queue = this.#open();
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = await queue.getJobCounts();
    const [oldest] = await queue.getJobs('waiting', 0, 0, true);
    const age = oldest ? (Date.now() - oldest.timestamp) / 1000 : 0;
    const oldestWaitingSeconds = Math.max(0, Math.round(age));
    return { waiting, active, delayed, failed, oldestWaitingSeconds };
  }

  /** Jobs that were given up, the last one first: at most `limit` after the first `skip`. */
  async failed(skip: number, limit: number): Promise<FailedJob[]> {
    const jobs = await this.#open().getJobs('failed', skip, skip + limit - 1, false);
    // One that was tried again since the line was read is gone.
    return jobs.filter((job) => job !== undefined && job !== null).map((job) => this.#shown(job));
  }

  /** The failed job with this id; null when there is none. */
  async find(id: string): Promise<FailedJob | null> {
    const job = await this.#open().getJob(id);
    return job && (await job.isFailed()) ? this.#shown(job) : null;
  }

  /** Tries a failed job once more, as often as at first. Gives whether it was still there, and failed. */
  async retry(id: string): Promise<boolean> {
    const job = await this.#open().getJob(id);
    if (!job) return false;
    const attempts = { resetAttemptsMade: true, resetAttemptsStarted: true };
    return job.retry('failed', attempts).then(
      () => true,
      (error: Error) => {
        this.log.warn('job.not_retried', { jobId: id, error });
        return false;
      },
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#queue?.close();
  }

  /** Opened by the first who looks: most processes never do. */
  #open(): Queue {
    if (this.#queue) return this.#queue;
    const connection = { ...queueConnection(this.config.settings), max: CONSOLE_POOL_SIZE };
    this.#queue = new Queue(JOB_QUEUE, { connection });
    this.#queue.on('error', (error) => this.log.warn('job.console_error', { error }));
    return this.#queue;
  }

  #shown(job: Job): FailedJob {
    const { organizationId = null, seq = null } = (job.data ?? {}) as Partial<JobPayload>;
    return {
      id: String(job.id),
      consumer: job.name,
      organizationId,
      seq,
      attempts: job.attemptsMade,
      failedAt: new Date(job.finishedOn ?? job.timestamp).toISOString(),
      reason: withoutNames(job.failedReason),
      canRetry: !this.#isFinal(job.name),
    };
  }

  /** Whether the handler tells somebody that its job failed: then trying again does nothing. */
  #isFinal(consumer: string): boolean {
    return this.discovery.getProviders().some(({ instance, metatype }) => {
      if (!instance || !metatype) return false;
      const contract = this.reflector.get<JobContract | undefined>(JOB_CONTRACT, metatype);
      return contract?.consumer === consumer && (instance as JobHandler).giveUp !== undefined;
    });
  }
}

function withoutNames(reason = ''): string {
  return reason.replace(QUOTED, '…').replace(ADDRESS, '…').slice(0, LONGEST_REASON);
}
