import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { databaseOfItsOwn } from '../../support/database.js';
import { personWith } from '../../support/desk.js';
import { settled } from '../../support/jobs.js';

/** Customers are for those who may read them. Everybody else searches in what a ticket shows of its own, and no further. */
const running = await useApp({ worker: true, database: await databaseOfItsOwn('search_hidden') });
const acme = await running.given.organization();
const { owner } = acme;
const narrow = await personWith(acme, ['tickets:read', 'notes:read']);

const ticket = await acme.ticket({
  ...{ subject: 'A lamp', tags: ['vip'] },
  requester: { email: 'maria@shown.example', name: 'Maria Shown' },
});
const second = { email: 'maria@secretwork.example' };
const { requester } = (await owner.get(`/tickets/${ticket.id}`)).body.data;
expectStatus(await owner.post(`/customers/${requester.id}/addresses`, second), 201);
const silent = { email: 'silent@nobody.example', name: 'Silent Sam' };
expectStatus(await owner.post('/customers', silent), 201);
const company = { name: 'Secret Works', domains: ['secretwork.example'] };
expectStatus(await owner.post('/companies', company), 201);
await settled(running);

const asked = async (q: string, reader = narrow): Promise<{ status: number; found: unknown }> => {
  const { status, body } = await reader.get(`/search?q=${encodeURIComponent(q)}`);
  const found = status === 200 ? body.data.map((it: any) => it.ticket.subject) : body.error.message;
  return { status, found };
};

describe('somebody without customers:read', () => {
  it.each(['maria', 'maria@shown.example', 'shown.example', 'vip', '"maria shown"', 'mar'])(
    'finds %p, which the ticket shows',
    async (q) => {
      expect(await asked(q)).toEqual({ status: 200, found: ['A lamp'] });
    },
  );

  it.each([
    'secretwork',
    'maria@secretwork.example',
    'secretw',
    '"maria secretwork"',
    'sceretwork',
  ])('does not find %p, which stands in another address of the customer', async (q) => {
    expect(await asked(q)).toEqual({ status: 200, found: [] });
  });

  it('finds by another address no more, and who may see customers does', async () => {
    for (const q of ['secretwork', 'maria@secretwork.example', 'customer:maria@secretwork.example'])
      expect([q, await asked(q, owner)]).toEqual([q, { status: 200, found: ['A lamp'] }]);
  });

  it.each(['customer:maria@shown.example', 'customer:"maria shown"'])(
    'filters by %p',
    async (q) => {
      expect(await asked(q)).toEqual({ status: 200, found: ['A lamp'] });
    },
  );

  it.each([
    ['customer:maria@secretwork.example', 'customer:maria@nowhere.example'],
    ['customer:silent@nobody.example', 'customer:other@nobody.example'],
    ['customer:"silent sam"', 'customer:"other sam"'],
    ['company:"secret works"', 'company:"other works"'],
  ])('is told the same by %p as by %p', async (there, absent) => {
    const nameless = ({ status, found }: { status: number; found: unknown }): unknown[] => [
      status,
      String(found).replace(/"[^"]*"/g, 'it'),
    ];
    const answer = nameless(await asked(there));
    expect(answer).toEqual(nameless(await asked(absent)));
    expect(answer[0]).toBe(400);
  });
});
