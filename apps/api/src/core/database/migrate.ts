import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { connectAsOwner } from './provision.js';
import type { MigrationList, SchemaEngine, SchemaFilter } from '@prisma/schema-engine-wasm';

/** The part of the WebAssembly interface used here (TypeScript has it only with the browser's types). */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

const UNDEFINED_TABLE = '42P01';
const MIGRATIONS = 'prisma/migrations';
/** The engine insists on a schema, although applying migrations reads none. */
const EMPTY_SCHEMA = 'datasource db {\n  provider = "postgresql"\n}\n';
/** The queue's own tables and Postgres' are none of ours. */
const FILTERS: SchemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Applies the migrations that the database does not have yet, with Prisma's own schema engine compiled to
 * WebAssembly (its native binary may be out of reach) and Prisma's own `_prisma_migrations`, so that
 * `prisma migrate deploy` goes on from there. `root` is the folder of package.json. Gives the names applied.
 */
export async function migrate(databaseUrl: string, root: string): Promise<string[]> {
  // Most starts have nothing to apply: told from the table, without loading the engine.
  if (await isUpToDate(databaseUrl, readMigrations(root))) return [];
  return withEngine(databaseUrl, [['schema.prisma', EMPTY_SCHEMA]], async (engine) => {
    const result = await engine.applyMigrations({
      migrationsList: readMigrations(root),
      filters: FILTERS,
    });
    return result.appliedMigrationNames;
  });
}

/** Whether every migration is noted as applied with the very text that is in its file. */
async function isUpToDate(
  databaseUrl: string,
  { migrationDirectories }: MigrationList,
): Promise<boolean> {
  const client = await connectAsOwner(databaseUrl);
  try {
    const { rows } = await client.query<{ migration_name: string; checksum: string }>(
      'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
    );
    const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
    return migrationDirectories.every(({ path, migrationFile: { content } }) => {
      const text = 'value' in content ? content.value : '';
      return applied.get(path) === createHash('sha256').update(text).digest('hex');
    });
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return false;
    throw error;
  } finally {
    await client.end();
  }
}

/**
 * The SQL that turns the migrated database into what `prisma/schema` says. Reads the database itself: a shadow
 * database would be opened with the URL's own name, which wins over the name that the adapter gives.
 */
export async function diffFromSchema(databaseUrl: string, root: string): Promise<string> {
  const folder = join(root, 'prisma/schema');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .map((name) => ({
      path: join(folder, name),
      content: readFileSync(join(folder, name), 'utf8'),
    }));
  return withEngine(
    databaseUrl,
    files.map(({ path, content }) => [path, content]),
    async (engine) => {
      const result = await engine.diff({
        from: { tag: 'schemaDatasource', configDir: folder, files },
        to: { tag: 'schemaDatamodel', files },
        script: true,
        exitCode: null,
        filters: FILTERS,
      });
      return result.stdout ?? '';
    },
  );
}

/** Prisma's adapter cuts a script at every semicolon, functions and comments included; Postgres takes it whole. */
class WholeScripts extends PrismaPg {
  readonly #open: Awaited<ReturnType<PrismaPg['connect']>>[] = [];

  override async connect(): ReturnType<PrismaPg['connect']> {
    const connection = sendingWholeScripts(await super.connect());
    this.#open.push(connection);
    return connection;
  }

  /** Freeing the engine leaves its connections open. */
  async close(): Promise<void> {
    for (const connection of this.#open) await connection.dispose();
  }
}

/** The one-byte `"char"` that the catalog is full of: the adapter has no name for it, the engine reads nothing else. */
const CHAR_OID = 18;
const TEXT_OID = 25;

interface Connection {
  client: { query(...args: unknown[]): Promise<{ fields?: { dataTypeID: number }[] }> };
  queryRaw(query: object): Promise<{ columnTypes: number[] }>;
  executeScript(script: string): Promise<void>;
  onError(error: unknown): never;
}

function sendingWholeScripts<T>(connection: T): T {
  const inner = connection as unknown as Connection;
  const query = inner.client.query.bind(inner.client);
  const queryRaw = inner.queryRaw.bind(inner);
  let chars: number[] = [];
  inner.client.query = async (...args) => {
    const result = await query(...args);
    const fields = result.fields ?? [];
    chars = [...fields.keys()].filter((at) => fields[at]!.dataTypeID === CHAR_OID);
    for (const at of chars) fields[at]!.dataTypeID = TEXT_OID;
    return result;
  };
  inner.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    for (const at of chars) result.columnTypes[at] = ColumnTypeEnum.Character;
    return result;
  };
  inner.executeScript = async (script) => {
    await query(script).catch((error: unknown) => inner.onError(error));
  };
  return connection;
}

/** Runs `work` with an engine on the database, and closes what the engine opened. */
async function withEngine<T>(
  databaseUrl: string,
  datamodels: [string, string][],
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  bindings ??= loadBindings();
  const loaded = await bindings;
  const connections = new WholeScripts({ connectionString: databaseUrl });
  const engine = await loaded.SchemaEngine.new(
    { datamodels },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(connections),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await connections.close();
  }
}

/** Loaded once a process: its functions keep one memory, and a second would be read with addresses of the first. */
let bindings: ReturnType<typeof loadBindings> | undefined;

async function loadBindings() {
  // The package is made for bundlers: its entry imports the .wasm file itself, which Node does not do by default.
  const require = createRequire(import.meta.url);
  const functions = await import('@prisma/schema-engine-wasm/schema_engine_bg' as string);
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const wasm = readFileSync(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': functions });
  functions.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return functions;
}

function readMigrations(root: string): MigrationList {
  const folder = join(root, MIGRATIONS);
  return {
    baseDir: folder,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(join(folder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok', value: readFileSync(join(folder, name, 'migration.sql'), 'utf8') },
        },
      })),
  };
}
