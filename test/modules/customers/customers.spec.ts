import { useApp } from '../../support/app.js';
import { addressOf } from '../../support/given.js';
import { expectStatus } from '../../support/as.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const ABSENT = '01900000-0000-7000-8000-000000000000';
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const made = async (fields: Record<string, unknown> = {}, by = acme.owner): Promise<any> =>
  expectStatus(await by.post('/customers', { email: addressOf('rita'), ...fields }), 201).body.data;

describe('a customer', () => {
  it('is made whole, and shown the same ever after', async () => {
    const [email, second] = [addressOf('Rita'), addressOf('rita.home')];
    const agent = await acme.user('agent');

    const answer = await agent.post('/customers', {
      ...{ email, name: 'Rita Requester', addresses: [second, email] },
      notes: 'Likes printers.',
    });

    expect(answer.status).toBe(201);
    expect(answer.body.data).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7/),
      name: 'Rita Requester',
      email: email.toLowerCase(),
      addresses: expect.arrayContaining([email.toLowerCase(), second]),
      company: null,
      notes: 'Likes printers.',
      fields: {},
      mergedIntoId: null,
      erasedAt: null,
      ticketCount: 0,
      createdAt: INSTANT,
      updatedAt: INSTANT,
    });
    expect(answer.body.data.addresses).toHaveLength(2);
    const shown = await agent.get(`/customers/${answer.body.data.id}`);
    expect(shown.body).toEqual(answer.body);
  });

  it('is the one who asks by any of their addresses', async () => {
    const [main, other] = [addressOf('main'), addressOf('other')];
    const rita = await made({ email: main, name: 'Rita', addresses: [other] });

    const ticket = await acme.ticket({ requester: { email: other.toUpperCase() } });

    expect(ticket.requester).toEqual({ id: rita.id, email: main, name: 'Rita' });
    const { body } = await acme.owner.get(`/customers/${rita.id}`);
    expect(body.data.ticketCount).toBe(1);
  });

  it('does not have an address that another one has, and says who has it', async () => {
    const rita = await made({ addresses: [addressOf('second')] });

    for (const email of rita.addresses) {
      const { status, body } = await acme.owner.post('/customers', { email });
      expect(status).toBe(409);
      expect(body.error).toMatchObject({
        code: 'customer.address_taken',
        details: { customerId: rita.id },
      });
    }
    const twice = await made();
    const { body } = await acme.owner.post('/customers', {
      email: addressOf('x'),
      addresses: [twice.email],
    });
    expect(body.error.details).toEqual({ customerId: twice.id });
  });

  it('is made once by two who do it at the same moment', async () => {
    const email = addressOf('race');

    const answers = await Promise.all([
      acme.owner.post('/customers', { email }),
      acme.owner.post('/customers', { email }),
      acme.owner.post('/customers', { email: addressOf('y'), addresses: [email] }),
    ]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const { body } = await acme.owner.get(`/customers?email=${email}`);
    expect(body).toMatchObject({ total: 1, totalIsExact: true });
  });

  it('of another organization says nothing about an address here', async () => {
    const there = await made({}, globex.owner);

    const here = await acme.owner.post('/customers', { email: there.email });

    expect(here.status).toBe(201);
    expect(here.body.data.id).not.toBe(there.id);
    for (const id of [there.id, ABSENT]) {
      for (const answer of [
        await acme.owner.get(`/customers/${id}`),
        await acme.owner.patch(`/customers/${id}`, { notes: 'x' }),
        await acme.owner.put(`/customers/${id}/main-address`, { email: there.email }),
        await acme.owner.post(`/customers/${here.body.data.id}/merges`, { customerId: id }),
      ]) {
        expect(answer.status).toBe(404);
        expect(answer.body.error.code).toBe('customer.not_found');
      }
    }
  });

  it.each([
    ['no address', {}],
    ['an address that is none', { email: 'rita' }],
    ['addresses that are none', { email: 'a@b.example', addresses: ['rita'] }],
    ['an empty name', { email: 'a@b.example', name: ' ' }],
    ['a company that is no id', { email: 'a@b.example', companyId: 'x' }],
    ['a custom field that is not there', { email: 'a@b.example', fields: { nope: 1 } }],
    ['notes that are a book', { email: 'a@b.example', notes: 'x'.repeat(20_001) }],
  ])('is refused with %s', async (_, body) => {
    const answer = await acme.owner.post('/customers', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('validation.failed');
  });

  it('is seen by readers and changed by who may', async () => {
    const viewer = await acme.user('viewer');
    const rita = await made();
    const key = await acme.apiKey(['tickets:read']);

    expect((await viewer.get(`/customers/${rita.id}`)).status).toBe(200);
    expect((await viewer.patch(`/customers/${rita.id}`, { notes: 'x' })).status).toBe(403);
    expect((await key.get('/customers')).status).toBe(403);
  });
});

