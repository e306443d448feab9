import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { expectStatus } from '../support/as.js';
import { eventually } from '../support/jobs.js';
import { backendNames } from '../support/queues.js';
import { Scene } from './scene.js';

/** Milliseconds: it opens two workers one after the other. */
const PATIENCE = 60_000;

/** Held where its bytes are written and nothing counts them yet, and killed for real there. */
describe.each(backendNames())(
  'a worker with its queue on %s that is killed in an export',
  (name) => {
    let scene: Scene;

    beforeAll(async () => {
      scene = await Scene.open(name, `kills_export_${name.toLowerCase()}`);
    });
    afterEach(() => scene?.reset());
    afterAll(() => scene?.close());

    it(
      'is followed by one that writes the file anew, and it is finished once',
      async () => {
        const { owner } = scene.acme;
        for (let made = 0; made < 3; made += 1) await scene.acme.ticket();
        await scene.locker.query('begin');
        const storage = `files ${scene.acme.id}`;
        await scene.locker.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
          storage,
        ]);
        const asked = await owner.post('/exports', { format: 'jsonl' });
        const { id } = expectStatus(asked, 201).body.data;
        const exported = async (): Promise<any> => (await owner.get(`/exports/${id}`)).body.data;
        const first = await scene.worker();
        const isHeld = () => scene.isWaiting('%pg_advisory_xact_lock%files%');
        await eventually('it waits for the storage', isHeld, PATIENCE);
        const half = await exported();
        await first.kill();
        await scene.locker.query('rollback');
        await scene.backend.outliveLocks(scene.database);

        await scene.worker();
        const isDone = async () => (await exported()).status === 'done';
        await eventually('the export is done', isDone, PATIENCE);

        expect(half).toMatchObject({ status: 'running', total: 3, done: 3, finishedAt: null });
        expect(await exported()).toMatchObject({ total: 3, done: 3, problem: null });
        const { rows } = await scene.owner.query(
          `select e.type, (select count(*)::int from files) as files from ledger_events e
           where e.subject_id = $1 order by e.seq`,
          [id],
        );
        expect(rows).toEqual([
          { type: 'export.requested', files: 1 },
          { type: 'export.finished', files: 1 },
        ]);
      },
      3 * PATIENCE,
    );
  },
);
