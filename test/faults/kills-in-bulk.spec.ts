import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { expectStatus } from '../support/as.js';
import { eventually } from '../support/jobs.js';
import { backendNames } from '../support/queues.js';
import { Scene } from './scene.js';

/** The suite changes a few batches of them; MANYDESK_BULK_TICKETS=10000 is as many as one operation takes. */
const TICKETS = Number(process.env.MANYDESK_BULK_TICKETS ?? 120);
/** Milliseconds: it opens two workers one after the other. */
const PATIENCE = 60_000 + TICKETS * 30;

/** Held at a ticket in the middle by a lock on it, and killed for real there. */
describe.each(backendNames())(
  'a worker with its queue on %s that is killed in a bulk operation',
  (name) => {
    let scene: Scene;

    beforeAll(async () => {
      scene = await Scene.open(name, `kills_bulk_${name.toLowerCase()}`);
    });
    afterEach(() => scene?.reset());
    afterAll(() => scene?.close());

    it(
      'is followed by one that goes on where it stood, and each ticket is changed once',
      async () => {
        const ticketIds = await manyTickets(scene);
        const held = ticketIds[70]!;
        await scene.locker.query('begin');
        await scene.locker.query('select from tickets where id = $1 for no key update', [held]);
        const change = { priority: 'high', addTags: ['swept'] };
        const asked = await scene.acme.owner.post('/bulk-operations', { ticketIds, change });
        const { id } = expectStatus(asked, 201).body.data;
        const first = await scene.worker();
        const isHeld = () => scene.isWaiting('%from tickets t where%for update%');
        await eventually('it waits for the ticket', isHeld, PATIENCE);
        const half = await operation(scene, id);
        await first.kill();
        await scene.locker.query('rollback');
        await scene.backend.outliveLocks(scene.database);

        await scene.worker();
        const isDone = async () => {
          const now = await operation(scene, id);
          return now.status === 'done' && now;
        };
        const done = await eventually('the operation is done', isDone, PATIENCE);

        expect(half).toMatchObject({ status: 'running', done: 50, failed: 0 });
        expect(done).toMatchObject({ total: TICKETS, done: TICKETS, failed: 0 });
        expect(await eventsOf(scene, id, 'ticket.updated')).toBe(TICKETS);
        expect(await eventsOf(scene, id, 'operation.finished')).toBe(1);
        const { rowCount } = await scene.owner.query(
          "select from tickets where priority = 'high' and tags = '{swept}'",
        );
        expect(rowCount).toBe(TICKETS);

        expectStatus(await scene.acme.owner.put(`/operations/${id}/undoing`), 200);
        const isUndone = async () => (await operation(scene, id)).status === 'undone';
        await eventually('it is undone', isUndone, PATIENCE);
        const { rowCount: left } = await scene.owner.query(
          "select from tickets where priority = 'high' or tags <> '{}'",
        );
        expect(left).toBe(0);
      },
      3 * PATIENCE,
    );
  },
);

async function operation(scene: Scene, id: string): Promise<any> {
  return (await scene.acme.owner.get(`/operations/${id}`)).body.data;
}

async function eventsOf(scene: Scene, id: string, type: string): Promise<number> {
  const text = 'select from ledger_events where operation_id = $1 and type = $2';
  return (await scene.owner.query(text, [id, type])).rowCount!;
}

/** Copies of one ticket, made by the tables' owner: the API would take its time. Gives their ids in order. */
async function manyTickets(scene: Scene): Promise<string[]> {
  const { id } = await scene.acme.ticket();
  const { rows } = await scene.owner.query<{ id: string }>(
    `with made as (
       insert into tickets (organization_id, id, number, subject, channel, requester_id, requester_email, requester_name, state_id)
       select t.organization_id, gen_random_uuid(), 1000 + n, t.subject, t.channel, t.requester_id, t.requester_email, t.requester_name, t.state_id
       from tickets t, generate_series(1, $2::int) n where t.id = $1 returning id
     ) select id from made order by id`,
    [id, TICKETS],
  );
  return rows.map((row) => row.id);
}
