import type pg from 'pg';
import type { Findings } from '../finding.js';
import { rowsOf, type Roles } from './facts.js';
import { FUNCTIONS, HARMLESS_SETTINGS, SCHEMAS, SECRET_COLUMNS, TABLES } from './registry.js';

const APP = 'manydesk_app';
const SYSTEM = 'manydesk_system';
const ADMIN = 'manydesk_admin';

interface Grant {
  table: string;
  grantee: string;
  privilege: string;
  column: string | null;
  grantable: boolean;
}

/** Grants, roles, and what surrounds the tables. */
export async function checkRights(
  client: pg.Client,
  roles: Roles,
  findings: Findings,
): Promise<void> {
  await checkGrants(client, findings);
  await checkSecrets(client, roles, findings);
  await checkRoles(client, roles, findings);
  await checkPlaces(client, roles, findings);
  await checkWaysAround(client, findings);
}

async function checkGrants(client: pg.Client, findings: Findings): Promise<void> {
  const grants = await readGrants(client);
  for (const [table, rule] of Object.entries(TABLES)) {
    findings.tried('grants', 3);
    for (const [role, listed] of [
      [APP, rule.app],
      [SYSTEM, rule.system],
      [ADMIN, rule.admin],
    ] as const) {
      const found = inWords(
        grants.filter((grant) => grant.table === table && grant.grantee === role),
      );
      const wanted = [...(listed ?? [])].sort().join(', ');
      if (found !== wanted) {
        findings.hole(
          `${table}: ${role}`,
          `may ${found || 'nothing'}, and the registry says ${wanted || 'nothing'}`,
        );
      }
    }
  }
  for (const { table, grantee, privilege, grantable } of grants) {
    if (![APP, SYSTEM, ADMIN].includes(grantee))
      findings.hole(table, `${grantee} may ${privilege}`);
    if (grantable) findings.hole(table, `${grantee} may grant ${privilege} on`);
  }
}

/** `select, update(a b)`: the same words as in the registry. */
function inWords(grants: Grant[]): string {
  const columns = new Map<string, string[]>();
  for (const { privilege, column } of grants) {
    const list = columns.get(privilege) ?? [];
    columns.set(privilege, column === null ? list : [...list, column]);
  }
  return [...columns]
    .map(([privilege, list]) =>
      list.length === 0 ? privilege : `${privilege}(${list.sort().join(' ')})`,
    )
    .sort()
    .join(', ');
}

async function checkSecrets(
  client: pg.Client,
  { appLogin }: Roles,
  findings: Findings,
): Promise<void> {
  for (const name of Object.keys(SECRET_COLUMNS)) {
    findings.tried('secret columns');
    const [table, column] = name.split('.');
    const [row] = await rowsOf<{ readable: boolean }>(
      client,
      "select has_column_privilege($1, $2::regclass, $3, 'select') as readable",
      [appLogin, `public.${table}`, column],
    );
    if (row!.readable) findings.hole(name, `${appLogin} can read it`);
  }
}

interface Role {
  name: string;
  super: boolean;
  bypass: boolean;
  createRole: boolean;
  createDatabase: boolean;
  replication: boolean;
  login: boolean;
}

async function checkRoles(
  client: pg.Client,
  { appLogin, systemLogin, adminLogin }: Roles,
  findings: Findings,
): Promise<void> {
  const groupOf: Record<string, string[]> = {
    [APP]: [],
    [SYSTEM]: [],
    [ADMIN]: [],
    [appLogin]: [APP],
    [systemLogin]: [SYSTEM],
    [adminLogin]: [ADMIN],
  };
  const roles = await rowsOf<Role>(
    client,
    `select rolname as name, rolsuper as super, rolbypassrls as bypass, rolcreaterole as "createRole",
       rolcreatedb as "createDatabase", rolreplication as replication, rolcanlogin as login
     from pg_roles where rolname = any ($1)`,
    [Object.keys(groupOf)],
  );
  for (const name of Object.keys(groupOf)) {
    if (!roles.some((role) => role.name === name)) findings.hole(name, 'is no role of this server');
  }
  for (const { name, login, ...powers } of roles) {
    findings.tried('roles');
    for (const [power, has] of Object.entries(powers))
      if (has) findings.hole(name, `has the attribute ${power}`);
    if (login && [APP, SYSTEM, ADMIN].includes(name))
      findings.hole(name, 'can sign in: it is a group');
    await checkMembership(client, name, groupOf[name]!, findings);
    await checkOwnership(client, name, findings);
  }
  await checkSettings(client, Object.keys(groupOf), findings);
}

/** What a role is, by way of whatever it is a member of. */
async function checkMembership(
  client: pg.Client,
  name: string,
  allowed: string[],
  findings: Findings,
): Promise<void> {
  const found = await rowsOf<{ of: string }>(
    client,
    `with recursive of(oid) as (
       select m.roleid from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = $1
       union select m.roleid from pg_auth_members m join of on m.member = of.oid
     ) select r.rolname as of from of join pg_roles r on r.oid = of.oid`,
    [name],
  );
  for (const { of } of found)
    if (!allowed.includes(of)) findings.hole(name, `is a member of ${of}`);
}

