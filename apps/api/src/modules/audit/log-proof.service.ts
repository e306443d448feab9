import { LogChain } from './log-chain.js';
import { toLogLine, type ChainRow } from './log-line.js';

export type { ChainRow };

/** Where a log ends. */
export interface LogEnd {
  seq: number;
  hash: string;
}

/** Proves a whole log that is handed in event by event, from the first, and is in no database. */
export class LogProof {
  readonly #chain = new LogChain();

  /** What is wrong with the event, as the end of a sentence about it, or null. */
  take(row: ChainRow): string | null {
    const { problem, gap } = this.#chain.take(toLogLine(row));
    return problem ?? (gap === null ? null : 'one before it is missing');
  }

  /** Whether the log is whole up to `head`, where it says that it ends. */
  isWholeTo(head: LogEnd): boolean {
    const { seq, hash } = this.#chain.last;
    return seq === head.seq && hash === head.hash;
  }
}
