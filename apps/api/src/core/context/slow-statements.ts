/** Milliseconds past which a statement is slow; waiting for a connection is part of it. */
const SLOW = 100;
/** Pairs of work and statement that are remembered: both stand in the code, so there are few. */
const MOST_PAIRS = 500;

/** Statements of one name that were slow, in work of one name, since the process began. */
export interface SlowStatement {
  /** Method and route of a request, or what a job does; null for work by the clock. */
  work: string | null;
  /** The statement's own name, or what it does to which table. */
  statement: string;
  times: number;
  milliseconds: number;
  worstMilliseconds: number;
  lastAt: number;
}

const found = new Map<string, SlowStatement>();

/** Whether a statement of so many milliseconds is one to remember. */
export function isSlow(milliseconds: number): boolean {
  return milliseconds >= SLOW;
}

/** Remembers a slow statement. Names alone: never a text, a value or an organization. */
export function noteSlowStatement(
  work: string | null,
  statement: string,
  milliseconds: number,
): void {
  const key = `${work} ${statement}`;
  const entry = found.get(key);
  const lastAt = Date.now();
  if (entry) {
    entry.times += 1;
    entry.milliseconds += milliseconds;
    entry.worstMilliseconds = Math.max(entry.worstMilliseconds, milliseconds);
    entry.lastAt = lastAt;
  } else if (found.size < MOST_PAIRS) {
    found.set(key, {
      ...{ work, statement, times: 1, lastAt },
      ...{ milliseconds, worstMilliseconds: milliseconds },
    });
  }
}

/** What was slow in this process, the most time first. */
export function slowStatements(): SlowStatement[] {
  return [...found.values()].toSorted((a, b) => b.milliseconds - a.milliseconds);
}
