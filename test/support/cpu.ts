/**
 * Milliseconds that this thread itself computes for `work`, which does all of it before it returns. What other
 * processes take of the machine meanwhile is not in it, as it would be in the time of the clock.
 */
export function cpuTimeOf(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
