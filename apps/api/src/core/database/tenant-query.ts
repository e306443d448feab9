import pg from 'pg';

/** The statement that says for whom the next one runs; `true` makes it local to the transaction. */
const SET_TENANT = "select set_config('app.organization_id', $1, true)";
const SET_TENANT_NAME = 'manydesk_tenant';

/** The part of node-postgres' wire connection that this file leans on. */
interface WireConnection {
  parse(statement: { text: string; name: string; types?: unknown }): void;
  bind(portal: {
    portal: string;
    statement: string;
    values: unknown[];
    valueMapper: (value: unknown) => unknown;
  }): void;
  execute(portal: { portal: string; rows: number }): void;
  describe(portal: { type: 'P'; name: string }): void;
  readonly parsedStatements: Record<string, string>;
}

/** The part of node-postgres' Query that this file leans on (pinned and contract-tested, see test/tenancy). */
interface WireQuery {
  readonly name?: string;
  /** What rows are collected in, and how their fields are read. */
  readonly _result: object;
  _accumulateRows: boolean;
  readonly callback?: (error: Error | null, result?: pg.QueryResult) => void;
  prepare(connection: WireConnection): void;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: WireConnection): void;
}

const BaseQuery = (pg as unknown as { Query: new (...args: unknown[]) => WireQuery }).Query;

/** How the rows of a statement are read, as node-postgres works it out from the server's description of them. */
interface RowReader {
  fields: unknown;
  _parsers: unknown;
  _prebuiltEmptyResultObject: unknown;
}

/**
 * The readers of named statements, by the object that reads their types. A prepared statement's columns cannot change
 * (Postgres refuses to run one whose result would), so they are asked for once and not with every execution: the
 * question, the answer and working it out again cost a tenth of reading one ticket.
 */
const readers = new WeakMap<object, Map<string, RowReader>>();

export interface StatementConfig {
  text: string;
  /** Names the prepared statement; absent, an unnamed one is used. */
  name?: string;
  values?: unknown[];
  rowMode?: 'array';
  types?: unknown;
}

/**
 * One statement run for one organization, in one round trip.
 *
 * Ahead of the statement's own messages it sends Bind and Execute of `set_config(…, true)`, and one Sync follows
 * both. Postgres runs everything up to a Sync as one implicit transaction (PostgreSQL documentation, "Extended
 * Query", 54.2.3), so the setting is local to it: nothing is left on the connection, and a pooler in transaction
 * mode hands both to the same server. `set_config` answers one row first, which is swallowed.
 *
 * The setting's own statement is prepared when the pool opens the connection ({@link prepareTenantStatement}).
 * Parsing it here would be wrong: node-postgres takes the first ParseComplete for the query's own and would
 * then believe a statement prepared that failed to parse.
 */
export class TenantQuery extends BaseQuery {
  readonly #organizationId: string;
  readonly #named: boolean;
  readonly #types: object | undefined;
  #settingTenant = true;

  constructor(
    organizationId: string,
    named: boolean,
    config: StatementConfig,
    callback: (error: Error | null, result?: pg.QueryResult) => void,
  ) {
    super(named ? config : { ...config, name: undefined }, undefined, callback);
    this.#organizationId = organizationId;
    this.#named = named;
    this.#types =
      named && config.name !== undefined ? (config.types as object | undefined) : undefined;
  }

  /** Always the extended protocol: a simple query would be a message of its own, outside our Sync. */
  requiresPreparation(): boolean {
    return true;
  }

  override prepare(connection: WireConnection): void {
    const statement = this.#named ? SET_TENANT_NAME : '';
    if (!this.#named) connection.parse({ text: SET_TENANT, name: '' });
    connection.bind({ portal: '', statement, values: [this.#organizationId], valueMapper: String });
    connection.execute({ portal: '', rows: 0 });
    const reader = this.#knownReader(connection);
    if (reader === undefined) return super.prepare(connection);
    Object.assign(this._result, reader);
    this._accumulateRows = true;
    super.prepare(withoutDescribe(connection));
  }

  override handleRowDescription(message: unknown): void {
    super.handleRowDescription(message);
    if (this.#types === undefined) return;
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result as RowReader;
    const known = readers.get(this.#types) ?? new Map<string, RowReader>();
    readers.set(
      this.#types,
      known.set(this.name!, { fields, _parsers, _prebuiltEmptyResultObject }),
    );
  }

  /** Only for a statement that this very connection has prepared; the first time on each it is described anew. */
  #knownReader(connection: WireConnection): RowReader | undefined {
    if (this.#types === undefined || connection.parsedStatements[this.name!] === undefined)
      return undefined;
    return readers.get(this.#types)?.get(this.name!);
  }

  override handleDataRow(message: unknown): void {
    if (!this.#settingTenant) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, connection: WireConnection): void {
    if (this.#settingTenant) {
      this.#settingTenant = false;
      return;
    }
    super.handleCommandComplete(message, connection);
  }
}

const quiet = new WeakMap<WireConnection, WireConnection>();

/** `connection` with Describe left out of what is sent. */
function withoutDescribe(connection: WireConnection): WireConnection {
  const known = quiet.get(connection);
  if (known) return known;
  const silent = Object.create(connection, {
    describe: { value: () => undefined },
  }) as WireConnection;
  quiet.set(connection, silent);
  return silent;
}

/** Prepares the tenant statement on a connection that was just opened. */
export async function prepareTenantStatement(client: pg.ClientBase): Promise<void> {
  await client.query({ name: SET_TENANT_NAME, text: SET_TENANT, values: [''] });
}
