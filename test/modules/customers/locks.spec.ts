import { useApp } from '../../support/app.js';
import { expectStatus, type Answer } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';
import { eventually } from '../../support/jobs.js';

/** Companies are held before their people and people before their tickets: in another order two would wait for each other. */
const { given, database } = await useApp({ database: await databaseOfItsOwn('customer_locks') });
const acme = await given.organization();
const { owner } = acme;

async function customer(companyId?: string): Promise<string> {
  const email = `${crypto.randomUUID()}@people.example`;
  const body = { email, name: 'Pia', ...(companyId && { companyId }) };
  return expectStatus(await owner.post('/customers', body), 201).body.data.id;
}

async function company(domains: string[] = []): Promise<string> {
  const body = { name: `Firm ${crypto.randomUUID()}`, domains };
  return expectStatus(await owner.post('/companies', body), 201).body.data.id;
}

/** What is asked while `table`'s row `id` is held by somebody else, and `held` as soon as it waits for that. */
async function whileHeld(
  [table, id, how]: [string, string, string],
  ask: () => Promise<Answer>,
  held: () => Promise<void>,
): Promise<Answer> {
  return asOwner(database, async (client) => {
    await client.query('begin');
    await client.query(`select from ${table} where id = $1 ${how}`, [id]);
    const answer = ask();
    await eventually('somebody waits', async () => {
      const { rows } = await client.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    });
    try {
      await held();
    } finally {
      await client.query('commit');
    }
    return answer;
  });
}

/** Throws at once when somebody has the row. */
const isFree = (table: string, id: string) => async (): Promise<void> =>
  asOwner(database, async (client) => {
    await client.query('begin');
    await client.query(`select from ${table} where id = $1 for update nowait`, [id]);
    await client.query('rollback');
  });

it('who joins a company does not hold themselves while they wait for it', async () => {
  const [id, companyId] = [await customer(), await company()];

  const answer = await whileHeld(
    ['companies', companyId, 'for update'],
    () => owner.patch(`/customers/${id}`, { companyId }),
    isFree('requesters', id),
  );

  expect(answer).toMatchObject({ status: 200, body: { data: { company: { id: companyId } } } });
});

it('nor do two who are merged', async () => {
  const companyId = await company();
  const [into, other] = [await customer(), await customer(companyId)];

  const answer = await whileHeld(
    ['companies', companyId, 'for update'],
    () => owner.post(`/customers/${into}/merges`, { customerId: other }),
    isFree('requesters', into),
  );

  expect(answer).toMatchObject({ status: 201, body: { data: { company: { id: companyId } } } });
});

it('a company that takes people in lets others join meanwhile', async () => {
  const domain = `${crypto.randomUUID()}.example`;
  const email = `pia@${domain}`;
  const waiting = expectStatus(await owner.post('/customers', { email }), 201).body.data.id;
  const [companyId, other] = [await company(), await customer()];

  const answer = await whileHeld(
    ['requesters', waiting, 'for update'],
    () => owner.patch(`/companies/${companyId}`, { domains: [domain] }),
    async () => {
      expectStatus(await owner.patch(`/customers/${other}`, { companyId }), 200);
    },
  );

  expect(answer.status).toBe(200);
  const { body } = await owner.get(`/companies/${companyId}`);
  expect(body.data.customerCount).toBe(2);
});

it('a company that is not there is told of only when the customer is', async () => {
  const nowhere = crypto.randomUUID();
  const id = await customer();
  const codes = [nowhere, id].map(async (who) => {
    const { body } = await owner.patch(`/customers/${who}`, { companyId: crypto.randomUUID() });
    return body.error.code;
  });
  expect(await Promise.all(codes)).toEqual(['customer.not_found', 'company.not_found']);
});
