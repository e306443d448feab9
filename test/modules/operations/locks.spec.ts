import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { eventually, settled } from '../../support/jobs.js';

/** Whoever gives tickets to somebody holds the person before the tickets: who takes the work of one who leaves does too. */
const running = await useApp({ worker: true, database: await databaseOfItsOwn('operation_locks') });
const { given, database } = running;
const acme = await given.organization();
const { owner } = acme;
const agent = await acme.user('agent');

/** Does `ask` while the person is being let go of, and looks whether the ticket is free as soon as that waits. */
async function whileLetGo(ticketId: string, ask: () => Promise<unknown>): Promise<unknown> {
  return asOwner(database, async (client) => {
    await client.query('begin');
    const key = `assignee:${acme.id}:${agent.user.id}`;
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
    const asked = ask();
    try {
      await eventually('somebody waits for the person', async () => {
        const { rows } = await client.query(
          `select from pg_locks where locktype = 'advisory' and not granted`,
        );
        return rows.length > 0;
      });
      await client.query('select from tickets where id = $1 for update nowait', [ticketId]);
    } finally {
      await client.query('commit');
    }
    return asked;
  });
}

const assigneeOf = async (id: string): Promise<unknown> =>
  (await owner.get(`/tickets/${id}`)).body.data.assignee?.id ?? null;

it('a bulk change does, and so does its undoing', async () => {
  const { id } = await acme.ticket();
  expectStatus(await owner.put(`/tickets/${id}/assignment`, { assigneeId: agent.user.id }), 200);
  const change = { assigneeId: null };
  const gone = await owner.post('/bulk-operations', { ticketIds: [id], change });
  await settled(running);
  expect(await assigneeOf(id)).toBeNull();

  await whileLetGo(id, () => owner.put(`/operations/${gone.body.data.id}/undoing`, {}));
  await settled(running);
  expect(await assigneeOf(id)).toBe(agent.user.id);

  const other = await acme.ticket();
  const given = { ticketIds: [other.id], change: { assigneeId: agent.user.id } };
  await whileLetGo(other.id, () => owner.post('/bulk-operations', given));
  await settled(running);
  expect(await assigneeOf(other.id)).toBe(agent.user.id);
});

it('a macro does that writes first', async () => {
  const { id } = await acme.ticket();
  const actions = [
    { type: 'note', value: '<p>Yours.</p>' },
    { type: 'assign', value: agent.user.id },
  ];
  const macro = { name: 'Over to them', scope: 'organization', actions };
  const macroId = expectStatus(await owner.post('/macros', macro), 201).body.data.id;

  const run = await whileLetGo(id, () => owner.post(`/tickets/${id}/macro-runs`, { macroId }));

  expect(run).toMatchObject({ status: 201 });
  expect(await assigneeOf(id)).toBe(agent.user.id);
});
