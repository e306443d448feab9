import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import type { StatementConfig } from './tenant-query.js';
import type { RawRunner } from './transaction.js';

/** The connection of a transaction, as much of it as a unit needs. */
export interface UnitConnection {
  query(config: StatementConfig): Promise<pg.QueryResult>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
}

type LastStatements = (runner: RawRunner) => Promise<void>;

/**
 * A unit of work: one transaction around everything that a piece of work does through the tenant handle, its own
 * transactions included. They become savepoints (PostgreSQL documentation, "SAVEPOINT"), so that a service that
 * catches a failure and tries again does here what it does alone; what they registered for their end is put off to
 * the end of the unit, because the lock on the log's head is taken last.
 */
export class TenantUnit {
  readonly #deferred: LastStatements[] = [];
  #savepoints = 0;
  #isOver = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(private readonly connection: UnitConnection) {}

  /** Whether it was committed or rolled back: what was begun in it and goes on afterwards is no part of it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Says that it was committed or rolled back. */
  end(): void {
    this.#isOver = true;
  }

  /** Puts off the last statements of a transaction within the unit. */
  defer(statements: LastStatements): void {
    this.#deferred.push(statements);
  }

  /** Runs what was put off. To be called once, before the commit. */
  async runDeferred(): Promise<void> {
    const runner: RawRunner = {
      $queryRawUnsafe: async <T>(text: string, ...values: unknown[]) =>
        (await this.connection.query({ text, values })).rows as T,
    };
    for (const statements of this.#deferred) await statements(runner);
  }

  /** Runs a statement that stands alone: one that fails takes nothing else with it. */
  async statement(config: StatementConfig): Promise<pg.QueryResult> {
    const nested = await this.nest();
    try {
      await nested.query({ text: 'begin' });
      const result = await nested.query(config);
      await nested.query({ text: 'commit' });
      return result;
    } catch (error) {
      await nested.query({ text: 'rollback' });
      throw error;
    } finally {
      nested.release();
    }
  }

  /** A connection for a transaction within the unit, when the one before has ended. */
  async nest(): Promise<NestedConnection> {
    const before = this.#turn;
    let end = (): void => undefined;
    this.#turn = new Promise((resolve) => (end = resolve));
    await before;
    this.#savepoints += 1;
    return new NestedConnection(this.connection, `unit_${this.#savepoints}`, end);
  }
}

const OPENING = /^\s*begin\b/i;
const COMMIT = /^\s*commit\s*;?\s*$/i;
const ROLLBACK = /^\s*rollback\s*;?\s*$/i;

/** A transaction within a unit: begins, commits and rolls back a savepoint. Has the part of pg.PoolClient that PrismaPg uses. */
export class NestedConnection {
  #isOpen = false;

  constructor(
    private readonly connection: UnitConnection,
    private readonly savepoint: string,
    private readonly end: () => void,
  ) {}

  async query(config: StatementConfig): Promise<pg.QueryResult> {
    if (OPENING.test(config.text)) {
      this.#isOpen = true;
      return this.connection.query({ text: `savepoint ${this.savepoint}` });
    }
    if (COMMIT.test(config.text)) {
      this.#isOpen = false;
      return this.connection.query({ text: `release savepoint ${this.savepoint}` });
    }
    if (ROLLBACK.test(config.text)) return this.#rollBack();
    return this.connection.query(config);
  }

  /** Lets the next one begin. One that did not end is rolled back first. */
  release(): void {
    if (!this.#isOpen) return this.end();
    // A connection that is gone has rolled back; the unit fails at its next statement.
    void this.#rollBack()
      .catch(() => undefined)
      .then(this.end);
  }

  on(event: 'error', listener: (error: Error) => void): this {
    this.connection.on(event, listener);
    return this;
  }

  removeListener(event: 'error', listener: (error: Error) => void): this {
    this.connection.removeListener(event, listener);
    return this;
  }

  #rollBack(): Promise<pg.QueryResult> {
    this.#isOpen = false;
    return this.connection.query({ text: `rollback to savepoint ${this.savepoint}` });
  }
}

const units = new AsyncLocalStorage<TenantUnit>();

/** The unit of work under way, or undefined. */
export function currentUnit(): TenantUnit | undefined {
  const unit = units.getStore();
  return unit?.isOver ? undefined : unit;
}

/** Runs `work` inside `unit`. */
export function runInUnit<T>(unit: TenantUnit, work: () => Promise<T>): Promise<T> {
  return units.run(unit, work);
}
