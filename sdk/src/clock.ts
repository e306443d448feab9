/** The time that the client goes by. Give one of your own to test what waits. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with the reason of `signal` when that comes first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** From 0 to 1: a little chance keeps many clients from coming back in the same moment. */
  chance(): number;
}

/** The time that it is. */
export const systemClock: Clock = {
  now: () => Date.now(),
  chance: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((done, stopped) => {
      if (signal?.aborted) return stopped(reasonOf(signal));
      const stop = (): void => {
        clearTimeout(timer);
        stopped(reasonOf(signal!));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        done();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

/** Why something was stopped, as an error. */
export function reasonOf(signal: AbortSignal): Error {
  const { reason } = signal as { reason: unknown };
  return reason instanceof Error ? reason : new Error(`stopped: ${String(reason)}`);
}

/** How long to wait before try number `tries` (from 1): it doubles from half a second, up to `longest`. */
export function pauseBefore(tries: number, longest: number, clock: Clock): number {
  return Math.min(longest, 500 * 2 ** (tries - 1)) * (0.5 + clock.chance() / 2);
}
