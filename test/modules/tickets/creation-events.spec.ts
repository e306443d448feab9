import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';

const { given } = await useApp();
const acme = await given.organization();

async function created(id: string): Promise<any> {
  const events = await acme.events();
  return events.find(({ type, subject }) => type === 'ticket.created' && subject.id === id).data;
}

async function opened(more: object = {}): Promise<any> {
  const requester = { email: 'rita@customer.example' };
  const ticket = { subject: 'Hi', body: 'Hi', requester, ...more };
  return expectStatus(await acme.owner.post('/tickets', ticket), 201).body.data;
}

describe('what is told of a new ticket', () => {
  it('says in which state it begins, when that is not the usual one', async () => {
    const states = (await acme.owner.get('/ticket-states')).body.data;
    const { id: stateId } = states.find(({ category }: any) => category === 'pending');

    const [usual, pending] = [await opened(), await opened({ stateId })];

    expect(await created(pending.id)).toMatchObject({ status: 'pending', stateId });
    expect(await created(usual.id)).not.toHaveProperty('stateId');
  });

  it('says whose team it is, also when nobody named one', async () => {
    const none = await opened();
    const [chosen, usual] = await Promise.all(
      ['Billing', 'First line'].map(
        async (name) => (await acme.owner.post('/teams', { name })).body.data,
      ),
    );
    await acme.owner.patch(`/teams/${usual.id}`, { isDefault: true });

    const [named, sorted] = [await opened({ teamId: chosen.id }), await opened({ type: 'task' })];

    expect(await created(none.id)).not.toHaveProperty('teamId');
    expect((await created(named.id)).teamId).toBe(chosen.id);
    expect(await created(sorted.id)).toMatchObject({ teamId: usual.id, type: 'task' });
    expect(sorted.teamId).toBe(usual.id);
    const { id: note } = await acme.message(sorted.id, 'note');
    const split = await acme.owner.post(`/tickets/${sorted.id}/splits`, { messageIds: [note] });
    const { ticket } = expectStatus(split, 201).body.data;
    expect(await created(ticket.id)).toMatchObject({ teamId: usual.id, type: 'task' });
  });
});
