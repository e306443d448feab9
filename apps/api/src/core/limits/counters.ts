/** One count that a call is taken from. */
export interface Quota {
  /** Its name in the headers. */
  policy: 'caller' | 'organization';
  key: string;
  /** What may be taken in a window; at least 1. */
  limit: number;
}

/** What is left of a quota after a call. */
export interface Standing {
  policy: Quota['policy'];
  limit: number;
  remaining: number;
  /** Milliseconds until all of it is there again. */
  resetsIn: number;
}

export interface Verdict {
  standings: Standing[];
  /** The quota that is used up; null when the call may go on. */
  refusal: Standing | null;
  /** Whether it is the first call in this window that this process refuses: the one that is worth a note. */
  isFirstRefusal: boolean;
}

/** Milliseconds of a window. It begins with the first call, so that not all of them end at the same time. */
export const WINDOW = 60_000;

/** Counts calls in windows. */
export interface Counters {
  /**
   * Takes `cost` from every quota, or from none when one has not enough left: a call that is refused uses up nothing.
   * A cost above a limit is taken for all of that limit, or such a call could never be made.
   */
  take(quotas: readonly Quota[], cost: number): Verdict | Promise<Verdict>;
}
