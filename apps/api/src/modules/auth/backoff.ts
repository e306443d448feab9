/** How long who keeps failing has to wait. Times are milliseconds. */
export interface Backoff {
  /** Failures that cost nothing. */
  free: number;
  /** The wait after the first one that does; doubled for each further one. */
  first: number;
  longest: number;
  /** How far back failures count. */
  window: number;
}

/**
 * Guesses at one account. The wait is short at its longest, because a stranger can cause it: it slows guessing down to
 * two a minute and keeps nobody out for long.
 */
export const OF_ACCOUNT: Backoff = {
  free: 5,
  first: 1_000,
  longest: 30_000,
  window: 15 * 60_000,
};

/** Failures of one client, whichever accounts they are about. An office behind one address has many people. */
export const OF_CLIENT: Backoff = {
  free: 50,
  first: 1_000,
  longest: 15 * 60_000,
  window: 60 * 60_000,
};

/** Mails and organizations that one client asks for. */
export const OF_REQUESTS: Backoff = {
  free: 30,
  first: 60_000,
  longest: 15 * 60_000,
  window: 60 * 60_000,
};

/** Milliseconds that are still to be waited at `now` after so many failures, the last of them at `last`. */
export function waitAfter(
  { free, first, longest }: Backoff,
  failures: number,
  last: Date | null,
  now: Date,
): number {
  if (failures < free || last === null) return 0;
  const wait = Math.min(longest, first * 2 ** Math.min(failures - free, 40));
  return Math.max(0, last.getTime() + wait - now.getTime());
}
