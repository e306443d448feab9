import { currentTransaction } from './transaction.js';

/**
 * For work that waits for somebody else's server: within a transaction its locks would be held for as long as they please.
 * `what` is said of the work, as a sentence without its end. Throws at once when a transaction is under way.
 */
export function requireNoTransaction(what: string): void {
  if (currentTransaction()) throw new Error(`${what} outside of transactions only`);
}
