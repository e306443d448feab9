import type { OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { currentContext, runInContext } from '../context/context.js';
import { readRow, type PreparedStatement } from './prepared-statement.js';
import {
  createPrismaClient,
  type OmittingPrismaClient,
  type SystemTransaction,
} from './prisma-client.js';
import { TracedPool } from './traced-pool.js';
import { currentTransaction, runInTransactionScope } from './transaction.js';

/** Where a handle that is in no organization connects to. */
export interface WideConnection {
  connectionString: string;
  max: number;
  /** As the server lists it. */
  name: string;
}

/** What the handles across organizations have in common; which role they are is their connection's. */
export class WideDb implements OnApplicationShutdown {
  readonly pool: pg.Pool;
  readonly client: OmittingPrismaClient;

  constructor({ connectionString, max, name }: WideConnection) {
    this.pool = new TracedPool({
      connectionString,
      max,
      connectionTimeoutMillis: 10_000,
      query_timeout: 30_000,
      keepAlive: true,
      application_name: name,
    });
    this.pool.on('error', () => undefined);
    this.client = createPrismaClient(this.pool, { named: true });
  }

  /**
   * Runs one hand-written statement across organizations: one round trip, prepared once a connection. Gives its rows
   * with bigint as number and times as ISO 8601 strings.
   */
  async sql<Row extends object>(statement: PreparedStatement, values: unknown[]): Promise<Row[]> {
    const result = await this.pool.query({
      ...statement,
      values,
      types: readRow,
    } as unknown as pg.QueryConfig);
    return result.rows as Row[];
  }

  /**
   * Runs `work` in one transaction that may write to `organizationId`: events recorded in it are appended to that
   * organization's ledger as its last statement.
   */
  transactionIn<T>(
    organizationId: string,
    work: (tx: SystemTransaction) => Promise<T>,
  ): Promise<T> {
    if (currentTransaction()) throw new Error('a transaction is already under way');
    const context = { requestId: 'system', ...currentContext(), organizationId };
    return runInContext(context, () =>
      this.client.$transaction(async (tx) => {
        await tx.$queryRaw`select set_config('app.organization_id', ${organizationId}, true)`;
        return runInTransactionScope(tx, () => work(tx));
      }),
    );
  }

  /**
   * Runs `work` in one transaction of no organization in particular: it may write rows of the deployment and, by
   * `Ledger.recordIn`, tell the logs of the organizations that it names.
   */
  transaction<T>(work: (tx: SystemTransaction) => Promise<T>): Promise<T> {
    if (currentTransaction()) throw new Error('a transaction is already under way');
    const { organizationId: _, ...context } = { requestId: 'system', ...currentContext() };
    return runInContext(context, () =>
      this.client.$transaction((tx) => runInTransactionScope(tx, () => work(tx))),
    );
  }

  /** Last of all: until then a request or a job may be under way. */
  async onApplicationShutdown(): Promise<void> {
    await this.client.$disconnect();
    await this.pool.end();
  }
}
