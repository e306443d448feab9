import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/jobs.js';
import { backendNames } from '../support/queues.js';
import { Scene } from './scene.js';

/** As in the relay: killed for real, held at the point by the mail server or by a lock on the row to be written. */
describe.each(backendNames())('a worker with its queue on %s that is killed', (name) => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await Scene.open(name, `kills_job_${name.toLowerCase()}`);
  });
  afterEach(() => scene?.reset());
  afterAll(() => scene?.close());

  it('in the job, before its effect, is followed by one that has the effect', async () => {
    scene.server.judge = () => new Promise(() => undefined);
    const first = await scene.worker();
    const mail = await scene.reply();
    await eventually('the mail is being handed over', () => mail.seen().length === 1);
    await first.kill();
    expect(mail.taken()).toEqual([]);
    scene.server.judge = () => undefined;
    await scene.backend.outliveLocks(scene.database);

    await scene.worker();
    await eventually('the reply is noted as sent', mail.isNoted);
    expect(mail.taken()).toHaveLength(1);
    // Whether the first was taken is known to the mail server alone, so both are the same mail.
    expect(mail.seen()).toHaveLength(2);
    expect(new Set(mail.seen().map(({ raw }) => raw)).size).toBe(1);
    expect(await mail.events()).toEqual([{ type: 'mail.sent' }]);
  });

  it('in the job, after its effect and before that is noted, has it twice under one id', async () => {
    await scene.locker.query('begin');
    scene.server.judge = async () => {
      await scene.locker.query("select from outbound_mails where status = 'queued' for update");
    };
    const first = await scene.worker();
    const mail = await scene.reply();
    await eventually('the mail was taken', () => mail.taken().length === 1);
    await eventually('it waits to be noted', () => scene.isWaiting('UPDATE%outbound_mails%'));
    expect(await mail.isNoted()).toBe(false);
    await first.kill();
    await scene.locker.query('rollback');
    scene.server.judge = () => undefined;
    await scene.backend.outliveLocks(scene.database);

    await scene.worker();
    await eventually('the reply is noted as sent', mail.isNoted);
    const [one, two, ...more] = mail.taken();
    expect(more).toEqual([]);
    expect(two!.headers['message-id']).toBe(one!.headers['message-id']);
    expect(two!.raw).toBe(one!.raw);
    expect(await mail.events()).toEqual([{ type: 'mail.sent' }]);
  });
});
