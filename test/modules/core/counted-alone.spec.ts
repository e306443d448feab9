import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner, databaseOfItsOwn } from '../../support/database.js';

/** What is limited is counted by one at a time: many at once get as many as there is room for, and not one more. */
const { given, database } = await useApp({ database: await databaseOfItsOwn('counted_alone') });
const acme = await given.organization();
const { owner } = acme;

const conditions = { all: [] };
const actions = [{ type: 'assign_me' }];
const AT_ONCE = 12;
const ROOM = 5;

const name = (): string => `N ${crypto.randomUUID()}`;

/** Fills the table up to `most` less {@link ROOM}, by copies of the one that is there. */
async function fill(table: string, most: number, nameIn: string | null): Promise<void> {
  await asOwner(database, async (client) => {
    const { rows } = await client.query(
      `select string_agg(quote_ident(attname), ', ') filter (where attname not in ('id', coalesce($2, ''))) as columns
       from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [table, nameIn],
    );
    const [{ columns }] = rows;
    const more = nameIn === null ? '' : `, ${nameIn}`;
    await client.query(
      `insert into ${table} (id${more}, ${columns})
       select gen_random_uuid()${nameIn === null ? '' : `, 'k' || replace(gen_random_uuid()::text, '-', '')`}, ${columns}
       from (select * from ${table} where organization_id = $1 order by created_at desc limit 1) one,
         generate_series(1, $2 - (select count(*)::int from ${table} where organization_id = $1))`,
      [acme.id, most - ROOM],
    );
  });
}

it.each([
  ['views', 200, 'views', null, () => ({ name: name(), scope: 'organization', conditions })],
  ['macros', 500, 'macros', null, () => ({ name: name(), scope: 'organization', actions })],
  [
    'canned-replies',
    500,
    'canned_replies',
    null,
    () => ({ name: name(), scope: 'organization', html: '<p>Hello</p>' }),
  ],
  ['teams', 300, 'teams', 'name', () => ({ name: name() })],
  ['exports', 5, 'exports', null, () => ({ format: 'csv' })],
] as const)('%s', async (path, most, table, nameIn, body) => {
  if (path !== 'exports') {
    expectStatus(await owner.post(`/${path}`, body()), 201);
    await fill(table, most, nameIn);
  }

  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, () => owner.post(`/${path}`, body())),
  );

  const made = answers.filter(({ status }) => status === 201);
  const refused = answers.filter(({ status }) => status === 409);
  expect([made.length, refused.length]).toEqual([ROOM, AT_ONCE - ROOM]);
  expect(refused[0]!.body.error.code).toMatch(/\.too_many$/);
});
