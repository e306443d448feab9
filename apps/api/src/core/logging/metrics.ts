import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { routeTimes, type RouteTimes } from './route-times.js';

/** Seconds that a job, a request to somebody else or a mail may take. */
const SLOW_WORK = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Counts one more of something, by the values of its labels in their order. */
export type Count = (...values: string[]) => void;
/** Notes how many seconds something took, by the values of its labels in their order. */
export type Measure = (seconds: number, ...values: string[]) => void;

/**
 * What Prometheus reads. Labels are route templates, methods, statuses, and names that stand in the code: never an id,
 * an organization or anything that a tenant typed.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  /** The series by method, route and status: finding one by its labels hashes them anew each time. */
  readonly #series = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'manydesk_' });
    this.#requests = new Histogram({
      name: 'manydesk_http_request_seconds',
      help: 'Time to answer a request.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [this.registry],
    });
  }

  /** What Prometheus is answered. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  observeRequest(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${route} ${status}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      series = this.#requests.labels({ method, route, status: `${status}` });
      this.#series.set(key, series);
    }
    series.observe(seconds);
  }

  /** How each route was answered by this process, the most time in all first. */
  async routes(): Promise<RouteTimes[]> {
    return routeTimes((await this.#requests.get()).values);
  }

  /** Adds a gauge whose value is read when Prometheus asks; one that cannot be read is NaN and spoils no other. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name: `manydesk_${name}`,
      help,
      registers: [this.registry],
      async collect() {
        this.set(
          await Promise.resolve()
            .then(read)
            .catch(() => Number.NaN),
        );
      },
    });
  }

  /**
   * Adds a counter with the labels `labelNames`. `known` are values of them that begin at 0: the first of a series that
   * comes from nowhere is no increase to Prometheus, and nobody would be woken by it.
   */
  counter(name: string, help: string, labelNames: string[] = [], known: string[][] = []): Count {
    const counter = new Counter({
      name: `manydesk_${name}`,
      help,
      labelNames,
      registers: [this.registry],
    });
    for (const values of known) counter.labels(...values).inc(0);
    return (...values) => counter.labels(...values).inc();
  }

  /** Adds a counter that somebody else keeps, read when Prometheus asks. */
  counted(name: string, help: string, read: () => number): void {
    new Counter({
      name: `manydesk_${name}`,
      help,
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }

  /** Adds a histogram of work that takes from milliseconds to minutes. */
  histogram(name: string, help: string, labelNames: string[]): Measure {
    const histogram = new Histogram({
      name: `manydesk_${name}`,
      help,
      labelNames,
      buckets: SLOW_WORK,
      registers: [this.registry],
    });
    return (seconds, ...values) => histogram.labels(...values).observe(seconds);
  }
}
