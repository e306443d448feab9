/** How one route was answered since the process began. */
export interface RouteTimes {
  method: string;
  route: string;
  requests: number;
  /** Answers of 500 and more. */
  failures: number;
  meanMilliseconds: number;
  /** The bound under which nineteen of twenty answers stayed; null when it is past the last one that is counted by. */
  p95Milliseconds: number | null;
}

/** A value of a histogram, as prom-client gives it. */
export interface HistogramValue {
  value: number;
  metricName?: string;
  labels: Partial<Record<string, string | number>>;
}

interface Sums {
  requests: number;
  failures: number;
  seconds: number;
  within: Map<number, number>;
}

/** What a histogram of requests by method, route and status tells of each route, the most time in all first. */
export function routeTimes(values: HistogramValue[]): RouteTimes[] {
  const sums = new Map<string, Sums>();
  for (const { value, metricName = '', labels } of values) {
    const { method, route, status, le } = labels;
    const key = `${method} ${route}`;
    const sum = sums.get(key) ?? { requests: 0, failures: 0, seconds: 0, within: new Map() };
    sums.set(key, sum);
    if (metricName.endsWith('_sum')) sum.seconds += value;
    else if (metricName.endsWith('_bucket'))
      sum.within.set(Number(le), (sum.within.get(Number(le)) ?? 0) + value);
    else if (metricName.endsWith('_count')) {
      sum.requests += value;
      if (Number(status) >= 500) sum.failures += value;
    }
  }
  const bySeconds = [...sums].toSorted(([, a], [, b]) => b.seconds - a.seconds);
  return bySeconds.map(([key, sum]) => {
    const [method = '', ...route] = key.split(' ');
    return { method, route: route.join(' '), ...timesOf(sum) };
  });
}

function timesOf({ requests, failures, seconds, within }: Sums) {
  const bounds = [...within.keys()]
    .filter((bound) => Number.isFinite(bound))
    .toSorted((a, b) => a - b);
  const bound = bounds.find((limit) => within.get(limit)! >= requests * 0.95);
  return {
    requests,
    failures,
    meanMilliseconds: Math.round((seconds / Math.max(1, requests)) * 10_000) / 10,
    p95Milliseconds: bound === undefined ? null : bound * 1000,
  };
}
