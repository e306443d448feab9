import type pg from 'pg';
import type { Findings } from '../finding.js';
import { OUR_SCHEMAS, plain, rowsOf } from './facts.js';
import { CURRENT_ORGANIZATION, SCHEMAS, TABLE_OWNER, TABLES, type TableRule } from './registry.js';

interface Relation {
  schema: string;
  name: string;
  kind: string;
  enabled: boolean;
  forced: boolean;
  inherits: boolean;
}

interface Column {
  table: string;
  name: string;
  type: string;
  notNull: boolean;
  isEnum: boolean;
  default: string | null;
}

interface Policy {
  table: string;
  name: string;
  permissive: string;
  roles: string[];
  command: string;
  using: string | null;
  check: string | null;
}

const KINDS: Record<string, string> = {
  p: 'a partitioned table',
  f: 'a foreign table',
  v: 'a view',
  m: 'a materialised view',
  S: 'a sequence',
};

/** The column that carries the organization. */
export function organizationColumn(rule: TableRule): string {
  return rule.kind === 'root' ? 'id' : 'organization_id';
}

/** Tables, their columns and their policies. */
export async function checkTables(client: pg.Client, findings: Findings): Promise<void> {
  const relations = await readRelations(client);
  const columns = await readColumns(client);
  const policies = await readPolicies(client);
  for (const relation of relations) checkRelation(relation, findings);
  const tables = relations.filter(({ schema, kind }) => schema === 'public' && kind === 'r');
  for (const table of tables) {
    const rule = TABLES[table.name];
    if (!rule) continue;
    findings.tried('tables');
    const own = policies.filter((policy) => policy.table === table.name);
    checkColumns(
      table.name,
      rule,
      columns.filter((column) => column.table === table.name),
      findings,
    );
    checkProtection(table, rule, findings);
    checkPolicies(table.name, rule, own, findings);
  }
  for (const name of Object.keys(TABLES)) {
    if (!tables.some((table) => table.name === name)) {
      findings.hole(name, 'is in the registry and not in the database');
    }
  }
}

function checkRelation(relation: Relation, findings: Findings): void {
  const label =
    relation.schema === 'public' ? relation.name : `${relation.schema}.${relation.name}`;
  if (relation.schema in SCHEMAS) return;
  if (relation.schema !== 'public') {
    findings.hole(label, 'is in a schema that the registry does not list');
  } else if (relation.kind !== 'r') {
    findings.hole(label, `is ${KINDS[relation.kind] ?? relation.kind}, which no policy protects`);
  } else if (!(relation.name in TABLES)) {
    findings.hole(
      label,
      'is a table that the registry does not list: is it of a tenant or global?',
    );
  }
  if (relation.inherits) findings.hole(label, 'inherits, and a policy is not inherited');
}

function checkColumns(table: string, rule: TableRule, columns: Column[], findings: Findings): void {
  for (const { name, isEnum } of columns) {
    // Under row level security no index serves enum equality: it is not leakproof.
    if (isEnum) findings.hole(`${table}.${name}`, 'is a native enum: use text with a check');
  }
  if (rule.kind !== 'tenant') return;
  const organization = columns.find(({ name }) => name === 'organization_id');
  if (!organization) return findings.hole(table, 'has no organization_id');
  if (organization.type !== 'uuid') findings.hole(table, 'organization_id is not a uuid');
  if (!organization.notNull) findings.hole(table, 'organization_id may be null');
  if (plain(organization.default) !== CURRENT_ORGANIZATION) {
    findings.hole(table, `organization_id is stamped with ${organization.default ?? 'nothing'}`);
  }
}

function checkProtection(table: Relation, rule: TableRule, findings: Findings): void {
  if (rule.kind === 'bookkeeping') return;
  if (!table.enabled) findings.hole(table.name, 'row level security is not enabled');
  if (!table.forced) findings.hole(table.name, 'row level security is not forced on its owner');
}

function checkPolicies(
  table: string,
  rule: TableRule,
  policies: Policy[],
  findings: Findings,
): void {
  const expected = expectedPolicies(rule);
  for (const policy of policies) {
    findings.tried('policies');
    const wanted = expected.get(policy.name);
    const where = `${table}: policy ${policy.name}`;
    if (!wanted) findings.hole(where, 'is not in the registry');
    else if (describe(policy) !== wanted)
      findings.hole(where, `is ${describe(policy)}, not ${wanted}`);
  }
  for (const name of expected.keys()) {
    if (!policies.some((policy) => policy.name === name))
      findings.hole(table, `has no policy ${name}`);
  }
}

/** The policies that a table must have, and no other: name to description. */
function expectedPolicies(rule: TableRule): Map<string, string> {
  const expected = new Map<string, string>();
  if (rule.kind === 'tenant' || rule.kind === 'root') {
    const is = `(${organizationColumn(rule)} = ( SELECT ${CURRENT_ORGANIZATION}))`;
    expected.set('tenant_isolation', sentence('PERMISSIVE', 'ALL', ['public'], is, is));
  }
  if (rule.systemAccess) {
    expected.set(
      'system_access',
      sentence('PERMISSIVE', 'ALL', ['manydesk_system'], 'true', 'true'),
    );
  }
  if (rule.adminAccess) {
    expected.set('admin_access', sentence('PERMISSIVE', 'ALL', ['manydesk_admin'], 'true', 'true'));
  }
  for (const [name, { command, role, using, check = '' }] of Object.entries(rule.policies ?? {})) {
    expected.set(name, sentence('PERMISSIVE', command, [role], using, check));
  }
  return expected;
}

function describe({ permissive, command, roles, using, check }: Policy): string {
  return sentence(permissive, command, roles, plain(using), plain(check));
}

function sentence(
  kind: string,
  command: string,
  roles: string[],
  using: string,
  check: string,
): string {
  return `${kind} for ${command} to ${roles.join(', ')} using ${using} with check ${check || 'nothing'}`;
}

function readRelations(client: pg.Client): Promise<Relation[]> {
  return rowsOf(
    client,
    `select n.nspname as schema, c.relname as name, c.relkind::text as kind, c.relrowsecurity as enabled,
       c.relforcerowsecurity as forced,
       exists (select from pg_inherits i where c.oid in (i.inhrelid, i.inhparent)) as inherits
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where ${OUR_SCHEMAS} and c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') order by 1, 2`,
  );
}

function readColumns(client: pg.Client): Promise<Column[]> {
  return rowsOf(
    client,
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
       a.attnotnull as "notNull", coalesce(e.typtype, t.typtype) = 'e' as "isEnum",
       pg_get_expr(d.adbin, d.adrelid) as default
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem
     left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
     where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`,
  );
}

function readPolicies(client: pg.Client): Promise<Policy[]> {
  return rowsOf(
    client,
    `select p.tablename as table, p.policyname as name, p.permissive,
       (select array_agg(case r when t.tableowner then $1 else r::text end) from unnest(p.roles) r) as roles,
       p.cmd as command, p.qual as using, p.with_check as check
     from pg_policies p join pg_tables t on t.schemaname = p.schemaname and t.tablename = p.tablename
     where p.schemaname = 'public' order by 1, 2`,
    [TABLE_OWNER],
  );
}
