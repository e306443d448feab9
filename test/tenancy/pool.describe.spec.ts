import { TenantPool } from '#core/database/tenant-pool.js';
import { readRow } from '#core/database/prepared-statement.js';
import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { workerDatabase } from '../support/database.js';

// A named statement is described once a connection; what is read by that knowledge must be what is read without it.

const database = await workerDatabase();
const pool = new TenantPool({ connectionString: database.appUrl, max: 2 });
afterAll(() => pool.end());

const organizationId = newId();
const run = (statement: object): Promise<{ rows: object[]; rowCount: number }> =>
  runInContext({ requestId: 'describe-spec', organizationId }, () =>
    (pool as unknown as { query(config: object): Promise<never> }).query({
      types: readRow,
      ...statement,
    }),
  );

it('reads the same rows the first time, the second, and on another connection', async () => {
  const statement = {
    name: 'described_once',
    text: `select g as n, 'x' || g as t, '2026-01-31 09:00:00.5+00'::timestamptz as at,
      current_setting('app.organization_id') as o from generate_series(1, $1::int) g`,
  };
  const answers = await Promise.all(
    [2, 2, 2, 2, 2, 2].map((most) => run({ ...statement, values: [most] })),
  );

  const row = { at: '2026-01-31T09:00:00.500Z', o: organizationId };
  for (const { rows, rowCount } of answers) {
    expect(rows).toEqual([
      { n: 1, t: 'x1', ...row },
      { n: 2, t: 'x2', ...row },
    ]);
    expect(rowCount).toBe(2);
  }
  expect((await run({ ...statement, values: [0] })).rows).toEqual([]);
});

it('stays right when a statement fails in between', async () => {
  const statement = { name: 'fails_for_zero', text: 'select 10 / $1::int as n' };
  expect((await run({ ...statement, values: [5] })).rows).toEqual([{ n: 2 }]);
  await expect(run({ ...statement, values: [0] })).rejects.toThrow('division by zero');
  expect((await run({ ...statement, values: [2] })).rows).toEqual([{ n: 5 }]);
});
