import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { settled } from '../../support/jobs.js';
import { AS_MAIL, mail } from '../../support/mail.js';
import { verdictOn, exported } from '../audit/files.js';
import { ADDRESS, customerOf, placesOf, SECRET } from './to-erase.js';

const running = await useApp({ worker: true, database: await databaseOfItsOwn('erasure') });
const { given, database } = running;

describe('the erasure of a customer', () => {
  it('leaves nothing of them in any table, and the chain of the log whole', async () => {
    const [acme, globex] = [await given.organization(), await given.organization('Globex')];
    const customer = await customerOf(running, acme);
    await customerOf(running, globex);
    const before = await placesOf(running, globex.id);
    expect(await placesOf(running, acme.id)).toEqual(
      expect.arrayContaining(['inbound_mails', 'ledger_events', 'messages', 'requesters']),
    );

    const logBefore = await exported(acme.owner, 'format=jsonl&scope=all');
    const erased = await acme.owner.post(`/customers/${customer.id}/erasure`);
    await settled(running);

    expect(expectStatus(erased, 201).body.data).toMatchObject({
      ...{ customerId: customer.id, tickets: 2, files: 1, mails: expect.any(Number) },
    });
    expect(await placesOf(running, acme.id)).toEqual([]);
    expect(await placesOf(running, globex.id)).toEqual(before);
    expect((await acme.owner.get('/audit/verification')).body.data).toMatchObject({
      ...{ valid: true, complete: true, erased: erased.body.data.events },
    });
    const last = (await acme.events()).at(-1);
    expect([last.type, last.subject.id]).toEqual(['customer.erased', customer.id]);
    expect(Object.values(last.data).every(Number.isInteger)).toBe(true);
    // What was exported before holds too, as far as it goes; what is exported now holds with the hashes alone.
    const logAfter = await exported(acme.owner, 'format=jsonl&scope=all');
    for (const text of [logBefore, logAfter]) expect((await verdictOn(text)).isValid).toBe(true);
    expect([logBefore.includes(SECRET), logAfter.includes(SECRET)]).toEqual([true, false]);
  });

  it('leaves the tickets, which can be read and answered to nobody', async () => {
    const acme = await given.organization();
    const customer = await customerOf(running, acme);
    await acme.owner.post(`/customers/${customer.id}/erasure`);
    const tickets = (await acme.owner.get('/tickets')).body.data;

    expect(tickets).toHaveLength(4);
    for (const { id } of tickets) {
      expect((await acme.owner.get(`/tickets/${id}`)).status).toBe(200);
      expect((await acme.owner.get(`/tickets/${id}/messages`)).status).toBe(200);
      expect((await acme.owner.get(`/tickets/${id}/timeline`)).status).toBe(200);
    }
    const now = (await acme.owner.get(`/customers/${customer.id}`)).body.data;
    expect(now).toMatchObject({
      name: 'Erased',
      email: `${customer.id}@erased.invalid`,
      notes: '',
    });
  });

  it('makes somebody new of whoever writes from the address again', async () => {
    const acme = await given.organization();
    const customer = await customerOf(running, acme);
    await acme.owner.post(`/customers/${customer.id}/erasure`);
    const ticket = await acme.ticket({ requester: { email: ADDRESS, name: 'Rita' } });
    expect(ticket.requester.id).not.toBe(customer.id);
    // The mail that was taken once is a new one, and opens a ticket of its own.
    const text = mail({ From: `R <${ADDRESS}>`, Subject: 'Once more' });
    const taken = await acme.owner.send('POST', '/inbound/mail', text, AS_MAIL);
    expect(expectStatus(taken, 201).body.data.disposition).toBe('ticket');
  });

  it('is quiet the second time', async () => {
    const acme = await given.organization();
    const customer = await customerOf(running, acme);
    const first = await acme.owner.post(`/customers/${customer.id}/erasure`);
    const second = await acme.owner.post(`/customers/${customer.id}/erasure`);

    expect(second.status).toBe(201);
    expect(second.body.data).toMatchObject({ erasedAt: first.body.data.erasedAt, messages: 0 });
    const events = (await acme.events()).filter(({ type }) => type === 'customer.erased');
    expect(events).toHaveLength(1);
  });

  it('is for good: nothing is changed, merged or opened for them any more', async () => {
    const acme = await given.organization();
    const { owner } = acme;
    const { id } = await customerOf(running, acme);
    await owner.post(`/customers/${id}/erasure`);
    const other = await owner.post('/customers', { email: 'new@customer.example' });
    const otherId = other.body.data.id;

    const answers = [
      await owner.patch(`/customers/${id}`, { notes: 'Back' }),
      await owner.post(`/customers/${id}/addresses`, { email: 'back@customer.example' }),
      await owner.post(`/customers/${id}/merges`, { customerId: otherId }),
      await owner.post(`/customers/${otherId}/merges`, { customerId: id }),
      await owner.post('/tickets', { subject: 'For them', body: 'Hi', requesterId: id }),
    ];
    expect(answers.map(({ status, body }) => [status, body.error?.code])).toEqual(
      answers.map(() => [409, 'customer.erased']),
    );
    expect((await owner.get('/customers')).body.data.map((each: any) => each.id)).not.toContain(id);
  });

  it('is for those who may, in their organization alone', async () => {
    const [acme, globex] = [await given.organization(), await given.organization('Globex')];
    const customer = await customerOf(running, acme);
    const foreign = await globex.owner.post(`/customers/${customer.id}/erasure`);
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'customer.not_found']);
    const agent = await acme.user('agent');
    expect((await agent.post(`/customers/${customer.id}/erasure`)).status).toBe(403);
    const { rows } = await asOwner(database, (client) =>
      client.query('select name from requesters where id = $1', [customer.id]),
    );
    expect(rows[0].name).toBe(`Rita ${SECRET}`);
  });
});
