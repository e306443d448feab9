import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import type { OnModuleDestroy } from '@nestjs/common';
import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import { countJob } from '../context/consumption.js';
import { runInContext, type WorkContext } from '../context/context.js';
import { beginTrace, problemOf } from '../context/tracing.js';
import { Log } from '../logging/log.js';
import { Metrics, type Count, type Measure } from '../logging/metrics.js';
import { SuspendedOrganizations } from '../tenancy/suspended-organizations.js';
import { TenantDb } from '../tenancy/tenant-db.js';
import {
  parseJobPayload,
  PermanentFailure,
  type JobEvent,
  type JobHandler,
  type JobPayload,
} from './job-contract.js';
import { JobMap } from './job-map.js';
import { JOB_QUEUE } from './queue.js';
import { Relay } from './relay.js';

/** Milliseconds after which a job of a suspended organization is looked at again. */
const REST = 60_000;
const OUTCOMES = ['done', 'failed', 'given_up'];

/**
 * Runs jobs: restores the organization, finds the event, passes over what has taken effect already, times and
 * logs. A handler gets the event and nothing of the queue.
 */
@Processor(JOB_QUEUE, {
  concurrency: 8,
  lockDuration: 30_000,
  stalledInterval: 5_000,
  maxStalledCount: 5,
})
export class JobRunner extends WorkerHost implements OnModuleDestroy {
  readonly #count: Count;
  readonly #measure: Measure;

