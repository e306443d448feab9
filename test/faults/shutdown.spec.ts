import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/jobs.js';
import { backendNames } from '../support/queues.js';
import { Scene } from './scene.js';

describe.each(backendNames())('workers with their queue on %s', (name) => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await Scene.open(name, `shutdown_${name.toLowerCase()}`);
  });
  afterEach(() => scene?.reset());
  afterAll(() => scene?.close());

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finish the job under way on %s, then go',
    async (signal) => {
      let go = (): void => undefined;
      scene.server.judge = () => new Promise((resolve) => (go = resolve));
      const door = await scene.worker();
      const mail = await scene.reply();
      await eventually('the mail is being handed over', () => mail.seen().length === 1);
      door.signal(signal);
      // A second press must not cut it short.
      door.signal(signal);
      const meanwhile = await scene.reply();
      expect(door.isRunning).toBe(true);
      scene.server.judge = () => undefined;
      go();

      expect(await door.exited).toEqual({ code: 0, signal: null });
      expect(await mail.isNoted()).toBe(true);
      expect(await mail.events()).toEqual([{ type: 'mail.sent' }]);
      expect(meanwhile.seen()).toEqual([]);

      await scene.worker();
      await eventually('the other reply is noted as sent', meanwhile.isNoted);
      expect(mail.seen()).toHaveLength(1);
      expect(meanwhile.seen()).toHaveLength(1);
    },
  );

  it('two at once run each job once', async () => {
    await Promise.all([scene.worker(), scene.worker()]);
    const globex = await scene.running.given.organization();
    const mails = await Promise.all(
      Array.from({ length: 20 }, (_, index) => scene.reply(index % 2 ? globex : scene.acme)),
    );
    await eventually('all are noted', async () => {
      const noted = await Promise.all(mails.map((mail) => mail.isNoted()));
      return noted.every(Boolean);
    });
    for (const mail of mails) {
      expect(mail.seen()).toHaveLength(1);
      expect(await mail.events()).toEqual([{ type: 'mail.sent' }]);
    }
  });
});
