import { getQueueToken } from '@nestjs/bullmq';
import type { Queue } from 'bullmq';
import { SystemDb } from '#core/database/system-db.js';
import type { RunningApp } from './app.js';

const PATIENCE = 20_000;
const LOOK_EVERY = 20;
/**
 * Milliseconds for what every process is told of. The promise is a second; how long a loaded machine needs to run a test
 * is not ours to assert. Without being told a process would find out in 30 seconds (what it trusts its memory for).
 */
export const TOLD_SOON = 5_000;

/** Resolves with the first answer of `look` that is neither undefined nor false; rejects, saying `what`, at the deadline. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  patience = PATIENCE,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`not within ${patience} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}

/** Resolves when everything that `running` (with its worker) has to do is done: no event to hand over, no job in the queue. */
export async function settled(running: RunningApp): Promise<void> {
  const queue = running.app.get<Queue>(getQueueToken('jobs'), { strict: false });
  const { pool } = running.get(SystemDb);
  await eventually('the outbox and the queue are empty', async () => {
    const { rows } = await pool.query<{ waiting: boolean }>(
      'select exists (select from outbox) as waiting',
    );
    if (rows[0]!.waiting) return false;
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
    return Object.values(counts).every((count) => count === 0);
  });
}
