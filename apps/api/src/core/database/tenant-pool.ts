import pg from 'pg';
import { requireOrganizationId } from '../context/context.js';
import { isId } from '../context/ids.js';
import { traceStatement } from '../context/tracing.js';
import { prepareTenantStatement, TenantQuery, type StatementConfig } from './tenant-query.js';
import { currentUnit, runInUnit, TenantUnit } from './tenant-unit.js';

type QueryCallback = (error: Error | null, result?: pg.QueryResult) => void;

export interface TenantPoolOptions {
  connectionString: string;
  /** Most connections at once. */
  max: number;
  /** Milliseconds to wait for a free connection. */
  connectionTimeoutMillis?: number;
  /** Milliseconds after which a statement is given up and its connection thrown away. */
  queryTimeoutMillis?: number;
}

/** What a statement of a tenant begins with. Anything else would outlive it on the connection or is no query at all. */
const QUERIES = /^\s*\(?\s*(?:select|with|insert|update|delete|merge|values|explain)\b/i;
/** What a transaction may say besides. */
const WITHIN_A_TRANSACTION =
  /^\s*(?:savepoint|release|rollback\s+to|set\s+transaction\s+isolation)\b/i;
/** For whom a statement runs is said by this file and by nothing that it is handed. */
const NAMES_A_TENANT = /set_config/i;

/** A statement that the tenant pool does not send: LISTEN, COPY, SET, DO and the like need a plain client. */
export class RefusedStatement extends Error {
  constructor(text: string) {
    super(`the tenant pool runs queries only, and not \`${text.trim().slice(0, 40)}\``);
    this.name = 'RefusedStatement';
  }
}

/** Texts that passed: there are a few hundred, and looking one up costs less than reading it again. */
const passed = new Set<string>();
const MOST_PASSED = 2_000;

function refusalOf(text: string): RefusedStatement | null {
  if (passed.has(text)) return null;
  if (!QUERIES.test(text) || NAMES_A_TENANT.test(text)) return new RefusedStatement(text);
  if (passed.size < MOST_PASSED) passed.add(text);
  return null;
}

/**
 * A pool whose every statement runs for the organization in context, or is refused before anything is sent.
 *
 * - `query` is one round trip ({@link TenantQuery}).
 * - `connect` hands out a {@link TenantConnection}, which can do nothing but one transaction of that organization.
 * - `?pgbouncer=true` in the URL (Prisma's own convention) turns named statements off, for poolers that do not
 *   track them.
 *
 * It runs queries and nothing else ({@link RefusedStatement}).
 */
export class TenantPool extends pg.Pool {
  readonly #named: boolean;
  readonly #size: number;
  /** How often there was no free connection. */
  waits = 0;
  /** Statements sent, each with its round trip: read by the tests that count them. */
  statements = 0;

  constructor(options: TenantPoolOptions) {
    const url = new URL(options.connectionString);
    const named = url.searchParams.get('pgbouncer') !== 'true';
    url.searchParams.delete('pgbouncer');
    super({
      connectionString: url.href,
      max: options.max,
      connectionTimeoutMillis: options.connectionTimeoutMillis ?? 10_000,
      query_timeout: options.queryTimeoutMillis ?? 30_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      application_name: 'manydesk',
      ...(named ? { onConnect: prepareTenantStatement } : {}),
    } as pg.PoolConfig);
    this.#named = named;
    this.#size = options.max;
    // A connection that dies while idle is replaced on the next use; unheard, the event would end the process.
    this.on('error', () => undefined);
  }

  override query(config: unknown, values?: unknown, callback?: unknown): never {
    const organizationId = tenantOrRejection('a statement');
    const statement = (typeof config === 'string' ? { text: config } : config) as StatementConfig;
    const done = [values, callback].find((candidate) => typeof candidate === 'function') as
      QueryCallback | undefined;
    const bound = Array.isArray(values) ? { ...statement, values } : statement;
    const refusal =
      typeof organizationId === 'string' ? refusalOf(String(bound.text)) : organizationId;
    const result =
      refusal === null ? this.#run(organizationId as string, bound) : Promise.reject(refusal);
    if (done) result.then((rows) => done(null, rows), done);
    // The overloads of pg.Pool.query cannot be restated; callers see those of the base class.
    return (done ? undefined : result) as never;
  }

  #run(organizationId: string, statement: StatementConfig): Promise<pg.QueryResult> {
    const unit = currentUnit();
    if (unit) return unit.statement(this.#named ? statement : { ...statement, name: undefined });
    this.#noteWait();
    return traceStatement(statement.text, statement.name ?? '', () =>
      this.#send(organizationId, statement),
    );
  }

  #send(organizationId: string, statement: StatementConfig): Promise<pg.QueryResult> {
    return new Promise((resolve, reject) => {
      super.connect((error, client, release) => {
        if (error || !client) return reject(error ?? new Error('no connection'));
        this.statements += 1;
        let isOver = false;
        const query = new TenantQuery(organizationId, this.#named, statement, (failure, result) => {
          // A connection that dies tells its query twice: by what the server said, and by its own end.
          if (isOver) return;
          isOver = true;
          release(failure && leavesBroken(failure) ? failure : undefined);
          if (failure) reject(failure);
          else resolve(result as pg.QueryResult);
        });
        client.query(query as unknown as pg.Submittable);
      });
    });
  }

  override connect(callback?: unknown): never {
    if (callback !== undefined) throw new Error('TenantPool.connect takes no callback');
    const organizationId = tenantOrRejection('a transaction');
    if (typeof organizationId !== 'string') return Promise.reject(organizationId) as never;
    return (currentUnit()?.nest() ?? this.#open(organizationId)) as never;
  }

  #noteWait(): void {
    if (this.totalCount >= this.#size && this.idleCount === 0) this.waits += 1;
  }

  async #open(organizationId: string): Promise<TenantConnection> {
    this.#noteWait();
    const client = await super.connect();
    this.statements += 1;
    return new TenantConnection(client, organizationId, () => (this.statements += 1));
  }

  /**
   * Runs `work` as one transaction of the organization in context: every statement and every transaction in it goes
   * through one connection and is committed, or rolled back, with the whole. Throws when one is under way.
   */
  async unit<T>(work: () => Promise<T>): Promise<T> {
    if (currentUnit()) throw new Error('a unit of work is already under way');
    const connection = await this.#open(requireOrganizationId('a unit of work'));
    const unit = new TenantUnit(connection);
    try {
      await connection.query({ text: 'begin' });
      const result = await runInUnit(unit, work);
      await unit.runDeferred();
      unit.end();
      await connection.query({ text: 'commit' });
      return result;
    } catch (error) {
      unit.end();
      await connection.query({ text: 'rollback' }).catch(() => undefined);
      throw error;
    } finally {
      connection.release();
    }
  }
}

