import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../config/config.module.js';
import { requireOrganizationId } from '../context/context.js';
import { createPrismaClient } from '../database/prisma-client.js';
import { readRow, type PreparedStatement } from '../database/prepared-statement.js';
import { TenantPool } from '../database/tenant-pool.js';
import { currentUnit } from '../database/tenant-unit.js';
import {
  currentTransaction,
  runInTransactionScope,
  type RawRunner,
} from '../database/transaction.js';
import {
  scopeToTenant,
  tenantFace,
  transactionFace,
  type TenantClient,
  type TenantTransaction,
} from './tenant-client.js';

/** Connections of one process to the database, for tenants' work. */
const TENANT_POOL_SIZE = 16;

/**
 * The database as the current organization sees it: the only handle that services use. Every way through it is
 * scoped by the organization in context, which the guard or the job runner has put there.
 */
@Injectable()
export class TenantDb implements OnApplicationShutdown {
  readonly pool: TenantPool;
  readonly #prisma;
  readonly #scoped;
  readonly #face: TenantClient;

  constructor(config: AppConfig) {
    const connectionString = config.settings.databaseAppUrl;
    this.pool = new TenantPool({ connectionString, max: TENANT_POOL_SIZE });
    const named = new URL(connectionString).searchParams.get('pgbouncer') !== 'true';
    this.#prisma = createPrismaClient(this.pool, { named });
    this.#scoped = scopeToTenant(this.#prisma);
    this.#face = tenantFace(this.#scoped);
  }

  /** Single statements, each by itself. Inside {@link transaction} use what it hands you. */
  get client(): TenantClient {
    if (currentTransaction()) throw new Error('inside a transaction touch only the transaction');
    return this.#face;
  }

  /**
   * Runs `work` in one transaction of the current organization. Events recorded in it are appended as its last
   * statement. Rejects with whatever `work` throws, and then nothing of it stays.
   */
  transaction<T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
    requireOrganizationId('a transaction');
    if (currentTransaction()) throw new Error('a transaction is already under way');
    const unit = currentUnit();
    return this.#scoped.$transaction((scoped) =>
      runInTransactionScope(
        scoped as unknown as RawRunner,
        () => work(transactionFace(scoped)),
        unit && ((last) => unit.defer(last)),
      ),
    );
  }

  /**
   * Runs `work` so that all that it does through this handle is one transaction, the transactions in it included: their
   * events are appended at its end. Rejects with whatever `work` throws, and then nothing of it stays.
   */
  unit<T>(work: () => Promise<T>): Promise<T> {
    if (currentTransaction()) throw new Error('a transaction is already under way');
    return this.pool.unit(work);
  }

  /**
   * Runs one hand-written statement for the current organization: one round trip, prepared once a connection.
   * Gives its rows with bigint as number and times as ISO 8601 strings.
   */
  async sql<Row extends object>(statement: PreparedStatement, values: unknown[]): Promise<Row[]> {
    if (currentTransaction()) throw new Error('inside a transaction touch only the transaction');
    const result = await (this.pool as { query(config: object): Promise<{ rows: Row[] }> }).query({
      name: statement.name,
      text: statement.text,
      values,
      types: readRow,
    });
    return result.rows;
  }

  /** Last of all: until then a request or a job may be under way. */
  async onApplicationShutdown(): Promise<void> {
    await this.#prisma.$disconnect();
    await this.pool.end();
  }
}
