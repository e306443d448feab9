import { runInContext } from '#core/context/context.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { companyList } from '../../../apps/api/src/modules/customers/companies.sql.js';
import { customerList } from '../../../apps/api/src/modules/customers/customers.sql.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';

const running = await useApp();
const acme = await running.given.organization();
const globex = await running.given.organization('Globex');
const people = ['Rita Requester', 'Rick Miller', 'Änne Özil', 'ليلى حداد', '50% Off'];
for (const [at, name] of people.entries())
  await acme.owner.post('/customers', { email: `p${at}@customer.example`, name });
await globex.owner.post('/customers', { email: 'rita@globex.example', name: 'Rita Foreign' });

const named = async (q: string): Promise<string[]> => {
  const { body } = await acme.owner.get(`/customers?q=${encodeURIComponent(q)}`);
  return body.data.map(({ name }: { name: string }) => name).sort();
};

it.each([
  ['how the name begins', 'ri', ['Rick Miller', 'Rita Requester']],
  ['the last word', 'REQUEST', ['Rita Requester']],
  ['the address', 'P1@cust', ['Rick Miller']],
  ['letters beyond ASCII', 'Änne', ['Änne Özil']],
  ['another script', 'ليل', ['ليلى حداد']],
  ['what would be a pattern', '50%', ['50% Off']],
  ['a pattern, which is none', '%', []],
  ['a whole word that nobody has', 'zzz', []],
])('customers are found by %s', async (_, q, names) => {
  expect(await named(q)).toEqual(names);
});

it('companies are found by name and domain', async () => {
  await acme.owner.post('/companies', { name: 'Initrode', domains: ['tps.example'] });
  for (const q of ['INIT', 'tps.e']) {
    const { body } = await acme.owner.get(`/companies?q=${q}`);
    expect(body.data).toMatchObject([{ name: 'Initrode' }]);
  }
});

it('a list goes on where the page before ended', async () => {
  const first = await acme.owner.get('/customers?limit=3');
  const second = await acme.owner.get(`/customers?limit=3&cursor=${first.body.nextCursor}`);

  const all = [...first.body.data, ...second.body.data].map(({ name }) => name);
  expect(all).toEqual(people.toReversed());
  expect(second.body.nextCursor).toBeNull();
  expect(first.body).toMatchObject({ total: 5, totalIsExact: true });
});

it('a search among very many reads indexes alone', async () => {
  const many = await running.given.organization('Many');
  await asOwner(running.database, async (client) => {
    await client.query('begin');
    await client.query(`select set_config('app.organization_id', $1, true)`, [many.id]);
    await client.query(
      `insert into requesters (id, email, name)
       select gen_random_uuid(), 'x' || n || '@big.example', 'Person N' || n from generate_series(1, 20000) n`,
    );
    await client.query(
      `insert into companies (id, name) select gen_random_uuid(), 'Firm ' || n from generate_series(1, 5000) n`,
    );
    await client.query('commit');
    await client.query('analyze requesters, requester_addresses, companies, company_domains');
  });
  const page = { skip: 0, limit: 25, cursor: null };
  for (const { statement, values } of [
    customerList({ q: 'person n77' }, page),
    customerList({ email: 'x7@big.example' }, page),
    companyList('firm 77', page),
  ]) {
    const explained = {
      name: `explain_${statement.name}`.slice(0, 60),
      text: `explain (analyze) ${statement.text}`,
    };
    const plan = await runInContext({ requestId: 'search', organizationId: many.id }, () =>
      running.get(TenantDb).sql<{ 'QUERY PLAN': string }>(explained, values),
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/name_key|email_idx|requester_addresses_pkey/);
    expect(text).not.toMatch(/Seq Scan on (requesters|requester_addresses|companies)/);
    expect(text).not.toMatch(/Rows Removed by Filter: \d{4,}/);
  }
}, 60_000);
