import pg from 'pg';
import { eventually } from '../support/jobs.js';
import { asOwner, workerDatabase } from '../support/database.js';
import { newId } from '#core/context/ids.js';
import { asTenant, calls, leftOn, poolOn, rowsFor, someTenants } from './support/tenants.js';

const database = await workerDatabase();
const [acme] = (await someTenants(database, 1)) as [string];
const pool = poolOn(database);
afterAll(() => pool.end());

const SEEN = 'select name from requesters';
const named = (name: string, text: string, values: unknown[] = []) =>
  asTenant(acme, () => calls(pool).query({ name, text, values }));

/** The connection is the same one, in order, and for nobody. */
async function expectInOrder(pid: number): Promise<void> {
  expect(await leftOn(pool)).toMatchObject({ pid, setting: '' });
  expect(await rowsFor(pool, acme, SEEN)).toEqual([{ name: acme }]);
}

describe('an error that the server reports leaves the connection in use', () => {
  it.each([
    ['of the grammar', 'selct 1', 'syntax error'],
    ['of a name', 'select nothing from nowhere', 'does not exist'],
    ['of a value', "select 'acme'::uuid", 'invalid input'],
    [
      'in the middle of rows',
      'select 10 / (5 - n) from generate_series(1, 9) n',
      'division by zero',
    ],
    ['of a right', 'select * from sessions', 'permission denied'],
    [
      'of a check',
      "insert into requesters (id, email, name) values (gen_random_uuid(), repeat('x', 999), '')",
      'check constraint',
    ],
    [
      'of a unique key',
      "insert into requesters (id, email, name) values (gen_random_uuid(), 'rita@customer.example', '')",
      'duplicate key',
    ],
    [
      'of a foreign key',
      "insert into ticket_tags (tag, ticket_id) values ('x', gen_random_uuid())",
      'foreign key',
    ],
    [
      'of a policy',
      `insert into requesters (organization_id, id, email, name) values (gen_random_uuid(), gen_random_uuid(), 'a', '')`,
      'row-level security',
    ],
  ])('%s', async (_, sql, message) => {
    const { pid } = await leftOn(pool);
    if (sql === 'selct 1') await expect(rowsFor(pool, acme, sql)).rejects.toThrow('queries only');
    else await expect(rowsFor(pool, acme, sql)).rejects.toThrow(message);
    await expectInOrder(pid);
  });

  it('of a statement whose Parse failed, and which is sent again under the same name', async () => {
    const { pid } = await leftOn(pool);
    const text = 'select * from table_that_comes_later';
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(named('later', text)).rejects.toThrow('does not exist');
    }
    await asOwner(database, (owner) =>
      owner.query(
        'create table table_that_comes_later (a int); grant select on table_that_comes_later to manydesk_app',
      ),
    );
    try {
      // Believing it prepared, node-postgres would bind a statement that the server does not have.
      expect((await named('later', text)).rows).toEqual([]);
      expect((await named('later', text)).rows).toEqual([]);
    } finally {
      await asOwner(database, (owner) => owner.query('drop table table_that_comes_later'));
    }
    await expectInOrder(pid);
  });

  it('of a prepared statement that failed in its running, and runs again', async () => {
    const text = 'select 10 / $1::int as n';
    await expect(named('division', text, [0])).rejects.toThrow('division by zero');
    expect((await named('division', text, [5])).rows).toEqual([{ n: 2 }]);
    await expect(named('division', text, ['many'])).rejects.toThrow('invalid input');
    expect((await named('division', text, [2])).rows).toEqual([{ n: 5 }]);
  });

  it('of one name for two texts, which is refused here and not sent', async () => {
    const { pid } = await leftOn(pool);
    await named('twice', 'select 1 as n');
    await expect(named('twice', 'select 2 as n')).rejects.toThrow('must be unique');
    expect(await rowsFor(pool, acme, SEEN)).toEqual([{ name: acme }]);
    expect(pid).toBeGreaterThan(0);
  });

  it('and rolls back what the statement did', async () => {
    const email = `${newId()}@customer.example`;
    const sql = `with made as (insert into requesters (id, email, name) values (gen_random_uuid(), $1, '') returning id) select 1 / (count(*) - 1) from made`;
    await expect(rowsFor(pool, acme, sql, [email])).rejects.toThrow('division by zero');
    expect(await rowsFor(pool, acme, 'select 1 from requesters where email = $1', [email])).toEqual(
      [],
    );
  });
});

describe('a statement that is cut short', () => {
  it('by a cancel of its backend leaves the connection in order', async () => {
    const { pid } = await leftOn(pool);
    const outcome = failureOf(rowsFor(pool, acme, 'select pg_sleep(30)'));
    await whileRunning(pid, (owner) => owner.query('select pg_cancel_backend($1)', [pid]));
    expect(await outcome).toMatchObject({ code: '57014' });
    await expectInOrder(pid);
  });

  it('by the end of its backend is told, and the next one gets a new connection', async () => {
    const { pid } = await leftOn(pool);
    const outcome = failureOf(rowsFor(pool, acme, 'select pg_sleep(30)'));
    await whileRunning(pid, (owner) => owner.query('select pg_terminate_backend($1)', [pid]));
    expect(await outcome).toBeInstanceOf(Error);
    expect(await rowsFor(pool, acme, SEEN)).toEqual([{ name: acme }]);
    expect((await leftOn(pool)).pid).not.toBe(pid);
  });

  it('by our patience is given up with its connection, whose late answer reaches nobody', async () => {
    const impatient = poolOn(database, { queryTimeoutMillis: 150 });
    try {
      const { pid } = await leftOn(impatient);
      await expect(
        rowsFor(impatient, acme, "select pg_sleep(0.6), 'late' as name"),
      ).rejects.toThrow('timeout');
      const answers = await Promise.all([1, 2, 3].map(() => rowsFor(impatient, acme, SEEN)));
      expect(answers).toEqual([[{ name: acme }], [{ name: acme }], [{ name: acme }]]);
      expect((await leftOn(impatient)).pid).not.toBe(pid);
    } finally {
      await impatient.end();
    }
  });

  it('by a value that cannot be sent gives the connection up rather than guess', async () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    await expect(rowsFor(pool, acme, 'select $1::jsonb', [circle])).rejects.toThrow('circular');
    expect(await rowsFor(pool, acme, SEEN)).toEqual([{ name: acme }]);
    expect(await leftOn(pool)).toMatchObject({ setting: '' });
  });

  it('by the end of its backend inside a transaction loses the transaction and nothing else', async () => {
    const { pid } = await leftOn(pool);
    await asTenant(acme, async () => {
      const connection = await calls(pool).connect();
      await connection.query({ text: 'begin' });
      await asOwner(database, (owner) => owner.query('select pg_terminate_backend($1)', [pid]));
      expect(await failureOf(connection.query({ text: SEEN }))).toBeInstanceOf(Error);
      connection.release(new Error('gone'));
    });
    expect(await rowsFor(pool, acme, SEEN)).toEqual([{ name: acme }]);
  });
});

/** The error that `work` ends with; whoever waits for it may do something else before. */
function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'no error',
    (error: unknown) => error,
  );
}

/** Runs `work` as soon as the backend is busy. */
async function whileRunning(
  pid: number,
  work: (owner: pg.Client) => Promise<unknown>,
): Promise<void> {
  await asOwner(database, async (owner) => {
    await eventually('the statement runs', async () => {
      const { rows } = await owner.query(
        "select 1 from pg_stat_activity where pid = $1 and wait_event = 'PgSleep'",
        [pid],
      );
      return rows.length > 0;
    });
    await work(owner);
  });
}
