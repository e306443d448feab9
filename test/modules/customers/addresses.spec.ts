import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { addressOf } from '../../support/given.js';

const { given } = await useApp();
const acme = await given.organization();
const made = async (fields: Record<string, unknown> = {}): Promise<any> =>
  expectStatus(await acme.owner.post('/customers', { email: addressOf('rita'), ...fields }), 201)
    .body.data;

describe('an address more', () => {
  it('is added once, however often', async () => {
    const rita = await made();
    const email = addressOf('work');

    for (const written of [email, email.toUpperCase()]) {
      const { status, body } = await acme.owner.post(`/customers/${rita.id}/addresses`, {
        email: written,
      });
      expect(status).toBe(201);
      expect(body.data.addresses).toEqual([rita.email, email]);
    }
    const found = await acme.owner.get(`/customers?email=${email}`);
    expect(found.body.data).toMatchObject([{ id: rita.id }]);
  });

  it('is not one of another customer', async () => {
    const [rita, sam] = [await made(), await made()];

    const { status, body } = await acme.owner.post(`/customers/${rita.id}/addresses`, {
      email: sam.email,
    });

    expect(status).toBe(409);
    expect(body.error).toMatchObject({
      code: 'customer.address_taken',
      details: { customerId: sam.id },
    });
  });

  it('goes to one of two who take it at the same moment, also to one who opens a ticket from it', async () => {
    const [rita, sam] = [await made(), await made()];
    const email = addressOf('race');

    const answers = await Promise.all([
      acme.owner.post(`/customers/${rita.id}/addresses`, { email }),
      acme.owner.post(`/customers/${sam.id}/addresses`, { email }),
      acme.owner.post('/tickets', { subject: 'Hi', body: 'Hi', requester: { email } }),
    ]);

    expect(answers[2]!.status).toBe(201);
    const { body } = await acme.owner.get(`/customers?email=${email}`);
    expect(body.data).toHaveLength(1);
    expect(body.data[0].id).toBe(answers[2]!.body.data.requester.id);
    const taken = answers.slice(0, 2).filter(({ status }) => status === 201);
    expect(taken.length).toBeLessThanOrEqual(1);
  });

  it('stops at fifty', async () => {
    const addresses = Array.from({ length: 49 }, (_, n) => addressOf(`n${n}`));
    const rita = await made({ addresses });

    const { status, body } = await acme.owner.post(`/customers/${rita.id}/addresses`, {
      email: addressOf('more'),
    });

    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: 'customer.too_many_addresses' });
  });
});

describe('the main address', () => {
  it('is another one of theirs, and tickets show it', async () => {
    const email = addressOf('work');
    const rita = await made({ addresses: [email] });
    const ticket = await acme.ticket({ requester: { email: rita.email } });

    const { status, body } = await acme.owner.put(`/customers/${rita.id}/main-address`, { email });

    expect(status).toBe(200);
    expect(body.data).toMatchObject({ email, addresses: expect.arrayContaining([rita.email]) });
    const shown = await acme.owner.get(`/tickets/${ticket.id}`);
    expect(shown.body.data.requester).toMatchObject({ id: rita.id, email });
  });

  it('is not one that they do not have', async () => {
    const [rita, sam] = [await made(), await made()];
    for (const email of [sam.email, addressOf('nobody')]) {
      const { status, body } = await acme.owner.put(`/customers/${rita.id}/main-address`, {
        email,
      });
      expect(status).toBe(404);
      expect(body.error.code).toBe('customer.address_not_found');
    }
  });
});

describe('an address less', () => {
  it('may be had by somebody else afterwards', async () => {
    const email = addressOf('old');
    const rita = await made({ addresses: [email] });

    const { status, body } = await acme.owner.delete(
      `/customers/${rita.id}/addresses/${encodeURIComponent(email)}`,
    );

    expect(status).toBe(200);
    expect(body.data.addresses).toEqual([rita.email]);
    const ticket = await acme.ticket({ requester: { email } });
    expect(ticket.requester.id).not.toBe(rita.id);
  });

  it('is not the main one, and not one that they do not have', async () => {
    const rita = await made();
    const main = await acme.owner.delete(`/customers/${rita.id}/addresses/${rita.email}`);
    const none = await acme.owner.delete(`/customers/${rita.id}/addresses/${addressOf('none')}`);

    expect([main.status, main.body.error.code]).toEqual([409, 'customer.main_address']);
    expect([none.status, none.body.error.code]).toEqual([404, 'customer.address_not_found']);
  });
});
