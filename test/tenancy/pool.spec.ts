import { RefusedStatement } from '#core/database/tenant-pool.js';
import { NoTenantInContext } from '#core/context/context.js';
import { workerDatabase } from '../support/database.js';
import { asTenant, calls, leftOn, poolOn, rowsFor, someTenants } from './support/tenants.js';

const database = await workerDatabase();
const [acme, globex] = (await someTenants(database, 2)) as [string, string];
const pool = poolOn(database);
const plain = calls(pool);
afterAll(() => pool.end());

const SEEN = 'select name from requesters';

describe('a statement of the tenant pool', () => {
  it('sees the rows of the organization in context and no other', async () => {
    expect(await rowsFor(pool, acme, SEEN)).toEqual([{ name: acme }]);
    expect(await rowsFor(pool, globex, SEEN)).toEqual([{ name: globex }]);
  });

  it('is one round trip', async () => {
    const before = pool.statements;
    await rowsFor(pool, acme, SEEN);
    expect(pool.statements).toBe(before + 1);
  });

  it('is refused without an organization before anything is sent', async () => {
    const before = pool.statements;
    await expect(plain.query(SEEN)).rejects.toThrow(NoTenantInContext);
    await expect(plain.query({ text: SEEN, name: 'seen' })).rejects.toThrow(NoTenantInContext);
    await expect(plain.connect()).rejects.toThrow(NoTenantInContext);
    expect(pool.statements).toBe(before);
  });

  it('is refused for an organization that is no id, which could be more than a value', async () => {
    const before = pool.statements;
    for (const odd of ['', 'acme', `${acme}'; select 1; --`, acme.toUpperCase()]) {
      await expect(asTenant(odd, () => plain.query(SEEN))).rejects.toThrow('not a UUID');
      await expect(asTenant(odd, () => plain.connect())).rejects.toThrow('not a UUID');
    }
    expect(pool.statements).toBe(before);
  });

  it.each([
    'listen ledger',
    'unlisten *',
    'notify ledger',
    'copy requesters to stdout',
    'copy requesters from stdin',
    "set app.organization_id = '00000000-0000-0000-0000-000000000000'",
    'set role manydesk_system',
    'reset all',
    'discard all',
    'begin',
    'commit',
    'prepare p as select 1',
    'deallocate all',
    'do $$ begin perform 1; end $$',
    'declare c cursor for select 1',
    "select set_config('app.organization_id', '', false)",
    '/* a comment */ set role manydesk_system',
    '',
  ])('is refused when it is no query: %s', async (text) => {
    const before = pool.statements;
    await expect(asTenant(acme, () => plain.query(text))).rejects.toThrow(RefusedStatement);
    expect(pool.statements).toBe(before);
  });

  it('cannot bring a second one with it', async () => {
    await expect(rowsFor(pool, acme, 'select 1; select 2')).rejects.toThrow('multiple commands');
    expect(await leftOn(pool)).toMatchObject({ setting: '' });
  });

  it('gives its answer to a callback too', async () => {
    const answer = await new Promise<unknown>((resolve, reject) => {
      asTenant(acme, () =>
        (
          pool.query as (
            sql: string,
            values: unknown[],
            done: (error: Error | null, result?: { rows: unknown }) => void,
          ) => void
        )(SEEN, [], (error, result) => (error ? reject(error) : resolve(result!.rows))),
      );
    });
    expect(answer).toEqual([{ name: acme }]);
  });
});

describe('what is left on the connection', () => {
  it('is nothing after a query', async () => {
    await rowsFor(pool, acme, SEEN);
    expect(await leftOn(pool)).toMatchObject({ setting: '', listening: [] });
  });

  it('is nothing after a query that failed', async () => {
    await expect(rowsFor(pool, acme, 'select 1 / 0')).rejects.toThrow('division by zero');
    expect(await leftOn(pool)).toMatchObject({ setting: '' });
  });

  it.each(['commit', 'rollback'])('is nothing after a %s', async (end) => {
    await asTenant(acme, async () => {
      const connection = await plain.connect();
      await connection.query({ text: 'begin' });
      expect((await connection.query({ text: SEEN })).rows).toEqual([{ name: acme }]);
      await connection.query({ text: end });
      connection.release();
    });
    expect(await leftOn(pool)).toMatchObject({ setting: '' });
  });

  it('is no connection at all after a transaction that nobody ended', async () => {
    const { pid } = await leftOn(pool);
    await asTenant(acme, async () => {
      const connection = await plain.connect();
      await connection.query({ text: 'begin' });
      connection.release();
    });
    const after = await leftOn(pool);
    expect(after.pid).not.toBe(pid);
    expect(after.setting ?? '').toBe('');
  });
});

describe('a transaction of the tenant pool', () => {
  it('runs nothing before it has begun, after it has ended, or a second time', async () => {
    await asTenant(acme, async () => {
      const connection = await plain.connect();
      await expect(connection.query({ text: SEEN })).rejects.toThrow(
        'nothing outside its transaction',
      );
      await connection.query({ text: 'begin' });
      await expect(connection.query({ text: 'begin' })).rejects.toThrow('one transaction');
      await connection.query({ text: 'commit' });
      await expect(connection.query({ text: SEEN })).rejects.toThrow(
        'nothing outside its transaction',
      );
      await expect(connection.query({ text: 'begin' })).rejects.toThrow('one transaction');
      connection.release();
    });
  });

  it('does not change hands', async () => {
    const connection = await asTenant(acme, () => plain.connect());
    await asTenant(acme, () => connection.query({ text: 'begin' }));
    await expect(asTenant(globex, () => connection.query({ text: SEEN }))).rejects.toThrow(
      'not the one that the transaction was begun for',
    );
    await expect(connection.query({ text: SEEN })).rejects.toThrow(NoTenantInContext);
    expect((await asTenant(acme, () => connection.query({ text: SEEN }))).rows).toEqual([
      { name: acme },
    ]);
    // To end it no organization is needed: whoever cleans up may have none.
    await connection.query({ text: 'rollback' });
    connection.release();
  });

  it('keeps its organization through a savepoint', async () => {
    await asTenant(acme, async () => {
      const connection = await plain.connect();
      await connection.query({ text: 'begin' });
      await connection.query({ text: 'savepoint s' });
      await expect(connection.query({ text: 'select 1 / 0' })).rejects.toThrow('division');
      await connection.query({ text: 'rollback to savepoint s' });
      expect((await connection.query({ text: SEEN })).rows).toEqual([{ name: acme }]);
      await connection.query({ text: 'commit' });
      connection.release();
    });
  });

  it.each([
    'listen ledger',
    'set role manydesk_system',
    "select set_config('app.organization_id', '', true)",
    'select 1; select 2',
  ])('runs queries only, and one at a time: %s', async (text) => {
    await asTenant(acme, async () => {
      const connection = await plain.connect();
      await connection.query({ text: 'begin' });
      await expect(connection.query({ text })).rejects.toThrow(/queries only|multiple commands/);
      await connection.query({ text: 'rollback' });
      connection.release();
    });
  });
});
