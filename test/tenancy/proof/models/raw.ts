import { newId } from '#core/context/ids.js';
import { TABLES } from '../catalog/registry.js';
import { organizationColumn } from '../catalog/tables.js';
import type { World } from '../world/world.js';
import type { Attack, Expectation } from './attack.js';

interface Statement {
  sql: string;
  values: unknown[];
}

/** Raw SQL of a tenant's own connection: what an injected statement could say, short of naming another organization. */
export function rawAttacks(world: World): Attack[] {
  const theirs = world.b.organizationId;
  const attacks: Attack[] = [];
  const add = (how: string, expects: Expectation, sql: string, values: unknown[] = []): void => {
    attacks.push(...throughEachCall(how, expects, { sql, values }));
  };
  for (const [table, { kind, app = [] }] of Object.entries(TABLES)) {
    const mayRead = app.includes('select');
    if (kind === 'tenant' || kind === 'root') {
      const column = organizationColumn(TABLES[table]!);
      const rows = mayRead ? 'nothing' : 'refusal';
      add(`${table} of the other`, rows, `select * from ${table} where ${column} = $1::uuid`, [
        theirs,
      ]);
      add(`${table}, all of them`, mayRead ? 'own' : 'refusal', `select * from ${table}`);
      add(
        `${table} in another schema's name`,
        mayRead ? 'own' : 'refusal',
        `select * from only public.${table}`,
      );
      add(
        `changes ${table} of the other`,
        'nothing',
        `update ${table} set ${column} = ${column} where ${column} = $1::uuid returning 1 as n`,
        [theirs],
      );
      add(
        `deletes ${table} of the other`,
        'nothing',
        `delete from ${table} where ${column} = $1::uuid returning 1 as n`,
        [theirs],
      );
      add(
        `gives ${table} to the other`,
        'refusal',
        `insert into ${table} (${column}) values ($1::uuid)`,
        [theirs],
      );
      add(
        `locks ${table} of the other`,
        'nothing',
        `select 1 as n from ${table} where ${column} = $1::uuid for update`,
        [theirs],
      );
    } else {
      add(`${table} of everybody`, 'refusal', `select * from ${table}`);
      add(`deletes from ${table}`, 'refusal', `delete from ${table}`);
    }
    add(`empties ${table}`, 'refusal', `truncate ${table} cascade`);
    add(
      `takes the lock off ${table}`,
      'refusal',
      `alter table ${table} disable row level security`,
    );
    add(`opens ${table}`, 'refusal', `create policy open on ${table} using (true)`);
  }
  for (const [how, sql] of Object.entries(REFUSED)) add(how, 'refusal', sql);
  for (const [how, sql] of Object.entries(HARMLESS)) add(how, 'own', sql);
  add('searches for a word of the other', 'nothing', 'select ticket_ids_by_subject($1)', [
    world.b.names.word,
  ]);
  add(
    'joins what is not its own',
    'nothing',
    'select m.body from messages m join tickets t on t.id = m.ticket_id where t.id = $1::uuid',
    [world.b.ids.ticket],
  );
  add(
    'explains a look at the other',
    'own',
    `explain (verbose, analyze) select * from tickets where organization_id = '${theirs}'`,
  );
  add('appends an event that says it is of the other', 'own', 'select ledger_append($1::jsonb)', [
    JSON.stringify([
      {
        ...EVENT,
        id: newId(),
        organizationId: theirs,
        organization_id: theirs,
        seq: 1,
        subjectId: world.a.ids.ticket,
      },
    ]),
  ]);
  add(
    'forges an event of the other',
    'refusal',
    `insert into ledger_events (organization_id, seq, id, type, occurred_at, actor_type, subject_type, subject_id, data_hash, prev_hash, hash)
    values ($1::uuid, 100000, $2::uuid, 'ticket.closed', now(), 'system', 'ticket', $2::uuid, '', '', '')`,
    [theirs, world.b.ids.ticket],
  );
  add(
    'names the other as its tenant',
    'refusal',
    "select set_config('app.organization_id', $1, true)",
    [theirs],
  );
  return attacks;
}

