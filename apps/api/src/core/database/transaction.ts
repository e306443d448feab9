import { AsyncLocalStorage } from 'node:async_hooks';

/** The one raw statement that a transaction may run, last: the ledger's append. */
export const CLOSING_STATEMENT = 'select ledger_append($1::jsonb) as seq';

/** Names the organization that the rest of a cross-tenant transaction speaks for. The tenant handle refuses it. */
export const ENTER_STATEMENT = "select set_config('app.organization_id', $1, true)";

/** What a transaction needs of its client to run the ledger's last statement. */
export interface RawRunner {
  $queryRawUnsafe<T>(sql: string, ...values: unknown[]): Promise<T>;
}

type BeforeCommit = (runner: RawRunner) => Promise<void>;

/** The transaction under way: what is to be written last, just before the commit. */
export class TransactionScope {
  readonly #beforeCommit = new Map<string, BeforeCommit>();

  /** Registers the last statement of `owner`; a second registration of the same owner is ignored. */
  beforeCommit(owner: string, work: BeforeCommit): void {
    if (!this.#beforeCommit.has(owner)) this.#beforeCommit.set(owner, work);
  }

  async runBeforeCommit(runner: RawRunner): Promise<void> {
    for (const work of this.#beforeCommit.values()) await work(runner);
  }
}

const scopes = new AsyncLocalStorage<TransactionScope>();

/** The transaction under way, or undefined. */
export function currentTransaction(): TransactionScope | undefined {
  return scopes.getStore();
}

/**
 * Runs `work` as the body of a transaction and, when it succeeds, what was registered for its end; or hands that to
 * `defer`, when the transaction is part of a larger one.
 */
export async function runInTransactionScope<T>(
  runner: RawRunner,
  work: () => Promise<T>,
  defer?: (statements: BeforeCommit) => void,
): Promise<T> {
  const scope = new TransactionScope();
  return scopes.run(scope, async () => {
    const result = await work();
    if (defer) defer((last) => scope.runBeforeCommit(last));
    else await scope.runBeforeCommit(runner);
    return result;
  });
}