async function checkOwnership(client: pg.Client, name: string, findings: Findings): Promise<void> {
  const owned = await rowsOf<{ what: string }>(
    client,
    `select pg_describe_object(d.classid, d.objid, d.objsubid) as what
     from pg_shdepend d join pg_roles r on r.oid = d.refobjid
     where d.deptype = 'o' and r.rolname = $1
       and d.dbid in (0, (select oid from pg_database where datname = current_database()))`,
    [name],
  );
  const listed = Object.entries(FUNCTIONS).flatMap(([signature, { runsAs }]) =>
    runsAs !== 'caller' && runsAs.owner === name
      ? [`function ${signature.replaceAll(', ', ',')}`]
      : [],
  );
  for (const { what } of owned) if (!listed.includes(what)) findings.hole(name, `owns ${what}`);
}

/** A default of `app.organization_id` would be a tenant for everyone; of `row_security` or `search_path` no better. */
async function checkSettings(
  client: pg.Client,
  roles: string[],
  findings: Findings,
): Promise<void> {
  const settings = await rowsOf<{ place: string; setting: string }>(
    client,
    `select coalesce(r.rolname, 'the database') as place, split_part(c, '=', 1) as setting
     from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) c
     where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
       and (s.setrole = 0 or r.rolname = any ($1))`,
    [roles],
  );
  for (const { place, setting } of settings) {
    if (!HARMLESS_SETTINGS.includes(setting.toLowerCase())) findings.hole(place, `sets ${setting}`);
  }
}

/** Where the product's roles may look, make things, or leave things behind. */
async function checkPlaces(
  client: pg.Client,
  { appLogin, systemLogin, adminLogin }: Roles,
  findings: Findings,
): Promise<void> {
  const schemas = await rowsOf<{
    name: string;
    app: boolean;
    app_makes: boolean;
    system_makes: boolean;
    admin: boolean;
    admin_makes: boolean;
  }>(
    client,
    `select nspname as name, has_schema_privilege($1, oid, 'usage') as app,
       has_schema_privilege($1, oid, 'create') as app_makes, has_schema_privilege($2, oid, 'create') as system_makes,
       has_schema_privilege($3, oid, 'usage') as admin, has_schema_privilege($3, oid, 'create') as admin_makes
     from pg_namespace where nspname !~ '^pg_(toast|temp)'`,
    [appLogin, systemLogin, adminLogin],
  );
  for (const schema of schemas) {
    findings.tried('schemas');
    if (schema.app_makes) findings.hole(schema.name, `${appLogin} may make things in it`);
    if (schema.system_makes) findings.hole(schema.name, `${systemLogin} may make things in it`);
    if (schema.admin_makes) findings.hole(schema.name, `${adminLogin} may make things in it`);
    for (const [login, looks] of [
      [appLogin, schema.app],
      [adminLogin, schema.admin],
    ] as const)
      if (looks && schema.name in SCHEMAS) findings.hole(schema.name, `${login} may look into it`);
  }
  for (const login of [appLogin, adminLogin])
    await checkDatabaseRights(client, login, ['create', 'temporary'], findings);
  // The queue's own functions use temporary tables.
  await checkDatabaseRights(client, systemLogin, ['create'], findings);
}

/** A temporary table is found before ours under the same name, and no policy is on it. */
async function checkDatabaseRights(
  client: pg.Client,
  login: string,
  refused: string[],
  findings: Findings,
): Promise<void> {
  for (const right of refused) {
    const [row] = await rowsOf<{ has: boolean }>(
      client,
      'select has_database_privilege($1, current_database(), $2) as has',
      [login, right],
    );
    if (row!.has) findings.hole(login, `has ${right} on the database: revoke it from public`);
  }
}

/** Ways past policies that are not grants on a table. */
async function checkWaysAround(client: pg.Client, findings: Findings): Promise<void> {
  const found = await rowsOf<{ what: string }>(
    client,
    `select 'the publication ' || pubname || ' carries rows past every policy' as what from pg_publication
     union all select 'there are large objects, which carry no organization'
       where exists (select from pg_largeobject_metadata)
     union all select 'the foreign server ' || srvname || ' reaches out of the database' from pg_foreign_server
     union all select 'default privileges grant ' || a.privilege_type || ' on what is made next to '
         || case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end
       from pg_default_acl d, aclexplode(d.defaclacl) a where a.grantee <> d.defaclrole
     union all select pg_get_userbyid(a.grantee) || ' may set the parameter ' || p.parname
       from pg_parameter_acl p, aclexplode(p.paracl) a
       where a.grantee = 0 or pg_get_userbyid(a.grantee) like 'manydesk%'`,
  );
  findings.tried('ways around', 5);
  for (const { what } of found) findings.hole('database', what);
}

function readGrants(client: pg.Client): Promise<Grant[]> {
  const grantee = "case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end";
  return rowsOf(
    client,
    `select c.relname as table, ${grantee} as grantee, lower(a.privilege_type) as privilege, null as column,
       a.is_grantable as grantable
     from pg_class c join pg_namespace n on n.oid = c.relnamespace,
       aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
     where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'f') and a.grantee <> c.relowner
     union all
     select c.relname, ${grantee}, lower(a.privilege_type), t.attname, a.is_grantable
     from pg_attribute t join pg_class c on c.oid = t.attrelid join pg_namespace n on n.oid = c.relnamespace,
       aclexplode(t.attacl) a
     where n.nspname = 'public' and not t.attisdropped and a.grantee <> c.relowner`,
  );
}
