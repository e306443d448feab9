import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loginRole, ownerUrl, readSettings, type Settings } from '#core/config/settings.js';
import { provision } from '#core/database/provision.js';
import { prepareDatabase } from '../../../apps/api/src/boot.js';
import type { TestDatabase } from '../../support/database.js';

const PREFIX = 'manydesk_proof_';
const GROUPS = ['manydesk_app', 'manydesk_system', 'manydesk_admin'];

/** A database of the proof's own: how the product reaches it, and a connection of the owner of its tables. */
export interface ScratchDatabase extends TestDatabase {
  owner: pg.Client;
  /** The folder of the files that its rows name: the same for it and its copies. */
  filesDir: string;
}

/**
 * Databases that the proof makes on a server, breaks as it likes, and drops. The first is migrated by the
 * product's own code, the others are copies of it. What an earlier run that was killed left behind goes first.
 */
export class ScratchServer {
  readonly #admin: pg.Client;
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'manydesk-proof-'));
  readonly #run = randomBytes(4).toString('hex');
  readonly #made = new Map<string, ScratchDatabase>();
  #roles: string[] = [];

  private constructor(private readonly serverUrl: string) {
    this.#admin = new pg.Client({ connectionString: serverUrl });
    this.#admin.on('error', () => undefined);
  }

  /**
   * Connects as a user that may create databases and roles; throws one sentence for any other. `sweeps` is false for
   * who runs beside another: what that one has just made has no connection yet and looks left behind.
   */
  static async open(serverUrl: string, sweeps = true): Promise<ScratchServer> {
    const server = new ScratchServer(serverUrl);
    await server.#admin.connect();
    const { rows } = await server.#admin.query<{ allowed: boolean }>(
      'select rolsuper or (rolcreatedb and rolcreaterole) as allowed from pg_roles where rolname = current_user',
    );
    if (!rows[0]?.allowed) {
      await server.#admin.end();
      throw new Error(
        'the proof makes databases of its own: let the user in DATABASE_URL do so (`alter role <user> createdb createrole`), or unset DATABASE_URL to use the embedded Postgres',
      );
    }
    if (sweeps) await server.#sweep();
    return server;
  }

  /** An empty database, migrated. */
  async migrated(): Promise<ScratchDatabase> {
    const name = `${PREFIX}${this.#run}`;
    const groups = await this.#admin.query<{ rolname: string }>(
      'select rolname from pg_roles where rolname = any ($1)',
      [GROUPS],
    );
    const there = groups.rows.map(({ rolname }) => rolname);
    this.#roles = GROUPS.filter((group) => !there.includes(group));
    await this.#admin.query(`create database ${name}`);
    const settings = this.#settingsOf(name);
    await prepareDatabase(settings);
    const databaseUrl = ownerUrl(settings);
    for (const purpose of ['app', 'system', 'admin'] as const) {
      this.#roles.unshift(loginRole(databaseUrl, purpose));
    }
    return this.#keep(name, settings);
  }

  /** A copy of `original` with its rows; nothing but the owner may be connected to it. */
  async copy(original: ScratchDatabase, purpose: string): Promise<ScratchDatabase> {
    const name = `${PREFIX}${this.#run}_${purpose}`;
    await original.owner.end();
    await this.#admin.query(`create database ${name} template ${original.name} strategy file_copy`);
    original.owner = await connect(original.ownerUrl);
    const settings = { ...this.#settingsOf(name), rolesAreGiven: true };
    // What is granted on a database as a whole does not come with its copy.
    await provision(settings);
    return this.#keep(name, settings, original);
  }

  /** Drops everything that was made; the group roles too, unless they were there before or are in use elsewhere. */
  async close(): Promise<void> {
    for (const { name, owner } of this.#made.values()) {
      await owner.end().catch(() => undefined);
      await this.#admin.query(`drop database if exists ${name} with (force)`);
    }
    this.#made.clear();
    for (const role of this.#roles) {
      await this.#admin.query(`drop role if exists ${role}`).catch(() => undefined);
    }
    await this.#admin.end();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  async #keep(
    name: string,
    settings: Settings,
    logins: Omit<TestDatabase, 'name' | 'ownerUrl'> = {
      appUrl: settings.databaseAppUrl,
      systemUrl: settings.databaseSystemUrl,
      adminUrl: settings.databaseAdminUrl!,
    },
  ): Promise<ScratchDatabase> {
    const owner = ownerUrl(settings);
    const database = {
      name,
      ownerUrl: owner,
      // Roles belong to the server: a copy is opened by the logins of its original.
      appUrl: renamed(logins.appUrl, name),
      systemUrl: renamed(logins.systemUrl, name),
      adminUrl: renamed(logins.adminUrl, name),
      owner: await connect(owner),
      filesDir: this.#dataDir,
    };
    this.#made.set(name, database);
    return database;
  }

  #settingsOf(name: string): Settings {
    return readSettings({
      NODE_ENV: 'test',
      DATABASE_URL: renamed(this.serverUrl, name),
      MANYDESK_SECRET: process.env.MANYDESK_TEST_SECRET,
      MANYDESK_DATA_DIR: this.#dataDir,
    });
  }

  /** A run under way has a connection to each of its databases; one without was left behind. */
  async #sweep(): Promise<void> {
    const { rows } = await this.#admin.query<{ datname: string }>(
      `select datname from pg_database d where starts_with(datname, $1)
       and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
      [PREFIX],
    );
    for (const { datname } of rows) {
      await this.#admin.query(`drop database if exists ${datname} with (force)`);
      for (const purpose of ['app', 'system', 'admin']) {
        await this.#admin.query(`drop role if exists ${datname}_${purpose}`).catch(() => undefined);
      }
    }
  }
}

function renamed(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
