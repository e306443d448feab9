import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { settled } from '../../support/jobs.js';
import { undo } from './desk.js';

/** A closed state of the organization's own closes a ticket by whatever way it is given. */
const running = await useApp({ worker: true, database: await databaseOfItsOwn('closing') });
const acme = await running.given.organization();
const { owner } = acme;
const spam = { name: 'Spam', category: 'closed' };
const state = expectStatus(await owner.post('/ticket-states', spam), 201).body.data;
const key = 'order';
const field = { subject: 'ticket', key, name: 'Order', kind: 'text', requiredOnSolve: true };

const read = async (id: string): Promise<any> => (await owner.get(`/tickets/${id}`)).body.data;

async function inBulk(ids: string[]): Promise<any> {
  const body = { ticketIds: ids, change: { stateId: state.id } };
  const { id } = expectStatus(await owner.post('/bulk-operations', body), 201).body.data;
  await settled(running);
  return (await owner.get(`/operations/${id}`)).body.data;
}

async function closingMacro(): Promise<string> {
  const actions = [{ type: 'set_state', value: state.id }];
  const body = { name: 'Is spam', scope: 'organization', actions };
  return expectStatus(await owner.post('/macros', body), 201).body.data.id;
}

const CLOSED = { status: 'closed', stateId: state.id, closedAt: expect.any(String) };

describe('a closed state', () => {
  it('closes the tickets of a bulk change, which can be undone', async () => {
    const [one, two] = [await acme.ticket(), await acme.ticket()];
    expectStatus(await owner.put(`/tickets/${two.id}/closure`), 200);
    const { seq } = (await acme.events()).at(-1);

    const done = await inBulk([one.id, two.id]);

    expect(done).toMatchObject({ status: 'done', done: 2, failed: 0 });
    for (const { id } of [one, two]) expect(await read(id)).toMatchObject(CLOSED);
    const events = (await acme.events(seq)).filter(({ subject }) => subject.id === one.id);
    expect(events.map(({ type }) => type)).toEqual(['ticket.closed']);
    expectStatus(await undo(acme, done.id), 200);
    await settled(running);
    expect(await read(one.id)).toMatchObject({ status: 'open', closedAt: null });
    expect(await read(two.id)).toMatchObject({
      status: 'closed',
      stateId: expect.not.stringMatching(state.id),
    });
  });

  it('closes the ticket of a macro, which shows it beforehand', async () => {
    const ticket = await acme.ticket();
    const macroId = await closingMacro();

    const shown = await owner.post(`/macros/${macroId}/preview`, { ticketId: ticket.id });
    const run = await owner.post(`/tickets/${ticket.id}/macro-runs`, { macroId });

    expect(expectStatus(shown, 200).body.data.changes).toContainEqual(
      expect.objectContaining({ field: 'status', before: 'open', after: 'closed' }),
    );
    expect(expectStatus(run, 201).body.data.ticket).toMatchObject(CLOSED);
    expectStatus(await undo(acme, run.body.data.operation.id), 200);
    expect(await read(ticket.id)).toMatchObject({ status: 'open', closedAt: null });
  });

  it('asks for the fields that a closure asks for', async () => {
    const [one, two] = [await acme.ticket(), await acme.ticket()];
    const { id } = expectStatus(await owner.post('/custom-fields', field), 201).body.data;

    const done = await inBulk([one.id]);
    const run = await owner.post(`/tickets/${two.id}/macro-runs`, {
      macroId: await closingMacro(),
    });

    expect(done).toMatchObject({ done: 0, failed: 1 });
    expect(run).toMatchObject({ status: 409, body: { error: { code: 'ticket.fields_required' } } });
    expect([(await read(one.id)).status, (await read(two.id)).status]).toEqual(['open', 'open']);
    expectStatus(await owner.delete(`/custom-fields/${id}`), 200);
  });

  it('is still no edit, and opens nothing that is closed', async () => {
    const ticket = await acme.ticket();
    const edit = await owner.patch(`/tickets/${ticket.id}`, { stateId: state.id });
    expect(edit.body.error.code).toBe('ticket.closes_by_closure');
    expectStatus(await owner.put(`/tickets/${ticket.id}/closure`), 200);
    const opens = [{ type: 'set_status', value: 'open' }];
    const body = { name: 'Opens', scope: 'organization', actions: opens };
    const { id } = expectStatus(await owner.post('/macros', body), 201).body.data;

    const run = await owner.post(`/tickets/${ticket.id}/macro-runs`, { macroId: id });

    expect(run).toMatchObject({ status: 409, body: { error: { code: 'ticket.closed' } } });
  });
});

describe('the name of a personal macro', () => {
  it('is nobody else’s business, in the list of operations either', async () => {
    const agent = await acme.user('agent');
    const [ticket, shared] = [await acme.ticket(), await acme.ticket()];
    const actions = [{ type: 'set_priority', value: 'high' }];
    const mine = { name: 'For the annoying ones', scope: 'personal', actions };
    const { id } = expectStatus(await agent.post('/macros', mine), 201).body.data;
    const ours = { name: 'For everybody', scope: 'organization', actions };
    const macroId = expectStatus(await owner.post('/macros', ours), 201).body.data.id;

    expectStatus(await agent.post(`/tickets/${ticket.id}/macro-runs`, { macroId: id }), 201);
    expectStatus(await agent.post(`/tickets/${shared.id}/macro-runs`, { macroId }), 201);

    const { text, body } = await owner.get('/operations?kind=macro');
    expect(text).not.toContain('annoying');
    expect(body.data.map((it: any) => it.parameters)).toEqual(
      expect.arrayContaining([
        { macroId: id, ticketId: ticket.id },
        { macroId, name: 'For everybody', ticketId: shared.id },
      ]),
    );
  });
});
