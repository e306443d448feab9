import { useSyncExternalStore } from 'react';
import { useIntl } from '../messages/intl.js';
import { exactTime, relativeTime } from '../messages/time.js';

const tickMs = 30_000;
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for the page, so that a hundred times on it change in one go. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // It stood still while the page had no time on it: what happened since would be shown as yet to come.
  if (timer === undefined) now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** How long ago, or until when; the exact time on hover. */
export function Time({ at, className }: { at: string; className?: string }) {
  const { language } = useIntl();
  const clock = useSyncExternalStore(subscribe, () => now);
  const then = new Date(at).getTime();
  // Something younger than the clock's last tick is "now", not "in ten seconds".
  const shown = then - clock < tickMs * 2 ? Math.max(clock, then) : clock;
  return (
    <time dateTime={at} title={exactTime(at, language)} className={className}>
      {relativeTime(at, language, shown)}
    </time>
  );
}
