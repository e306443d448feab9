import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Notifications } from '../database/notifications.js';
import { SystemDb } from '../database/system-db.js';
import { Log } from '../logging/log.js';
import { Metrics, type Count } from '../logging/metrics.js';
import { jobIdOf, parseJobPayload, type JobPayload } from './job-contract.js';
import { JobMap } from './job-map.js';
import { JOB_QUEUE } from './queue.js';

/** Jobs waiting in the queue past which the relay stops handing over: the backlog stays in Postgres, by organization. */
const QUEUE_HIGH_WATER = 100;
/** Those of one organization: what another one's job may find before it in the line. */
const MOST_OF_ONE = 16;
/** Organizations served in one round, and events of each: the turn that keeps one flood from delaying the rest. */
const ORGANIZATIONS_A_ROUND = 50;
const EVENTS_A_TURN = 10;
/** Milliseconds between looks when no notification comes. */
const LOOK_AGAIN = 1_000;

/**
 * Claims up to `$3` events of each of up to `$2` organizations that come after `$1`, in turn; fewer of those that have
 * jobs in the line already (`$4`, and how many: `$5`). A row that another relay holds is passed over; never "seq
 * greater than the last seen", because commits arrive out of order. The organizations are found by jumping along the
 * key, so a backlog of one costs nothing to the others; each is told of, also when nothing of it is claimed.
 */
const CLAIM = `
  with recursive waiting(organization_id, n) as (
    (select organization_id, 1 from outbox where organization_id > $1 order by organization_id limit 1)
    union all
    select (select o.organization_id from outbox o where o.organization_id > w.organization_id order by o.organization_id limit 1), w.n + 1
    from waiting w where w.organization_id is not null and w.n < $2
  )
  select w.organization_id, claimed.seq, claimed.type from waiting w
    left join unnest($4::uuid[], $5::int[]) as line(organization_id, jobs) on line.organization_id = w.organization_id
    left join lateral (
      select o.seq, o.type from outbox o
      where o.organization_id = w.organization_id
      order by o.seq limit least($3, greatest(${MOST_OF_ONE} - coalesce(line.jobs, 0), 0)) for update skip locked
    ) claimed on true
  where w.organization_id is not null order by w.n, claimed.seq`;
const DELETE =
  'delete from outbox o using unnest($1::uuid[], $2::bigint[]) as d(organization_id, seq) where o.organization_id = d.organization_id and o.seq = d.seq';
const FIRST = '00000000-0000-0000-0000-000000000000';

type JobToAdd = Parameters<Queue['addBulk']>[0][number];

interface ClaimedRow {
  organization_id: string;
  seq: string;
  type: string;
}

/** An organization that was come to; without an event when nothing of it could be claimed. */
type VisitedRow = ClaimedRow | { organization_id: string; seq: null; type: null };

