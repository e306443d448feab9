import pg from 'pg';
import { rowsOf } from '../catalog/facts.js';
import { readForeignKeys } from '../catalog/keys.js';
import { TABLES } from '../catalog/registry.js';
import { organizationColumn } from '../catalog/tables.js';
import type { ScratchDatabase } from '../scratch.js';
import type { Mutation } from './mutation.js';

const CURRENT = "(select nullif(current_setting('app.organization_id', true), '')::uuid)";
/** Tables whose rows the tenant role cannot read or write at all: an open policy on them opens nothing. */
const isReached = (table: string): boolean => (TABLES[table]!.app ?? []).includes('select');

/** Each policy dropped, opened, half opened and taken off. */
export function policyMutations({ owner }: ScratchDatabase): Mutation[] {
  return Object.entries(TABLES).flatMap(([table, rule]) => {
    if (rule.kind !== 'tenant' && rule.kind !== 'root') return [];
    const is = `${organizationColumn(rule)} = ${CURRENT}`;
    const whole = `create policy tenant_isolation on ${table} using (${is}) with check (${is})`;
    const drop = `drop policy tenant_isolation on ${table}`;
    const mutation = (
      name: string,
      apply: string,
      undo: string,
      noticedBy: Mutation['noticedBy'],
    ): Mutation => ({
      name: `${table}: ${name}`,
      lock: 'policies',
      table,
      noticedBy: ['catalog', ...noticedBy],
      attackedBy: 'handle',
      apply: async () => void (await owner.query(apply)),
      undo: async () => void (await owner.query(undo)),
    });
    const seen: Mutation['noticedBy'] = isReached(table) ? ['bare'] : [];
    return [
      mutation('policy dropped', drop, whole, []),
      mutation(
        'row level security disabled',
        `alter table ${table} disable row level security`,
        `alter table ${table} enable row level security`,
        seen,
      ),
      mutation(
        'row level security not forced',
        `alter table ${table} no force row level security`,
        `alter table ${table} force row level security`,
        [],
      ),
      mutation(
        'policy that lets all pass',
        `${drop}; create policy tenant_isolation on ${table} using (true)`,
        `${drop}; ${whole}`,
        seen,
      ),
      mutation(
        'a second policy beside it',
        `create policy more on ${table} using (true)`,
        `drop policy more on ${table}`,
        seen,
      ),
      // Where a row hangs on others the keys stop what the policy then lets pass, so the attacks need not notice.
      mutation(
        'writes unchecked',
        `${drop}; create policy tenant_isolation on ${table} using (${is}) with check (true)`,
        `${drop}; ${whole}`,
        [],
      ),
    ];
  });
}

/** Each foreign key without the organization in it, and each gone; each unique index across organizations. */
export async function keyMutations({ owner }: ScratchDatabase): Promise<Mutation[]> {
  const mutations: Mutation[] = [];
  for (const key of await readForeignKeys(owner)) {
    const named = key.columns.filter((column) => column !== 'organization_id');
    if (named.length === 0 || named.length === key.columns.length) continue;
    const there = key.targetColumns.filter((_, place) => key.columns[place] !== 'organization_id');
    const [definition] = await rowsOf<{ text: string }>(
      owner,
      'select pg_get_constraintdef(oid) as text from pg_constraint where conname = $1 and conrelid = $2::regclass',
      [key.name, key.table],
    );
    const name = pg.escapeIdentifier(key.name);
    const drop = `alter table ${key.table} drop constraint ${name}`;
    const whole = `alter table ${key.table} add constraint ${name} ${definition!.text}`;
    // Outbox rows are told apart by their organization alone: a bare number cannot be unique.
    const canStandAlone = key.target !== 'ledger_events';
    // What a tenant may not write it cannot misuse, whatever the key says; and places in a log tell nobody's from another's.
    const isWritten = (TABLES[key.table]!.app ?? []).some(
      (grant) => grant === 'insert' || grant === 'update',
    );
    const isTelling = named.some((column) => column.endsWith('_id'));
    const common = {
      lock: 'keys',
      table: key.table,
      key: key.name,
      attackedBy: isTelling ? 'reference' : undefined,
    } as const;
    const seen: Mutation['noticedBy'] = isWritten && isTelling ? ['bare'] : [];
    if (canStandAlone) {
      mutations.push({
        ...common,
        name: `${key.table}: ${named.join(', ')} without the organization`,
        noticedBy: ['catalog', ...seen],
        apply: async () => {
          await owner.query(
            `${drop}; create unique index mutation on ${key.target} (${there.join(', ')})`,
          );
          await owner.query(
            `alter table ${key.table} add constraint mutation foreign key (${named.join(', ')}) references ${key.target} (${there.join(', ')})`,
          );
        },
        undo: async () =>
          void (await owner.query(
            `alter table ${key.table} drop constraint mutation; drop index mutation; ${whole}`,
          )),
      });
    }
    mutations.push({
      ...common,
      name: `${key.table}: no key on ${named.join(', ')}`,
      noticedBy: ['catalog', ...seen],
      apply: async () => void (await owner.query(drop)),
      undo: async () => void (await owner.query(whole)),
    });
  }
  return [...mutations, ...(await uniqueMutations(owner))];
}

