import pg from 'pg';
import { BadSetting, loginRole, ownerUrl, type Settings } from '../config/settings.js';

/** Servers that the product supports, by major version. */
const OLDEST = 15;
const NEWEST = 18;

/**
 * Makes a database ready to be migrated: checks that it is there and of a supported version, makes the three
 * group roles (`manydesk_app`, `manydesk_system`, `manydesk_admin`), and a login in each unless the operator gave their own.
 * Safe to run again, and by several processes at once. Throws {@link BadSetting} with one sentence.
 */
export async function provision(settings: Settings): Promise<void> {
  const client = await connectAsOwner(ownerUrl(settings));
  try {
    // One provisioner at a time on this server: roles are shared by its databases.
    await client.query("select pg_advisory_lock(hashtext('manydesk provision'))");
    await makeRoles(client, settings);
    await refuseTemporaryTables(client);
  } finally {
    await client.end();
  }
}

/**
 * Makes sure that the roles of the application can sign in. The queue would wait for ever for a database that refuses
 * it, and say so once. Rejects with the server's own error.
 */
export async function requireDatabase(settings: Settings): Promise<void> {
  for (const connectionString of [settings.databaseSystemUrl, settings.databaseAppUrl]) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ there: boolean }>(
        "select to_regclass('public.organizations') is not null as there",
      );
      if (!rows[0]!.there) {
        throw new BadSetting('the database is not migrated: run `npm run db:migrate`');
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Opens a connection with DATABASE_URL, or says in one sentence why not. */
export async function connectAsOwner(databaseUrl: string): Promise<pg.Client> {
  const url = new URL(databaseUrl);
  const where = `${url.hostname}:${url.port || 5432}`;
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new BadSetting(`${whyNot(error as pg.DatabaseError, where, url)}`);
  }
  const version = Number(
    (await client.query<{ v: string }>("select current_setting('server_version_num') as v"))
      .rows[0]!.v,
  );
  const major = Math.floor(version / 10_000);
  if (major < OLDEST || major > NEWEST) {
    await client.end();
    throw new BadSetting(
      `DATABASE_URL names a PostgreSQL ${major} server at ${where}, but Manydesk needs ${OLDEST} to ${NEWEST}`,
    );
  }
  return client;
}

function whyNot(error: pg.DatabaseError, where: string, url: URL): string {
  const database = decodeURIComponent(url.pathname.slice(1));
  if (error.code === '28P01' || error.code === '28000') {
    return `the server at ${where} refuses the user or password in DATABASE_URL: correct them`;
  }
  if (error.code === '3D000') {
    return `the server at ${where} has no database "${database}": create it (\`createdb ${database}\`) or correct DATABASE_URL`;
  }
  return `no database answers at ${where} (${error.code ?? error.message}): start PostgreSQL there or correct DATABASE_URL`;
}

async function makeRoles(client: pg.Client, settings: Settings): Promise<void> {
  try {
    for (const purpose of ['app', 'system', 'admin'] as const) {
      const group = `manydesk_${purpose}`;
      await makeRole(client, group, 'nologin');
      await grantMembership(client, group, await currentUser(client));
      if (settings.rolesAreGiven) continue;
      const login = loginRole(ownerUrl(settings), purpose);
      await makeRole(client, login, 'login');
      const password = settings.secrets.databasePassword(login);
      await client.query(
        `alter role ${pg.escapeIdentifier(login)} with login password ${pg.escapeLiteral(password)}`,
      );
      await client.query(`alter role ${pg.escapeIdentifier(login)} set timezone = 'UTC'`);
      await grantMembership(client, group, login);
    }
  } catch (error) {
    if ((error as pg.DatabaseError).code !== '42501') throw error;
    throw new BadSetting(
      'the user in DATABASE_URL may not create roles: run `alter role <user> createrole` once as an administrator, or create the roles as docs/operations.md shows and set DATABASE_APP_URL and DATABASE_SYSTEM_URL',
    );
  }
}

/**
 * Everybody may make temporary tables unless told otherwise, and a temporary table is found before ours under the
 * same name. Only the queue's functions need them, as the system role. Said at each start because a restored
 * database comes without it; a warning, no error, when the database is somebody else's.
 */
async function refuseTemporaryTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = pg.escapeIdentifier(rows[0]!.name);
  await client.query(`grant temporary on database ${database} to manydesk_system`);
  await client.query(`revoke temporary on database ${database} from public`);
}

async function makeRole(
  client: pg.Client,
  name: string,
  login: 'login' | 'nologin',
): Promise<void> {
  const found = await client.query<{ dangerous: boolean }>(
    'select rolsuper or rolbypassrls as dangerous from pg_roles where rolname = $1',
    [name],
  );
  if (found.rows[0]?.dangerous) {
    throw new BadSetting(
      `the role ${name} is a superuser or bypasses row level security: \`alter role ${name} nosuperuser nobypassrls\``,
    );
  }
  if (found.rowCount === 0) {
    await client.query(
      `create role ${pg.escapeIdentifier(name)} ${login} nocreatedb nocreaterole inherit`,
    );
  }
}

async function currentUser(client: pg.Client): Promise<string> {
  return (await client.query<{ u: string }>('select current_user as u')).rows[0]!.u;
}

async function grantMembership(client: pg.Client, group: string, member: string): Promise<void> {
  // From 16 on, who makes a role is a member that may not act as it until that is granted too.
  const has = await client.query<{ has: boolean }>(
    `select pg_has_role($1, $2, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) as has`,
    [member, group],
  );
  const superuser = await client.query<{ rolsuper: boolean }>(
    'select rolsuper from pg_roles where rolname = $1',
    [member],
  );
  if (superuser.rows[0]?.rolsuper) return;
  if (!has.rows[0]?.has) {
    await client.query(`grant ${pg.escapeIdentifier(group)} to ${pg.escapeIdentifier(member)}`);
  }
}
