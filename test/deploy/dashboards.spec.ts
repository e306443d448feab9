import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { MetricsListener } from '#core/http/metrics-listener.js';
import { startApp, type RunningApp } from '../support/app.js';
import { databaseOfItsOwn } from '../support/database.js';
import { freePort } from '../support/door.js';
import { readMetrics, type ExposedMetrics } from '../support/exposed-metrics.js';
import { settled } from '../support/jobs.js';
import { read } from '../support/manifests.js';

/** What Prometheus makes itself, and the labels that it puts on everything. */
const ITS_OWN = new Set(['up']);
const OF_THE_SCRAPE = new Set(['instance', 'job', 'le']);

interface Asked {
  where: string;
  expression: string;
}

const rules: any[] = parse(read('deploy/prometheus/alerts.yaml')).groups.flatMap(
  (group: any) => group.rules,
);
const dashboard = JSON.parse(read('deploy/grafana/manydesk.json'));
const alerts: Asked[] = rules.map(({ alert, expr }) => ({ where: alert, expression: expr }));
const panels: Asked[] = dashboard.panels.flatMap(({ title, targets = [] }: any) =>
  targets.map(({ expr }: any) => ({
    where: title,
    // What Grafana puts in before it asks.
    expression: expr.replaceAll('$__rate_interval', '1m').replaceAll('$instance', '.*'),
  })),
);

/** What is wrong with an expression, and the names of metrics and labels in it. */
function take(expression: string): { errors: string[]; metrics: string[]; labels: string[] } {
  const found = { errors: [] as string[], metrics: [] as string[], labels: [] as string[] };
  parser.parse(expression).iterate({
    enter: ({ type, from, to, node }) => {
      const text = expression.slice(from, to);
      if (type.isError) found.errors.push(`${from}: ${expression.slice(from, from + 20)}`);
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector')
        found.metrics.push(text);
      if (type.name === 'LabelName') found.labels.push(text);
    },
  });
  return found;
}

describe('the dashboard and the alerts', () => {
  let api: RunningApp;
  let worker: RunningApp;
  const exposed: ExposedMetrics = new Map();

  beforeAll(async () => {
    const database = await databaseOfItsOwn('dashboards');
    const port = await freePort();
    api = await startApp({ database });
    worker = await startApp({
      database,
      worker: true,
      settings: { WORKER_METRICS_PORT: String(port) },
    });
    await worker.get(MetricsListener).open();
    const acme = await api.given.organization();
    await acme.ticket();
    await settled(worker);
    readMetrics((await api.as(null).get('/metrics')).text, exposed);
    readMetrics(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text(), exposed);
  });

  afterAll(async () => {
    await worker?.close();
    await api?.close();
  });

  it('are there', () => {
    expect(rules.length).toBeGreaterThan(15);
    expect(panels.length).toBeGreaterThan(30);
  });

  it.each([...alerts, ...panels].map(({ where, expression }) => [where, expression]))(
    '%s asks in PromQL, for what a process tells: %s',
    (_, expression) => {
      const { errors, metrics, labels } = take(expression!);
      expect(errors).toEqual([]);
      expect(metrics.length).toBeGreaterThan(0);
      const ours = metrics.filter((name) => !ITS_OWN.has(name));
      expect(ours.filter((name) => !exposed.has(name))).toEqual([]);
      const known = new Set([...OF_THE_SCRAPE, ...ours.flatMap((name) => [...exposed.get(name)!])]);
      // The label of a series that begins with its first failure.
      if (ours.includes('manydesk_sweep_failures_total')) known.add('sweep');
      expect(labels.filter((name) => !known.has(name))).toEqual([]);
    },
  );

  it('would be told of a metric that there is not, and of an expression that is none', () => {
    expect(take('rate(manydesk_no_such_total[5m]) > 0').metrics).toEqual([
      'manydesk_no_such_total',
    ]);
    expect(exposed.has('manydesk_no_such_total')).toBe(false);
    expect(take('sum(rate(manydesk_jobs_total[5m]) > ').errors).not.toEqual([]);
  });

  it('every alert says how bad it is, and the paper says what to do', () => {
    const paper = read('docs/deployment.md');
    for (const { alert, labels, annotations } of rules) {
      expect(['page', 'ticket']).toContain(labels.severity);
      expect(annotations.summary).toEqual(expect.any(String));
      expect(paper).toMatch(new RegExp(`^\\| \`${alert}\``, 'm'));
    }
    const told = [...paper.matchAll(/^\| `([A-Z]\w+)` /gm)].map(([, name]) => name);
    expect(told.sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });

  it('no label that a process tells can hold an id of a tenant', () => {
    const labels = new Set([...exposed.values()].flatMap((names) => [...names]));
    expect([...labels].sort()).toEqual([
      'consumer',
      'kind',
      'le',
      'limit',
      'major',
      'method',
      'minor',
      'outcome',
      'patch',
      'route',
      'space',
      'status',
      'type',
      'version',
    ]);
  });

  it('panels are apart from each other, each with a name and a number of its own', () => {
    const ids = dashboard.panels.map(({ id }: any) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const taken = new Set<string>();
    for (const { title, gridPos } of dashboard.panels) {
      expect(title).not.toBe('');
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      const place = `${gridPos.x},${gridPos.y}`;
      expect([place, taken.has(place)]).toEqual([place, false]);
      taken.add(place);
    }
  });
});
