import { useApp } from '../../support/app.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const agent = await acme.user('agent');

async function states(of = acme): Promise<any[]> {
  return (await of.owner.get('/ticket-states')).body.data;
}
async function state(name: string, category: string, of = acme): Promise<any> {
  const answer = await of.owner.post('/ticket-states', { name, category });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.data;
}

describe('the states', () => {
  it('are five from birth, one of each category', async () => {
    const desk = await given.organization();

    expect(
      (await states(desk)).map(({ name, category, isDefault }) => [name, category, isDefault]),
    ).toEqual([
      ['Open', 'open', true],
      ['Pending', 'pending', true],
      ['On hold', 'on_hold', true],
      ['Solved', 'solved', true],
      ['Closed', 'closed', true],
    ]);
  });

  it('are named and ordered by the organization, by who may', async () => {
    const parts = await state('Waiting for parts', 'on_hold');

    const moved = await acme.owner.patch(`/ticket-states/${parts.id}`, { position: 0 });

    expect(parts.position).toBe(6);
    expect(moved.headers.etag).toBe('"2"');
    expect((await states())[0].id).toBe(parts.id);
    expect((await agent.get('/ticket-states')).status).toBe(200);
    const byAgent = await agent.post('/ticket-states', { name: 'X', category: 'open' });
    expect(byAgent.status).toBe(403);
    const twice = await acme.owner.post('/ticket-states', { name: 'Open', category: 'open' });
    expect(twice.body.error.code).toBe('ticket_state.name_taken');
    const changed = await acme.owner.patch(`/ticket-states/${parts.id}`, { category: 'open' });
    expect(changed.status).toBe(400);
  });

  it('of another organization are not there', async () => {
    const { id } = await state('Theirs', 'open', globex);
    const ticket = await acme.ticket();

    expect((await acme.owner.patch(`/ticket-states/${id}`, { name: 'Mine' })).status).toBe(404);
    expect((await acme.owner.delete(`/ticket-states/${id}`)).status).toBe(404);
    const used = await acme.owner.patch(`/tickets/${ticket.id}`, { stateId: id });
    expect(used.body.error.code).toBe('ticket_state.not_found');
  });

  it('have one default of each category, however many are made it at once', async () => {
    const made = await Promise.all(['A', 'B', 'C'].map((name) => state(name, 'pending')));

    const answers = await Promise.all(
      made.map(({ id }) => acme.owner.patch(`/ticket-states/${id}`, { isDefault: true })),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const defaults = (await states()).filter((s) => s.category === 'pending' && s.isDefault);
    expect(defaults).toHaveLength(1);
    const { id } = await acme.ticket();
    const pending = await acme.owner.patch(`/tickets/${id}`, { status: 'pending' });
    expect(pending.body.data.stateId).toBe(defaults[0].id);
    const archived = await acme.owner.delete(`/ticket-states/${defaults[0].id}`);
    expect(archived.body.error.code).toBe('ticket_state.is_default');
  });

  it('that are archived keep their tickets and take no more', async () => {
    const old = await state('Old way', 'open');
    const ticket = await acme.ticket({ stateId: old.id });

    await acme.owner.delete(`/ticket-states/${old.id}`);

    expect((await acme.owner.get(`/tickets/${ticket.id}`)).body.data.stateId).toBe(old.id);
    const other = await acme.ticket();
    const late = await acme.owner.patch(`/tickets/${other.id}`, { stateId: old.id });
    expect(late.body.error.code).toBe('ticket_state.archived');
    const same = await acme.owner.patch(`/tickets/${ticket.id}`, { stateId: old.id });
    expect(same.status).toBe(200);
  });
});

describe('the state of a ticket', () => {
  it('brings its category along, and stays when only that is said', async () => {
    const parts = await state('Parts', 'on_hold');
    const { id } = await acme.ticket();

    const set = await acme.owner.patch(`/tickets/${id}`, { stateId: parts.id });
    const same = await acme.owner.patch(`/tickets/${id}`, { status: 'on_hold' });

    expect(set.body.data).toMatchObject({ stateId: parts.id, status: 'on_hold' });
    expect(same.body.data.stateId).toBe(parts.id);
    const both = await acme.owner.patch(`/tickets/${id}`, { stateId: parts.id, status: 'open' });
    expect(both.body.error.details[0].field).toBe('stateId');
  });

  it('closes by a closure alone, which may name the closed state', async () => {
    const wontFix = await state('Won’t fix', 'closed');
    const parts = await state('More parts', 'on_hold');
    const { id } = await acme.ticket();

    const byEdit = await acme.owner.patch(`/tickets/${id}`, { stateId: wontFix.id });
    const wrong = await acme.owner.put(`/tickets/${id}/closure`, { stateId: parts.id });
    const closed = await acme.owner.put(`/tickets/${id}/closure`, { stateId: wontFix.id });
    const edited = await acme.owner.patch(`/tickets/${id}`, { stateId: parts.id });

    expect(byEdit.body.error.code).toBe('ticket.closes_by_closure');
    expect(wrong.status).toBe(400);
    expect(closed.body.data).toMatchObject({ status: 'closed', stateId: wontFix.id });
    expect(closed.body.data.closedAt).toEqual(expect.any(String));
    expect(edited.body.error.code).toBe('ticket.closed');
  });
});
