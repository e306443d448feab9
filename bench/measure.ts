import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuOf, cpuOfServer } from './proc.js';
import type { App, LoadClient } from './processes.js';
import { toWire, type Ask } from './scenarios.js';

/** Connections that the load client keeps busy: twice the pool of each application. */
const CONNECTIONS = 32;

export interface Plan {
  /** How often the palindrome A B … B A is run. */
  rounds: number;
  sliceMs: number;
  warmUpMs: number;
}

/** One slice of one application. Times in microseconds a request, latencies in milliseconds. */
export interface Sample {
  perSecond: number;
  nodeUs: number | null;
  pgUs: number | null;
  p50: number;
  p95: number;
}

/** The slices of one application in the order in which they were run. */
export type Samples = Map<App, Sample[]>;

/** Runs slices of load and reads the clocks around each. */
export class Meter {
  constructor(
    private readonly client: LoadClient,
    private readonly postmaster: number | null,
    private readonly folder: string,
  ) {}

  /**
   * Measures `apps` with the same requests in the order A B … B A, `plan.rounds` times over, after a warm-up of each:
   * whatever drifts on the machine drifts for all of them.
   */
  async compare(apps: { app: App; asks: Ask[] }[], plan: Plan): Promise<Samples> {
    const samples: Samples = new Map(apps.map(({ app }) => [app, []]));
    for (const one of apps) await this.slice(one.app, one.asks, plan.warmUpMs);
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const { app, asks } of [...apps, ...[...apps].reverse()]) {
        samples.get(app)!.push(await this.slice(app, asks, plan.sliceMs));
      }
    }
    return samples;
  }

  /** One slice of `app`. Throws when an answer is a failure. */
  async slice(app: App, asks: Ask[], milliseconds: number): Promise<Sample> {
    const file = join(this.folder, 'requests.json');
    writeFileSync(file, JSON.stringify(asks.map(toWire)));
    await this.client.load(file);
    const before = { node: cpuOf(app.pid), pg: cpuOfServer(this.postmaster) };
    const slice = await this.client.run(app.port, CONNECTIONS, milliseconds);
    const after = { node: cpuOf(app.pid), pg: cpuOfServer(this.postmaster) };
    if (slice.failures > 0)
      throw new Error(
        `${app.name} failed ${slice.failures} of ${slice.requests} requests: ${slice.firstFailure}`,
      );
    const per = (from: number | null, to: number | null) =>
      from === null || to === null ? null : (to - from) / slice.requests;
    return {
      perSecond: slice.requests / slice.seconds,
      nodeUs: per(before.node, after.node),
      pgUs: per(before.pg, after.pg),
      p50: slice.p50,
      p95: slice.p95,
    };
  }
}

/** How much faster `app` was than `baseline`: the median over the pairs of slices, and the range of those pairs. */
export function ratioOf(
  samples: Samples,
  app: App,
  baseline: App,
): { ratio: number; low: number; high: number } {
  const ours = samples.get(app)!;
  const theirs = samples.get(baseline)!;
  const pairs = ours.map((sample, index) => sample.perSecond / theirs[index]!.perSecond);
  return { ratio: median(pairs), low: Math.min(...pairs), high: Math.max(...pairs) };
}

/** The medians of an application's slices. */
export function middleOf(samples: Samples, app: App): Sample {
  const of = (pick: (sample: Sample) => number | null) => {
    const values = samples.get(app)!.map(pick);
    return values.every((value) => value !== null) ? median(values as number[]) : null;
  };
  return {
    perSecond: of(({ perSecond }) => perSecond)!,
    nodeUs: of(({ nodeUs }) => nodeUs),
    pgUs: of(({ pgUs }) => pgUs),
    p50: of(({ p50 }) => p50)!,
    p95: of(({ p95 }) => p95)!,
  };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