/** What organizations have alike (numbers that each counts from one, people of both, words, hours, the states that all begin with) cannot be made unique. */
const SHARED_VALUES = [
  'seq',
  'number',
  'consumer',
  'fingerprint',
  'identity_id',
  'sha256',
  'word',
  'category',
  'hour',
];
const SHARED_NAMES = ['ticket_states'];

async function uniqueMutations(owner: pg.Client): Promise<Mutation[]> {
  const indexes = await rowsOf<{ table: string; columns: string[] }>(
    owner,
    `select distinct t.relname as table, array_agg(a.attname::text order by k.place) as columns
     from pg_index x join pg_class t on t.oid = x.indrelid join pg_namespace n on n.oid = t.relnamespace,
       unnest(x.indkey) with ordinality k(number, place) join pg_attribute a on a.attnum = k.number
     where a.attrelid = t.oid and n.nspname = 'public' and x.indisunique and a.attname <> 'organization_id'
       and exists (select from pg_attribute o where o.attrelid = t.oid and o.attnum = x.indkey[0] and o.attname = 'organization_id')
     group by t.relname, x.indexrelid order by 1, 2`,
  );
  return indexes.flatMap(({ table, columns }) => {
    if (columns.some((column) => SHARED_VALUES.includes(column))) return [];
    if (SHARED_NAMES.includes(table) && columns.includes('name')) return [];
    return [
      {
        name: `${table}: ${columns.join(', ')} unique across organizations`,
        lock: 'keys',
        table,
        noticedBy: ['catalog'],
        apply: async () =>
          void (await owner.query(
            `create unique index mutation on ${table} (${columns.join(', ')})`,
          )),
        undo: async () => void (await owner.query('drop index mutation')),
      } satisfies Mutation,
    ];
  });
}

