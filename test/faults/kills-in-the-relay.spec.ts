import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/jobs.js';
import { Scene } from './scene.js';

/**
 * The worker is killed (SIGKILL, in a process of its own) between a commit and the job. Nothing in the product knows
 * of these tests: it is stopped there by a lock, by a pause of the queue, or by being suspended.
 */
describe('a worker that is killed', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await Scene.open('Postgres', 'kills_relay');
  });
  afterEach(() => scene?.reset());
  afterAll(() => scene?.close());

  /** The mails to send, as they stand in the table: BullMQ's own count leaves out those of a paused queue. */
  async function waitingJobs(): Promise<number> {
    const { rowCount } = await scene.owner.query(
      "select from bullmq.job where state = 'waiting' and name = 'email.send_reply'",
    );
    return rowCount!;
  }

  it('after the commit and before the relay has mailed nothing; the next one does, once', async () => {
    const first = await scene.worker();
    first.signal('SIGSTOP');
    const mail = await scene.reply();
    await first.kill();
    expect(mail.seen()).toEqual([]);
    expect(await scene.outboxSize()).toBeGreaterThan(0);

    await scene.worker();
    await eventually('the reply is noted as sent', mail.isNoted);
    expect(mail.taken()).toHaveLength(1);
    expect(await mail.events()).toEqual([{ type: 'mail.sent' }]);
  });

  it('in the relay, between handing over and deleting, hands over again: one job, one mail', async () => {
    const first = await scene.worker();
    await scene.queue.pause();
    first.signal('SIGSTOP');
    const mail = await scene.reply();
    // Rows may be claimed under this lock, and not deleted.
    await scene.locker.query('begin');
    await scene.locker.query('lock table outbox in share mode');
    first.signal('SIGCONT');
    await eventually('the relay waits to delete', () => scene.isWaiting('delete from outbox%'));
    expect(await waitingJobs()).toBe(1);
    await first.kill();
    await scene.locker.query('rollback');
    expect(await scene.outboxSize()).toBeGreaterThan(0);

    await scene.worker();
    await eventually('the outbox is empty', async () => (await scene.outboxSize()) === 0);
    expect(await waitingJobs()).toBe(1);
    await scene.queue.resume();
    await eventually('the reply is noted as sent', mail.isNoted);
    expect(mail.seen()).toHaveLength(1);
    expect(await mail.events()).toEqual([{ type: 'mail.sent' }]);
  });

  it('after the relay and before the job leaves the job to the next one', async () => {
    const first = await scene.worker();
    await scene.queue.pause();
    const mail = await scene.reply();
    await eventually('the outbox is empty', async () => (await scene.outboxSize()) === 0);
    await first.kill();
    expect(mail.seen()).toEqual([]);

    await scene.queue.resume();
    await scene.worker();
    await eventually('the reply is noted as sent', mail.isNoted);
    expect(mail.seen()).toHaveLength(1);
    expect(await mail.events()).toEqual([{ type: 'mail.sent' }]);
  });
});
