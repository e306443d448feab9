import { describe, expect, it } from '@jest/globals';
import { MetricsListener } from '#core/http/metrics-listener.js';
import { startApp, useApp } from '../support/app.js';
import { databaseOfItsOwn } from '../support/database.js';
import { freePort } from '../support/door.js';
import { sampleOf } from '../support/exposed-metrics.js';
import { settled } from '../support/jobs.js';

const database = await databaseOfItsOwn('worker_metrics');
const port = await freePort();
const running = await useApp({
  worker: true,
  database,
  settings: { WORKER_METRICS_PORT: String(port) },
});
await running.get(MetricsListener).open();
const acme = await running.given.organization('Canary Desk');

const ask = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`http://127.0.0.1:${port}${path}`, init);
const scrape = async (): Promise<string> => (await ask('/metrics')).text();

describe('the port of a worker', () => {
  it('tells the queue, the outbox and the pools', async () => {
    await settled(running);
    const answer = await ask('/metrics');
    const text = await answer.text();

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const name of [
      'queue_waiting_jobs',
      'queue_oldest_waiting_seconds',
      'outbox_lag_seconds',
      'tenant_pool_waits_total',
      'system_pool_waiting',
      'webhook_lag_seconds',
      'relay_failures_total',
    ]) {
      expect([name, sampleOf(text, `manydesk_${name}`)]).toEqual([name, 0]);
    }
    expect(sampleOf(text, 'manydesk_notifications_live')).toBe(1);
  });

  it('says whether the process answers and can do its work', async () => {
    const live = await ask('/health/live');
    const ready = await ask('/health/ready');

    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ok', checks: { database: 'ok', notifications: 'ok' } },
    ]);
  });

  it.each([
    ['GET', '/'],
    ['GET', '/api/v1/tickets'],
    ['POST', '/metrics'],
  ])('answers %s %s with nothing', async (method, path) => {
    const answer = await ask(path, { method });

    expect([answer.status, await answer.json()]).toEqual([404, { status: 'not_found' }]);
  });

  it('counts the jobs that were done, by their names alone', async () => {
    const done = 'consumer="email.send_reply",outcome="done"';
    const before = sampleOf(await scrape(), 'manydesk_jobs_total', done);
    const ticket = await acme.ticket({ subject: 'canary-subject' });
    await acme.message(ticket.id, 'reply');
    await settled(running);
    const text = await scrape();

    expect(sampleOf(text, 'manydesk_jobs_total', done)).toBe(before + 1);
    expect(
      sampleOf(text, 'manydesk_job_seconds_count', 'consumer="email.send_reply"'),
    ).toBeGreaterThan(0);
    expect(text).not.toMatch(/canary|[0-9a-f]{8}-[0-9a-f]{4}-/i);
  });

  it('is not there unless a setting says so', async () => {
    const other = await startApp({ worker: true, database });
    await expect(
      other
        .get(MetricsListener)
        .open()
        .finally(() => void other.close()),
    ).resolves.toBeUndefined();
  });

  it('says in a sentence that its port is taken', async () => {
    const other = await startApp({
      database,
      settings: { WORKER_METRICS_PORT: String(port) },
    });
    await expect(
      other
        .get(MetricsListener)
        .open()
        .finally(() => void other.close()),
    ).rejects.toThrow(
      `WORKER_METRICS_PORT is ${port}, which cannot be opened on 127.0.0.1 (EADDRINUSE)`,
    );
  });
});