/** Roles, grants, functions and surroundings: what a migration or a tired operator could leave behind. */
export function rightMutations(database: ScratchDatabase, isSuperuser: boolean): Mutation[] {
  const { owner, name } = database;
  const app = pg.escapeIdentifier(decodeURIComponent(new URL(database.appUrl).username));
  const me = 'current_user';
  const mutation = (
    what: string,
    apply: string,
    undo: string,
    more: Partial<Mutation> = {},
  ): Mutation => ({
    name: what,
    lock: 'rights',
    noticedBy: ['catalog'],
    ...more,
    apply: async () => void (await owner.query(apply)),
    undo: async () => void (await owner.query(undo)),
  });
  const onTickets: Partial<Mutation> = { table: 'tickets', attackedBy: 'handle' };
  const words = 'select id from tickets where subject = words';
  return [
    mutation(
      'the tenant role is a member of the cross-tenant role',
      `grant manydesk_system to ${app}`,
      `revoke manydesk_system from ${app}`,
      { ...onTickets, noticedBy: ['catalog', 'bare'] },
    ),
    ...(isSuperuser
      ? [
          mutation(
            'the tenant role bypasses policies',
            `alter role ${app} bypassrls`,
            `alter role ${app} nobypassrls`,
            { ...onTickets, noticedBy: ['catalog', 'bare'] },
          ),
          mutation(
            'the tenant role is a superuser',
            `alter role ${app} superuser`,
            `alter role ${app} nosuperuser`,
            { ...onTickets, noticedBy: ['catalog', 'bare'] },
          ),
          mutation(
            'the tenant role may replicate',
            `alter role ${app} replication`,
            `alter role ${app} noreplication`,
          ),
          mutation(
            'the tenant role is a member of pg_read_all_data',
            `grant pg_read_all_data to ${app}`,
            `revoke pg_read_all_data from ${app}`,
          ),
        ]
      : []),
    mutation(
      'the tenant role makes roles',
      `alter role ${app} createrole`,
      `alter role ${app} nocreaterole`,
    ),
    mutation(
      'the tenant role owns a table',
      `alter table tickets owner to ${app}`,
      `alter table tickets owner to ${me}`,
      onTickets,
    ),
    mutation(
      'a default tenant for everybody',
      `alter role ${app} set app.organization_id = '00000000-0000-7000-8000-000000000000'`,
      `alter role ${app} reset app.organization_id`,
    ),
    mutation(
      'temporary tables for everybody',
      `grant temporary on database ${name} to public`,
      `revoke temporary on database ${name} from public`,
    ),
    mutation(
      'the tenant role makes things in public',
      'grant create on schema public to manydesk_app',
      'revoke create on schema public from manydesk_app',
    ),
    mutation(
      'the tenant role looks into the queue',
      'grant usage on schema bullmq to manydesk_app',
      'revoke usage on schema bullmq from manydesk_app',
    ),
    mutation(
      'members can be made by the tenant role',
      'grant insert on memberships to manydesk_app',
      'revoke insert on memberships from manydesk_app',
      { table: 'memberships', noticedBy: ['catalog', 'bare'] },
    ),
    mutation(
      'sessions can be read by the tenant role',
      'grant select on sessions to manydesk_app',
      'revoke select on sessions from manydesk_app',
    ),
    mutation(
      'password hashes can be read by the tenant role',
      'grant select (password_hash) on identities to manydesk_app',
      'revoke select (password_hash) on identities from manydesk_app',
    ),
    mutation(
      'events can be rewritten by the tenant role',
      'grant update on ledger_events to manydesk_app',
      'revoke update on ledger_events from manydesk_app',
    ),
    mutation(
      'the staff’s role reads subjects',
      'grant select (subject) on tickets to manydesk_admin',
      'revoke select (subject) on tickets from manydesk_admin',
      { noticedBy: ['catalog', 'realms'] },
    ),
    mutation(
      'the staff’s role reads every message',
      'grant select on messages to manydesk_admin; create policy more on messages for select to manydesk_admin using (true)',
      'revoke select on messages from manydesk_admin; drop policy more on messages',
      { noticedBy: ['catalog', 'realms'] },
    ),
    mutation(
      'everybody may read tickets',
      'grant select on tickets to public',
      'revoke select on tickets from public',
    ),
    mutation(
      'what is made next is everybody’s',
      'alter default privileges in schema public grant select on tables to public',
      'alter default privileges in schema public revoke select on tables from public',
    ),
    mutation(
      'a table that nobody listed',
      'create table surprise (organization_id uuid not null, id uuid)',
      'drop table surprise',
    ),
    mutation(
      'a table in a schema that nobody listed',
      'create schema surprise; create table surprise.t (id uuid)',
      'drop schema surprise cascade',
    ),
    mutation('a view', 'create view surprise as select * from tickets', 'drop view surprise'),
    mutation(
      'a materialised view',
      'create materialized view surprise as select * from tickets',
      'drop materialized view surprise',
    ),
    mutation('a partition', 'create table surprise () inherits (tickets)', 'drop table surprise'),
    mutation(
      'a native enum',
      "create type mood as enum ('good'); alter table tickets add column mood mood",
      'alter table tickets drop column mood; drop type mood',
    ),
    mutation(
      'rows that are stamped with nothing',
      'alter table tickets alter organization_id drop default',
      "alter table tickets alter organization_id set default nullif(current_setting('app.organization_id', true), '')::uuid",
    ),
    mutation(
      'an id that no key checks',
      'alter table tickets add column seen_by_id uuid',
      'alter table tickets drop column seen_by_id',
    ),
    mutation(
      'a function that runs as its owner',
      "create function surprise() returns bigint language sql security definer as 'select count(*) from tickets'",
      'drop function surprise()',
    ),
    mutation(
      'a function that everybody may call',
      'grant execute on function ledger_append(jsonb) to public',
      'revoke execute on function ledger_append(jsonb) from public',
    ),
    mutation(
      'a search path that is not pinned',
      'alter function ticket_ids_by_subject(text) reset search_path',
      'alter function ticket_ids_by_subject(text) set search_path = pg_catalog, public, pg_temp',
    ),
    mutation(
      'temporary tables found first',
      'alter function ledger_append(jsonb) set search_path = pg_catalog, public',
      'alter function ledger_append(jsonb) set search_path = pg_catalog, public, pg_temp',
    ),
    withBody(owner, 'another body in the definer function', 'ticket_ids_by_subject', () => words),
    withBody(
      owner,
      'an archive goes into an organization that is there',
      'organization_restore',
      (body) => body.replace(' and o.xmin = pg_current_xact_id()::xid', ''),
      ['catalog', 'archives'],
    ),
    // Whoever is no superuser is held by the policies there, too.
    ...(isSuperuser
      ? [
          withBody(
            owner,
            'an archive brings rows of another organization',
            'organization_restore',
            (body) =>
              body.replace(
                'if exists (select from jsonb',
                'if false and exists (select from jsonb',
              ),
            ['catalog', 'archives'],
          ),
        ]
      : []),
    mutation(
      'a trigger that is off',
      'alter table api_keys disable trigger api_keys_principal_changed',
      'alter table api_keys enable trigger api_keys_principal_changed',
    ),
    mutation(
      'a trigger that nobody listed',
      'create trigger surprise after insert on messages for each row execute function ticket_tags_follow()',
      'drop trigger surprise on messages',
    ),
    mutation(
      'a rule',
      'create rule surprise as on insert to outbox do also select 1',
      'drop rule surprise on outbox',
    ),
    mutation(
      'an extension that nobody listed',
      'create extension fuzzystrmatch',
      'drop extension fuzzystrmatch',
    ),
    ...(isSuperuser
      ? [
          mutation(
            'a publication',
            'create publication surprise for all tables',
            'drop publication surprise',
          ),
        ]
      : []),
    mutation('a large object', 'select lo_create(4711)', 'select lo_unlink(4711)'),
  ];
}

/** Another body for a function that runs as its owner. */
function withBody(
  owner: pg.Client,
  name: string,
  place: string,
  change: (body: string) => string,
  noticedBy: Mutation['noticedBy'] = ['catalog'],
): Mutation {
  let reviewed = '';
  return {
    name,
    lock: 'rights',
    noticedBy,
    apply: async () => {
      const [found] = await rowsOf<{ text: string; body: string }>(
        owner,
        'select pg_get_functiondef(oid) as text, prosrc as body from pg_proc where proname = $1',
        [place],
      );
      const body = change(found!.body);
      if (body === found!.body) throw new Error('the function does not say what was to be changed');
      reviewed = found!.text;
      await owner.query(reviewed.replace(found!.body, () => body));
    },
    undo: async () => {
      if (reviewed !== '') await owner.query(reviewed);
    },
  };
}
