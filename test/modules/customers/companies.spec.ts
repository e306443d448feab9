import { randomUUID } from 'node:crypto';
import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';

const { given } = await useApp();
const acme = await given.organization();
const globex = await given.organization('Globex');
const aDomain = (): string => `d${randomUUID()}.example`;
const made = async (fields: Record<string, unknown> = {}, by = acme.owner): Promise<any> =>
  expectStatus(await by.post('/companies', { name: `Firm ${randomUUID()}`, ...fields }), 201).body
    .data;
const customer = async (email: string, more = {}): Promise<any> =>
  expectStatus(await acme.owner.post('/customers', { email, ...more }), 201).body.data;
const read = async (path: string): Promise<any> => (await acme.owner.get(path)).body.data;

describe('a company', () => {
  it('is made, and shown the same ever after', async () => {
    const domain = aDomain();
    const answer = await acme.owner.post('/companies', {
      ...{ name: 'Initech', domains: [`@${domain.toUpperCase()}`, domain], notes: 'VIP' },
    });

    expect(answer.status).toBe(201);
    expect(answer.body.data).toMatchObject({
      ...{ name: 'Initech', domains: [domain], notes: 'VIP', fields: {} },
      ...{ customerCount: 0, ticketCount: 0 },
    });
    const shown = await acme.owner.get(`/companies/${answer.body.data.id}`);
    expect(shown.body).toEqual(answer.body);
    const again = await acme.owner.post('/companies', { name: 'Initech' });
    expect([again.status, again.body.error.code]).toEqual([409, 'company.name_taken']);
  });

  it('takes in the people of its domains who are of none, with their tickets', async () => {
    const [domain, other] = [aDomain(), aDomain()];
    const rita = await customer(`rita@${domain}`);
    const bound = await customer(`bound@${domain}`, { companyId: (await made()).id });
    const ticket = await acme.ticket({ requester: { email: rita.email } });

    const firm = await made({ domains: [domain] });

    expect(firm).toMatchObject({ customerCount: 1, ticketCount: 1 });
    expect((await read(`/customers/${rita.id}`)).company).toEqual({ id: firm.id, name: firm.name });
    expect((await read(`/customers/${bound.id}`)).company.id).not.toBe(firm.id);
    const listed = await read(`/customers?companyId=${firm.id}`);
    expect(listed.map(({ id }: { id: string }) => id)).toEqual([rita.id]);
    expect((await read(`/tickets/${ticket.id}`)).requester.id).toBe(rita.id);

    const late = await customer(`late@${other}`);
    await acme.owner.patch(`/companies/${firm.id}`, { domains: [domain, other] });
    expect((await read(`/customers/${late.id}`)).company.id).toBe(firm.id);
  });

  it('is that of whoever writes from its domain later', async () => {
    const domain = aDomain();
    const firm = await made({ domains: [domain] });

    const ticket = await acme.ticket({ requester: { email: `New.One@${domain.toUpperCase()}` } });
    const direct = await customer(`direct@${domain}`);
    const [told] = (await acme.events()).slice(-1);
    expect(told).toMatchObject({
      ...{ type: 'customer.created', subject: { id: direct.id }, data: { companyId: firm.id } },
    });
    const none = await customer(`none@${domain}`, { companyId: null });

    expect((await read(`/customers/${ticket.requester.id}`)).company.id).toBe(firm.id);
    expect(direct.company.id).toBe(firm.id);
    expect(none.company).toBeNull();
    expect((await read(`/companies/${firm.id}`)).ticketCount).toBe(1);
  });

  it.each([
    'gmail.com',
    'Outlook.com',
    '@yahoo.co.uk',
    'web.de',
    'nodot',
    'a b.example',
    '1.2.3.4',
  ])('does not have the domain %s', async (domain) => {
    const { status, body } = await acme.owner.post('/companies', {
      ...{ name: randomUUID(), domains: [domain] },
    });
    expect(status).toBe(400);
    expect(body.error.details[0].field).toBe('domains.0');
  });

  it('does not have the domain of another one, except of another organization', async () => {
    const domain = aDomain();
    await made({ domains: [domain] }, globex.owner);
    const firm = await made({ domains: [domain] });

    const second = await acme.owner.post('/companies', { name: 'Second', domains: [domain] });

    expect([second.status, second.body.error.code]).toEqual([409, 'company.domain_taken']);
    expect(second.body.error.details).toEqual({ domains: [domain] });
    const third = await made();
    const late = await acme.owner.patch(`/companies/${third.id}`, { domains: [domain] });
    expect(late.status).toBe(409);
    expect((await read(`/companies/${firm.id}`)).domains).toEqual([domain]);
  });

  it('is deleted, and its people and tickets stay', async () => {
    const domain = aDomain();
    const firm = await made({ domains: [domain] });
    const ticket = await acme.ticket({ requester: { email: `rita@${domain}` } });

    expect((await acme.owner.delete(`/companies/${firm.id}`)).status).toBe(200);

    expect((await acme.owner.get(`/companies/${firm.id}`)).status).toBe(404);
    expect((await read(`/customers/${ticket.requester.id}`)).company).toBeNull();
    expect((await acme.events()).at(-1)).toMatchObject({
      type: 'company.deleted',
      data: { customers: 1 },
    });
    expect((await made({ domains: [domain] })).domains).toEqual([domain]);
  });

  it('is changed per field, and tells who comes late', async () => {
    const firm = await made({ notes: 'a' });
    const at = `/companies/${firm.id}`;
    const seen = { headers: { 'if-match': (await acme.owner.get(at)).headers.etag! } };
    await acme.owner.patch(at, { domains: [aDomain()] }, seen);

    expect((await acme.owner.patch(at, { notes: 'b' }, seen)).status).toBe(200);
    const late = await acme.owner.patch(at, { domains: [] }, seen);

    expect(late.status).toBe(412);
    expect(late.body.error.details.conflicts).toMatchObject([{ field: 'domains', yours: [] }]);
  });

  it('of another organization is not there', async () => {
    const there = await made({}, globex.owner);
    const answers = await Promise.all([
      acme.owner.get(`/companies/${there.id}`),
      acme.owner.patch(`/companies/${there.id}`, { notes: 'x' }),
      acme.owner.delete(`/companies/${there.id}`),
      acme.owner.post('/customers', { email: 'q@q.example', companyId: there.id }),
    ]);
    for (const { status, body } of answers)
      expect([status, body.error.code]).toEqual([404, 'company.not_found']);
  });
});

describe('a customer who changes the company', () => {
  it('takes along the tickets that are not closed', async () => {
    const [one, two] = [await made(), await made()];
    const rita = await customer(`rita@${aDomain()}`, { companyId: one.id });
    const open = await acme.ticket({ requester: { email: rita.email } });
    const closed = await acme.ticket({ requester: { email: rita.email } });
    expectStatus(await acme.owner.put(`/tickets/${closed.id}/closure`), 200);

    const { body } = await acme.owner.patch(`/customers/${rita.id}`, { companyId: two.id });

    expect(body.data.company).toEqual({ id: two.id, name: two.name });
    expect((await read(`/companies/${two.id}`)).ticketCount).toBe(1);
    expect((await read(`/companies/${one.id}`)).ticketCount).toBe(1);
    expect(open.requester.id).toBe(rita.id);
  });
});