describe('changing a customer', () => {
  it('changes what is sent, tells the log which fields, and leaves the rest', async () => {
    const rita = await made({ name: 'Rita', notes: 'Old.' });
    const ticket = await acme.ticket({ requester: { email: rita.email } });

    const { body } = await acme.owner.patch(`/customers/${rita.id}`, { name: 'Rita R.' });

    expect(body.data).toMatchObject({ name: 'Rita R.', notes: 'Old.', email: rita.email });
    const shown = await acme.owner.get(`/tickets/${ticket.id}`);
    expect(shown.body.data.requester.name).toBe('Rita R.');
    const event = (await acme.events()).at(-1);
    expect(event).toMatchObject({
      type: 'customer.changed',
      subject: { type: 'customer', id: rita.id },
      data: { fields: ['name'] },
    });
    expect(JSON.stringify(event)).not.toContain(rita.email);
  });

  it('records nothing when nothing changes', async () => {
    const rita = await made({ name: 'Rita' });
    const before = (await acme.events()).length;

    const { status } = await acme.owner.patch(`/customers/${rita.id}`, { name: 'Rita' });

    expect(status).toBe(200);
    expect(await acme.events()).toHaveLength(before);
  });

  it('goes through beside a change of another field, and is told of one of the same', async () => {
    const rita = await made({ name: 'Rita', notes: '' });
    const at = `/customers/${rita.id}`;
    const etag = (await acme.owner.get(at)).headers.etag!;
    const seen = { headers: { 'if-match': etag } };
    await acme.owner.patch(at, { notes: 'Theirs.' }, seen);

    expect((await acme.owner.patch(at, { name: 'Rita R.' }, seen)).status).toBe(200);
    const late = await acme.owner.patch(at, { notes: 'Mine.' }, seen);

    expect(late.status).toBe(412);
    expect(late.body.error).toMatchObject({
      code: 'edit.conflict',
      details: { conflicts: [{ field: 'notes', yours: 'Mine.', theirs: 'Theirs.' }] },
    });
    const again = { headers: { 'if-match': late.body.error.details.etag } };
    expect((await acme.owner.patch(at, { notes: 'Mine.' }, again)).body.data.notes).toBe('Mine.');
    const foreign = { headers: { 'if-match': '"other"' } };
    expect((await acme.owner.patch(at, { notes: 'x' }, foreign)).status).toBe(412);
  });

  it('answers 304 to who has it, and not when a ticket has come', async () => {
    const rita = await made();
    const at = `/customers/${rita.id}`;
    const etag = (await acme.owner.get(at)).headers.etag!;
    const known = { headers: { 'if-none-match': etag } };

    expect((await acme.owner.get(at, known)).status).toBe(304);
    const head = await acme.owner.send('HEAD', at, undefined, known);
    expect([head.status, head.text, head.headers.etag]).toEqual([304, '', etag]);
    expect((await acme.owner.send('HEAD', at)).status).toBe(200);
    await acme.ticket({ requester: { email: rita.email } });
    expect((await acme.owner.get(at, known)).status).toBe(200);
  });
});
