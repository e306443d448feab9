import { diffFromSchema, migrate } from '#core/database/migrate.js';
import { asOwner, databaseOfItsOwn, type TestDatabase } from '../support/database.js';
import { repository } from './checks/house.js';
import { disagreements, type ForeignKey } from './checks/schema-differences.js';

const KEYS = `select conrelid::regclass::text as table, confrelid::regclass::text as target, array(
    select attname::text from pg_attribute where attrelid = conrelid and attnum = any (conkey)) as columns
  from pg_constraint where contype = 'f'`;

let database: TestDatabase;

async function differences(): Promise<string[]> {
  const { rows } = await asOwner(database, (client) => client.query<ForeignKey>(KEYS));
  return disagreements(await diffFromSchema(database.ownerUrl, repository), rows);
}

beforeAll(async () => {
  database = await databaseOfItsOwn('schema');
});

describe('the migrations', () => {
  it('have nothing to apply to a database that has them', async () => {
    expect(await migrate(database.ownerUrl, repository)).toEqual([]);
  });

  it('make the columns, types, nullability, keys and indexes that prisma/schema describes', async () => {
    expect(await differences()).toEqual([]);
  });

  it.each([
    [
      'a column that the schema lacks',
      'alter table tickets add column planted text',
      'alter table tickets drop column planted',
    ],
    [
      'a column that only the schema has',
      'alter table job_receipts rename column done_at to ended_at',
      'alter table job_receipts rename column ended_at to done_at',
    ],
    [
      'a type',
      'alter table ticket_counters alter column last_number type bigint',
      'alter table ticket_counters alter column last_number type integer',
    ],
    [
      'nullability',
      'alter table tickets alter column subject drop not null',
      'alter table tickets alter column subject set not null',
    ],
    [
      'an index',
      'drop index ticket_tags_organization_id_ticket_id_idx',
      'create index ticket_tags_organization_id_ticket_id_idx on ticket_tags (organization_id, ticket_id)',
    ],
    [
      'a relation',
      'alter table ticket_tags drop constraint ticket_tags_organization_id_ticket_id_fkey',
      `alter table ticket_tags add constraint ticket_tags_organization_id_ticket_id_fkey foreign key
         (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade on update restrict`,
    ],
    ['a table', 'create table planted (id uuid primary key)', 'drop table planted'],
  ])('would be seen to differ in %s', async (_, plant, undo) => {
    await asOwner(database, (client) => client.query(plant));
    try {
      expect(await differences()).not.toEqual([]);
    } finally {
      await asOwner(database, (client) => client.query(undo));
    }
  });

  it('agree again when every planted difference is undone', async () => {
    expect(await differences()).toEqual([]);
  });
});