/**
 * Hands committed events to the queue: the only place that adds jobs. Adding comes before deleting, in one
 * transaction on the outbox, so a crash in between adds again under the same job id.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, OnModuleDestroy {
  #after = FIRST;
  #running: Promise<void> | undefined;
  #again = false;
  /** Whether the line was full, or an organization's part of it. */
  #isHoldingBack = false;
  /** Jobs that were done since the line was last looked at. */
  #room = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopListening: (() => void) | undefined;
  #stopped = false;
  readonly #countFailure: Count;

  constructor(
    @InjectQueue(JOB_QUEUE) private readonly queue: Queue,
    private readonly system: SystemDb,
    private readonly notifications: Notifications,
    private readonly jobs: JobMap,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    for (const state of ['waiting', 'active', 'delayed', 'failed'] as const) {
      metrics.gauge(
        `queue_${state}_jobs`,
        `Jobs of the queue that are ${state}.`,
        async () => (await this.queue.getJobCounts(state))[state] ?? 0,
      );
    }
    metrics.gauge(
      'queue_oldest_waiting_seconds',
      'Age of the job that waits longest for a worker; 0 when none waits.',
      () => this.#longestWait(),
    );
    this.#countFailure = metrics.counter(
      'relay_failures_total',
      'Times that events could not be handed from the outbox to the queue.',
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    const wake = (): void => this.wake();
    this.#stopListening = await this.notifications.listen('ledger', wake, wake);
    this.#timer = setInterval(wake, LOOK_AGAIN);
    this.wake();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#stopListening?.();
    await this.#running;
  }

  /** Looks for work now, or once more when it is looking already. */
  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#drain().finally(() => (this.#running = undefined));
  }

  /** A job of the line is done. Looks for more once there is room for some: for each by itself would cost as much as it. */
  roomMade(): void {
    this.#room += 1;
    if (this.#room >= MOST_OF_ONE / 2) this.lineEmpty();
  }

  /** There is nothing left in the line: looks for what was held back. */
  lineEmpty(): void {
    if (this.#isHoldingBack) this.wake();
  }

  async #drain(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        while (!this.#stopped && (await this.#pass()));
      }
    } catch (error) {
      this.#countFailure();
      this.log.error('relay.failed', { error });
    }
  }

  /** Seconds since the oldest job that waits was added. */
  async #longestWait(): Promise<number> {
    const [oldest] = await this.queue.getJobs('waiting', 0, 0, true);
    return oldest ? Math.max(0, (Date.now() - oldest.timestamp) / 1000) : 0;
  }

  /** Goes on from where it stopped to the last organization. Gives whether there may be more to hand over. */
  async #pass(): Promise<boolean> {
    const isWhole = this.#after === FIRST;
    let handed = 0;
    do {
      const line = await this.#line();
      if (line === null) return false;
      handed += await this.#round(line);
    } while (this.#after !== FIRST && !this.#stopped);
    return handed > 0 || !isWhole;
  }

  /** How many jobs of each organization wait in the queue; null when there are enough. */
  async #line(): Promise<Map<string, number> | null> {
    this.#room = 0;
    const jobs = await this.queue.getJobs('waiting', 0, QUEUE_HIGH_WATER - 1);
    const isLong = jobs.length >= QUEUE_HIGH_WATER;
    const line = new Map<string, number>();
    for (const job of jobs) {
      // One that was done since the line was read is gone.
      const organizationId = (job?.data as Partial<JobPayload> | undefined)?.organizationId;
      if (organizationId) line.set(organizationId, (line.get(organizationId) ?? 0) + 1);
    }
    this.#isHoldingBack = isLong;
    return isLong ? null : line;
  }

  /** One turn of the next organizations that wait. Gives the number of events handed over. */
  async #round(line: Map<string, number>): Promise<number> {
    const client = await this.system.pool.connect();
    let failure: Error | undefined;
    try {
      await client.query('begin');
      const { rows } = await client.query<VisitedRow>(CLAIM, [
        this.#after,
        ORGANIZATIONS_A_ROUND,
        EVENTS_A_TURN,
        [...line.keys()],
        [...line.values()],
      ]);
      const handed = await this.#hand(rows.filter(isClaimed), line);
      await client.query(DELETE, [
        handed.map((row) => row.organization_id),
        handed.map((row) => row.seq),
      ]);
      await client.query('commit');
      this.#advance(rows);
      return handed.length;
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      // One that failed is thrown away with its transaction.
      client.release(failure);
    }
  }

  /** Adds the jobs of `rows` until an organization has enough in the line. Gives the rows that were handed over. */
  async #hand(rows: ClaimedRow[], line: Map<string, number>): Promise<ClaimedRow[]> {
    const jobs: JobToAdd[] = [];
    const handed = rows.filter((row) => {
      const before = line.get(row.organization_id) ?? 0;
      if (before >= MOST_OF_ONE) return false;
      const made = this.#jobsOf(row);
      jobs.push(...made);
      line.set(row.organization_id, before + made.length);
      return true;
    });
    if (jobs.length > 0) await this.queue.addBulk(jobs);
    this.#isHoldingBack ||= [...line.values()].some((count) => count >= MOST_OF_ONE);
    return handed;
  }

  #jobsOf(row: ClaimedRow): JobToAdd[] {
    return this.jobs.reactingTo(row.type).map((contract) => {
      const data = parseJobPayload({ organizationId: row.organization_id, seq: Number(row.seq) });
      const backoff = { type: 'exponential', delay: contract.backoff };
      return {
        name: contract.consumer,
        data,
        opts: { jobId: jobIdOf(contract.consumer, data), attempts: contract.attempts, backoff },
      };
    });
  }

  /** The next round begins after the last organization of this one, and from the first when the end was reached. */
  #advance(rows: VisitedRow[]): void {
    const visited = new Set(rows.map((row) => row.organization_id));
    this.#after = visited.size < ORGANIZATIONS_A_ROUND ? FIRST : rows.at(-1)!.organization_id;
  }
}

function isClaimed(row: VisitedRow): row is ClaimedRow {
  return row.seq !== null;
}