/**
 * An error that the server reported left the connection in order (the Sync ended the transaction), unless it reports
 * its own end (classes 08 and 57P). Any other, such as a time-out, leaves it in the middle of an answer.
 */
function leavesBroken(failure: Error): boolean {
  const { severity, code = '' } = failure as pg.DatabaseError;
  return severity === undefined || /^(?:08|57P)/.test(code);
}

function tenantOrRejection(what: string): string | Error {
  try {
    const organizationId = requireOrganizationId(what);
    return isId(organizationId)
      ? organizationId
      : new Error('the organization in context is not a UUID');
  } catch (error) {
    return error as Error;
  }
}

const OPENING = /^\s*begin\b/i;
const CLOSING = /^\s*(commit|rollback)\s*;?\s*$/i;

/**
 * One checked-out connection for one transaction of one organization. The tenant is set in the same message as
 * BEGIN; nothing is accepted before it or after its end. Has the part of pg.PoolClient that PrismaPg uses.
 */
export class TenantConnection {
  #state: 'fresh' | 'open' | 'ended' = 'fresh';
  /** Unheard, a connection that dies between two statements would end the process; the next statement tells. */
  readonly #lost = (): void => undefined;

  constructor(
    private readonly client: pg.PoolClient,
    readonly organizationId: string,
    private readonly sent: () => void,
  ) {
    client.on('error', this.#lost);
  }

  query(config: StatementConfig): Promise<pg.QueryResult> {
    return traceStatement(config.text, config.name ?? '', () => this.#send(config));
  }

  async #send(config: StatementConfig): Promise<pg.QueryResult> {
    this.sent();
    if (OPENING.test(config.text)) {
      if (this.#state !== 'fresh') throw new Error('a tenant connection runs one transaction');
      this.#state = 'open';
      // The id is a checked UUID; a simple query takes no parameters.
      return this.client.query(
        `${config.text}; select set_config('app.organization_id', '${this.organizationId}', true)`,
      );
    }
    if (this.#state !== 'open')
      throw new Error('a tenant connection runs nothing outside its transaction');
    if (CLOSING.test(config.text)) {
      this.#state = 'ended';
      return this.client.query(config as pg.QueryConfig);
    }
    const refusal = WITHIN_A_TRANSACTION.test(config.text) ? null : refusalOf(config.text);
    if (refusal) throw refusal;
    if (requireOrganizationId('a statement of a transaction') !== this.organizationId) {
      throw new Error(
        'the organization in context is not the one that the transaction was begun for',
      );
    }
    // Extended: the simple protocol would run `select 1; set …` as the two statements that it is.
    return this.client.query({ ...config, queryMode: 'extended' } as pg.QueryConfig);
  }

  /** Gives the connection back; one that did not end its transaction is thrown away. */
  release(error?: Error | boolean): void {
    const failure =
      error ?? (this.#state === 'open' ? new Error('transaction left open') : undefined);
    if (!failure) this.client.off('error', this.#lost);
    this.client.release(failure);
  }

  on(event: 'error', listener: (error: Error) => void): this {
    this.client.on(event, listener);
    return this;
  }

  removeListener(event: 'error', listener: (error: Error) => void): this {
    this.client.removeListener(event, listener);
    return this;
  }
}
