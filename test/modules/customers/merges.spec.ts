import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { addressOf } from '../../support/given.js';

const { given } = await useApp();
const acme = await given.organization();
const made = async (fields: Record<string, unknown> = {}): Promise<any> =>
  expectStatus(await acme.owner.post('/customers', { email: addressOf('rita'), ...fields }), 201)
    .body.data;
const merge = (into: { id: string }, other: { id: string }) =>
  acme.owner.post(`/customers/${into.id}/merges`, { customerId: other.id });
const ticketsOf = async (id: string): Promise<number> =>
  (await acme.owner.get(`/tickets?requesterId=${id}`)).body.total;

describe('merging a customer into another', () => {
  it('moves addresses and tickets, joins notes, and keeps what the other one wrote', async () => {
    const rita = await made({ name: 'Rita', notes: 'One.' });
    const other = await made({ name: 'R. Requester', notes: 'Two.' });
    const ticket = await acme.ticket({ requester: { email: other.email } });

    const { status, body } = await merge(rita, other);

    expect(status).toBe(201);
    expect(body.data).toMatchObject({
      id: rita.id,
      name: 'Rita',
      email: rita.email,
      addresses: [rita.email, other.email],
      notes: 'One.\n\nTwo.',
      ticketCount: 1,
    });
    const shown = (await acme.owner.get(`/tickets/${ticket.id}`)).body.data;
    expect(shown.requester).toEqual({ id: rita.id, email: rita.email, name: 'Rita' });
    const messages = (await acme.owner.get(`/tickets/${ticket.id}/messages`)).body.data;
    expect(messages[0].author).toMatchObject({ id: other.id, name: 'R. Requester' });
    const gone = (await acme.owner.get(`/customers/${other.id}`)).body.data;
    expect(gone).toMatchObject({ mergedIntoId: rita.id, addresses: [], ticketCount: 0 });
    expect((await acme.events()).at(-1)).toMatchObject({
      type: 'customer.merged',
      subject: { id: rita.id },
      data: { customerId: other.id, tickets: 1, addresses: 1 },
    });
  });

  it('leaves nothing that the other one could still be changed or found by', async () => {
    const [rita, other] = [await made(), await made()];
    await merge(rita, other);

    for (const answer of [
      await merge(await made(), other),
      await merge(other, await made()),
      await acme.owner.patch(`/customers/${other.id}`, { notes: 'x' }),
      await acme.owner.post(`/customers/${other.id}/addresses`, { email: addressOf('x') }),
    ]) {
      expect(answer.status).toBe(409);
      expect(answer.body.error).toMatchObject({
        code: 'customer.merged',
        details: { mergedIntoId: rita.id },
      });
    }
    const found = await acme.owner.get(`/customers?email=${other.email}`);
    expect(found.body.data).toMatchObject([{ id: rita.id }]);
    const ticket = await acme.ticket({ requester: { email: other.email } });
    expect(ticket.requester.id).toBe(rita.id);
  });

  it('lets the address of the other one be the main one, or go to somebody new', async () => {
    const [rita, other] = [await made(), await made()];
    await merge(rita, other);

    const main = await acme.owner.put(`/customers/${rita.id}/main-address`, { email: other.email });
    expect(main.body.data.email).toBe(other.email);
    await acme.owner.put(`/customers/${rita.id}/main-address`, { email: rita.email });
    await acme.owner.delete(`/customers/${rita.id}/addresses/${other.email}`);
    expect((await acme.owner.post('/customers', { email: other.email })).status).toBe(201);
  });

  it('is not merging with oneself', async () => {
    const rita = await made();
    const { status, body } = await merge(rita, rita);
    expect([status, body.error.code]).toEqual([409, 'customer.same']);
  });

  it('both ways at once ends with one of the two, and no ticket is lost', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [a, b] = [await made(), await made()];
      await acme.ticket({ requester: { email: a.email } });
      await acme.ticket({ requester: { email: b.email } });

      const answers = await Promise.all([merge(a, b), merge(b, a)]);

      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      const stands = answers[0]!.status === 201 ? a : b;
      const gone = stands === a ? b : a;
      expect(await ticketsOf(stands.id)).toBe(2);
      const shown = (await acme.owner.get(`/customers/${gone.id}`)).body.data;
      expect(shown.mergedIntoId).toBe(stands.id);
      const { body } = await acme.owner.get(`/customers/${stands.id}`);
      expect(body.data).toMatchObject({ mergedIntoId: null, ticketCount: 2 });
    }
  });

  it('takes along the tickets that are opened at the same moment', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [rita, other] = [await made(), await made()];
      const open = () =>
        acme.owner.post('/tickets', {
          ...{ subject: 'Hi', body: 'Hi', requester: { email: other.email } },
        });

      const answers = await Promise.all([open(), open(), merge(rita, other), open(), open()]);

      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
      expect(await ticketsOf(rita.id)).toBe(4);
      expect(await ticketsOf(other.id)).toBe(0);
    }
  });

  it('waits for nobody who waits for it, whatever becomes of the tickets at the same moment', async () => {
    for (let round = 0; round < 6; round += 1) {
      const [rita, other] = [await made(), await made()];
      const tickets = [];
      for (let at = 0; at < 5; at += 1) {
        const ticket = await acme.ticket({ requester: { email: other.email } });
        tickets.push({ ...ticket, note: await acme.message(ticket.id, 'note') });
      }
      const [first, second, third, fourth, fifth] = tickets as [any, any, any, any, any];

      const answers = await Promise.all([
        acme.owner.put(`/tickets/${first.id}/requester`, { requesterId: rita.id }),
        acme.owner.post(`/tickets/${second.id}/splits`, { messageIds: [second.note.id] }),
        merge(rita, other),
        acme.owner.post(`/tickets/${fourth.id}/merges`, { ticketIds: [third.id] }),
        acme.owner.patch(`/customers/${other.id}`, { name: `Round ${round}` }),
        acme.owner.post(`/tickets/${fifth.id}/messages`, {
          ...{ kind: 'reply', body: 'Done.', status: 'solved' },
        }),
      ]);

      for (const { status } of answers) expect([200, 201, 409]).toContain(status);
      expect(answers.slice(0, 4).map(({ status }) => status)).toEqual([200, 201, 201, 201]);
      expect(await ticketsOf(other.id)).toBe(0);
      expect(await ticketsOf(rita.id)).toBe(6);
    }
  });

  it('goes on along a chain, which never closes', async () => {
    const [a, b, c] = [await made(), await made(), await made()];

    const answers = await Promise.all([merge(a, b), merge(b, c), merge(c, a)]);

    const done = answers.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThanOrEqual(1);
    const shown = await Promise.all(
      [a, b, c].map(async ({ id }) => (await acme.owner.get(`/customers/${id}`)).body.data),
    );
    expect(shown.filter(({ mergedIntoId }) => mergedIntoId === null)).toHaveLength(3 - done.length);
    const addresses = shown.flatMap((customer) => customer.addresses);
    expect(addresses.toSorted()).toEqual([a.email, b.email, c.email].toSorted());
  });
});
