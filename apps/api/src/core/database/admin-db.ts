import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../config/config.module.js';
import type { PreparedStatement } from './prepared-statement.js';
import type { OmittingPrismaClient, SystemTransaction } from './prisma-client.js';
import { WideDb } from './wide-db.js';

/** Connections of one process for the staff of the deployment: few people, and nothing that hurries. */
const ADMIN_POOL_SIZE = 3;

/**
 * The handle of the deployment's own staff. Its role reaches the staff's tables, and of tenants' tables only the columns
 * that a count needs. Which files may import this one is a list that is checked, as for the handle beside it.
 */
@Injectable()
export class AdminDb implements OnApplicationShutdown {
  readonly #wide: WideDb | null;

  constructor({ settings: { databaseAdminUrl } }: AppConfig) {
    this.#wide =
      databaseAdminUrl === null
        ? null
        : new WideDb({
            connectionString: databaseAdminUrl,
            max: ADMIN_POOL_SIZE,
            name: 'manydesk-admin',
          });
  }

  /** Whether the deployment has a login for its staff: without one their door is shut. */
  get isOpen(): boolean {
    return this.#wide !== null;
  }

  /** Single statements. Throws when the deployment has no login for its staff. */
  get client(): OmittingPrismaClient {
    return this.#open().client;
  }

  /** Runs one hand-written statement: one round trip, with bigint as number and times as ISO 8601 strings. */
  sql<Row extends object>(statement: PreparedStatement, values: unknown[]): Promise<Row[]> {
    return this.#open().sql(statement, values);
  }

  /** Runs `work` in one transaction, which may tell the logs of organizations by `Ledger.recordIn`. */
  transaction<T>(work: (tx: SystemTransaction) => Promise<T>): Promise<T> {
    return this.#open().transaction(work);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#wide?.onApplicationShutdown();
  }

  #open(): WideDb {
    if (this.#wide === null)
      throw new Error(
        'set DATABASE_ADMIN_URL, as docs/operations.md shows: the staff have no login',
      );
    return this.#wide;
  }
}