  constructor(
    private readonly jobs: JobMap,
    private readonly db: TenantDb,
    private readonly relay: Relay,
    private readonly log: Log,
    private readonly suspended: SuspendedOrganizations,
    metrics: Metrics,
  ) {
    super();
    this.#count = metrics.counter(
      'jobs_total',
      'Jobs by what they do and how a try of them ended: done, failed (it is tried again), given_up.',
      ['consumer', 'outcome'],
      jobs.consumers().flatMap((consumer) => OUTCOMES.map((outcome) => [consumer, outcome])),
    );
    this.#measure = metrics.histogram('job_seconds', 'Time of a job that was done.', ['consumer']);
  }

  async process(job: Job, token?: string): Promise<void> {
    const handler = this.jobs.handler(job.name);
    if (!handler) throw new UnrecoverableError(`no handler for ${job.name}`);
    const payload = readPayload(job);
    // It costs no attempt: the job is as it was when the organization works again.
    if (this.suspended.has(payload.organizationId)) {
      await job.moveToDelayed(Date.now() + REST, token);
      throw new DelayedError();
    }
    const context = contextOf(job, payload);
    context.span = beginTrace('consumer', job.name, { 'manydesk.request_id': context.requestId });
    try {
      await this.#process(job, handler, payload, context);
      context.span?.end();
    } catch (error) {
      context.span?.end(problemOf(error));
      throw error;
    }
  }

  async #process(
    job: Job,
    handler: JobHandler,
    payload: JobPayload,
    context: WorkContext,
  ): Promise<void> {
    const startedAt = performance.now();
    const work = runInContext(context, async () => {
      if (await this.#isDone(job.name, payload))
        return this.log.info('job.repeated', { consumer: job.name, seq: payload.seq });
      const event = await this.#event(payload);
      if (!event) throw new UnrecoverableError('the event of the job is not in the ledger');
      context.cause = { eventId: event.id, depth: event.depth };
      await handler.handle(event).catch((error: Error) => this.#fail(job, handler, event, error));
      await this.#receipt(job.name, payload);
      const milliseconds = Math.round(performance.now() - startedAt);
      this.#count(job.name, 'done');
      this.#measure(milliseconds / 1000, job.name);
      this.log.info('job.done', { consumer: job.name, seq: payload.seq, milliseconds });
    });
    // One that failed has cost as much.
    await work.finally(() => countJob(payload.organizationId, performance.now() - startedAt));
  }

  /** Takes no further job and waits for those under way, while everything that they use is still open. */
  async onModuleDestroy(): Promise<void> {
    await this.worker.close();
  }

  @OnWorkerEvent('completed')
  onCompleted(): void {
    this.relay.roomMade();
  }

  @OnWorkerEvent('drained')
  onDrained(): void {
    this.relay.lineEmpty();
  }

  @OnWorkerEvent('failed')
  async onFailed(job: Job | undefined, error: Error): Promise<void> {
    this.relay.roomMade();
    if (!job) return;
    const isLast =
      job.attemptsMade >= (job.opts.attempts ?? 1) || error instanceof UnrecoverableError;
    // A name that nobody knows is not ours, and must not become a series.
    if (this.jobs.handler(job.name)) this.#count(job.name, isLast ? 'given_up' : 'failed');
    this.log.warn(isLast ? 'job.given_up' : 'job.failed', {
      consumer: job.name,
      jobId: job.id,
      attempt: job.attemptsMade,
      error,
    });
    if (isLast)
      await this.#giveUp(job, error).catch((cause: Error) =>
        this.log.error('job.give_up_failed', { jobId: job.id, error: cause }),
      );
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.log.error('job.queue_error', { error });
  }

  /** After the last try the handler is told while the job is still held: a crash in between repeats both. */
  async #fail(job: Job, handler: JobHandler, event: JobEvent, error: Error): Promise<never> {
    const isLast =
      error instanceof PermanentFailure || job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
    if (!isLast) throw error;
    await handler.giveUp?.(event, error.message);
    throw new GivenUp(error);
  }

  /** For a job that the queue itself gave up, such as one whose process died again and again. */
  async #giveUp(job: Job, error: Error): Promise<void> {
    const handler = this.jobs.handler(job.name);
    if (!handler?.giveUp || error instanceof GivenUp || !isPayload(job.data)) return;
    const payload = parseJobPayload(job.data);
    const context = contextOf(job, payload);
    await runInContext(context, async () => {
      const event = await this.#event(payload);
      if (!event) return;
      context.cause = { eventId: event.id, depth: event.depth };
      await handler.giveUp!(event, error.message);
    });
  }

  async #isDone(consumer: string, { seq }: JobPayload): Promise<boolean> {
    return (await this.db.client.jobReceipt.count({ where: { consumer, seq: BigInt(seq) } })) > 0;
  }

  async #receipt(consumer: string, { seq }: JobPayload): Promise<void> {
    await this.db.client.jobReceipt.createMany({
      data: [{ consumer, seq: BigInt(seq) }],
      skipDuplicates: true,
    });
  }

  async #event({ seq }: JobPayload): Promise<JobEvent | null> {
    const event = await this.db.client.ledgerEvent.findFirst({
      where: { seq: BigInt(seq) },
      select: {
        id: true,
        type: true,
        actorType: true,
        actorId: true,
        subjectId: true,
        data: true,
        depth: true,
      },
    });
    if (!event) return null;
    const { actorType, actorId, data, ...facts } = event;
    return {
      ...facts,
      actor: { type: actorType, id: actorId },
      data: data as JobEvent['data'],
      seq,
    };
  }
}

function readPayload(job: Job): JobPayload {
  try {
    return parseJobPayload(job.data);
  } catch (error) {
    throw new UnrecoverableError((error as Error).message);
  }
}

function contextOf(job: Job, { organizationId }: JobPayload): WorkContext {
  const requestId = `job-${job.id ?? 'unknown'}`.replaceAll(':', '.');
  return { requestId, name: job.name, organizationId };
}

function isPayload(data: unknown): boolean {
  try {
    return parseJobPayload(data) !== undefined;
  } catch {
    return false;
  }
}

/** The handler knows that its job was given up. */
class GivenUp extends UnrecoverableError {
  constructor(override readonly cause: Error) {
    super(cause.message);
  }
}
