import { readdirSync, readFileSync } from 'node:fs';

/** Microseconds in one tick of /proc's clocks (USER_HZ, 100 on every Linux that people run). */
const TICK = 10_000;

/** Processor time of a process so far, its threads included, in microseconds; null where there is no /proc. */
export function cpuOf(pid: number): number | null {
  const stat = statOf(pid);
  return stat && (stat.own ?? 0) * TICK;
}

/**
 * Processor time of a Postgres server so far, in microseconds: the postmaster, its living children, and those that
 * have ended, whose time the kernel has added to the postmaster's.
 */
export function cpuOfServer(postmaster: number | null): number | null {
  const parent = postmaster === null ? null : statOf(postmaster);
  if (!parent) return null;
  let ticks = parent.own + parent.ofEnded;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(Number(name));
    if (stat?.parent === postmaster) ticks += stat.own;
  }
  return ticks * TICK;
}

/** The most memory that a process has held at once, in megabytes. */
export function peakMemoryOf(pid: number): number | null {
  try {
    const found = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found ? Math.round(Number(found[1]) / 1024) : null;
  } catch {
    return null;
  }
}

function statOf(pid: number): { parent: number; own: number; ofEnded: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold anything; the fields after it are numbered from 3.
    const field = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const at = (number: number) => Number(field[number - 3]);
    return { parent: at(4), own: at(14) + at(15), ofEnded: at(16) + at(17) };
  } catch {
    return null;
  }
}