/** An event that the ledger takes. It lands in the log of the organization in context, whatever it says. */
const EVENT = {
  type: 'ticket.updated',
  occurredAt: '2026-01-01T00:00:00.000Z',
  actorType: 'system',
  subjectType: 'ticket',
  payload: '{"changes":null,"data":{}}',
  depth: 0,
};

/** Rights that the tenant role must not have. */
const REFUSED: Record<string, string> = {
  'becomes the cross-tenant role': 'set role manydesk_system',
  'becomes somebody else': 'set session authorization postgres',
  'names another tenant for the session':
    "set app.organization_id = '00000000-0000-0000-0000-000000000000'",
  'reads password hashes': 'select password_hash from identities',
  'reads the queue': 'select * from bullmq.job',
  'makes a table': 'create table mine (a int)',
  'makes a temporary table that stands in for ours': 'create temporary table tickets (a int)',
  'makes a view': 'create view peek as select * from tickets',
  'makes a function': "create function f() returns int language sql as 'select 1'",
  'makes a role': 'create role other',
  'reads a file of the server': "select pg_read_file('PG_VERSION')",
  'runs a program on the server': "copy (select 1) to program 'true'",
  'copies a table out': 'copy tickets to stdout',
  'copies rows in': 'copy tickets from stdin',
  'listens to others': 'listen ledger',
  'ends its transaction and names another tenant': "select 1; set app.organization_id = ''",
  'turns policies off': 'set row_security = off',
  'replays as a replica': "set session_replication_role = 'replica'",
  'runs code in passing':
    "do $$ begin perform set_config('app.organization_id', '', false); end $$",
  'protects a table in its own way': "call protect_tenant_table('tickets')",
  'cancels what others do':
    'select pg_cancel_backend(pid) from pg_stat_activity where usename <> current_user and pid <> pg_backend_pid() and usename is not null',
};

/** What everybody may ask of Postgres; it must tell nothing. */
const HARMLESS: Record<string, string> = {
  'reads statistics of columns':
    "select tablename, attname, most_common_vals::text, histogram_bounds::text from pg_stats where schemaname = 'public'",
  'reads what others are doing': 'select query from pg_stat_activity',
  'reads prepared statements': 'select name, statement from pg_prepared_statements',
  'reads definitions':
    "select prosrc from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'",
  'reads large objects':
    'select loid, pageno from pg_largeobject_metadata m left join lateral (select 1 as pageno, m.oid as loid) p on true',
};

/** The four raw calls of the client are four doors to one room. */
function throughEachCall(how: string, expects: Expectation, statement: Statement): Attack[] {
  const raw = (operation: string, run: Attack['run']): Attack => ({
    name: `${operation}: ${how}`,
    model: 'SQL',
    operation,
    expects,
    writes: true,
    oracle: false,
    args: () => statement,
    run,
  });
  const parts = (sql: string): TemplateStringsArray => {
    const strings = sql.split(/\$\d+/);
    return Object.assign(strings, { raw: strings }) as unknown as TemplateStringsArray;
  };
  const given = (args: unknown): Statement => args as Statement;
  const isQuery = /^\s*(select|explain)/i.test(statement.sql) || / returning /.test(statement.sql);
  if (isQuery) {
    return [
      raw('$queryRawUnsafe', (client, args) =>
        client.$queryRawUnsafe(given(args).sql, ...given(args).values),
      ),
      raw('$queryRaw', (client, args) =>
        client.$queryRaw(parts(given(args).sql), ...given(args).values),
      ),
    ];
  }
  return [
    raw('$executeRawUnsafe', (client, args) =>
      client.$executeRawUnsafe(given(args).sql, ...given(args).values),
    ),
    raw('$executeRaw', (client, args) =>
      client.$executeRaw(parts(given(args).sql), ...given(args).values),
    ),
  ];
}
