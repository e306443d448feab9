import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp } from '../support/app.js';
import { databaseOfItsOwn } from '../support/database.js';
import { settled } from '../support/jobs.js';
import { TraceReceiver, type ReceivedSpan } from '../support/trace-receiver.js';

const REQUEST = 'find-this-request-0001';
const REFUSED = 'find-this-request-0002';

describe('tracing', () => {
  let receiver: TraceReceiver;
  const secrets: string[] = [];
  let reply: string;

  /** A day of a desk with something in every place that could be told. What the collector got is looked at when it has ended. */
  beforeAll(async () => {
    receiver = await TraceReceiver.start();
    const running = await startApp({
      worker: true,
      database: await databaseOfItsOwn('tracing'),
      settings: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint },
    });
    const acme = await running.given.organization('Canary Desk');
    const { email, password } = acme.owner.user as { email: string; password?: string };
    const stranger = running.as(null);
    await stranger.post('/auth/login', { email, password: password ?? 'canary-password' });
    await stranger.post('/auth/login', { email: 'canary@canary.example', password: 'canary-word' });
    await stranger.get('/files/canary-token');
    const ticket = await acme.ticket({ subject: 'canary-subject', tags: ['canary-tag'] });
    await acme.owner.get('/tickets?tag=canary-tag', { headers: { 'x-request-id': REQUEST } });
    await acme.owner.post(
      '/tickets',
      { subject: 'canary'.repeat(1_000), canary: 1 },
      {
        headers: {
          'x-request-id': REFUSED,
          traceparent: `00-${'c'.repeat(32)}-${'c'.repeat(16)}-01`,
        },
      },
    );
    ({ id: reply } = await acme.message(ticket.id, 'reply'));
    await settled(running);
    secrets.push(email, ticket.id, acme.owner.user.id, acme.owner.token!);
    await running.close();
  });

  afterAll(() => receiver.close());

  const spanOf = (requestId: string): ReceivedSpan =>
    receiver.spans.find(({ attributes }) => attributes['manydesk.request_id'] === requestId)!;

  it('finds a request by its id, with the statements that it sent', () => {
    const root = spanOf(REQUEST);
    expect(root).toMatchObject({
      name: 'GET /api/v1/tickets',
      kind: 2,
      status: 0,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/api/v1/tickets',
        'http.response.status_code': 200,
      },
    });
    expect(root.parentSpanId).toBeFalsy();
    const parts = receiver.spans.filter(({ traceId }) => traceId === root.traceId);
    const statements = parts.filter(({ parentSpanId }) => parentSpanId === root.spanId);
    expect(statements.length).toBeGreaterThan(0);
    expect(parts).toHaveLength(statements.length + 1);
    expect(statements[0]!.attributes).toMatchObject({ 'db.system.name': 'postgresql' });
  });

  it('tells a refused request apart, and takes no stranger’s trace for ours', () => {
    const root = spanOf(REFUSED);
    expect(root.attributes['http.response.status_code']).toBe(400);
    expect(root.traceId).not.toBe('c'.repeat(32));
  });

  it('follows a job, with its own statements', () => {
    const job = receiver.spans.find(({ name }) => name === 'email.send_reply')!;
    expect(reply).toBeDefined();
    expect(job).toMatchObject({ kind: 5, status: 0 });
    expect(job.attributes['manydesk.request_id']).toMatch(/^job-email\.send_reply\./);
    const parts = receiver.spans.filter(({ parentSpanId }) => parentSpanId === job.spanId);
    expect(parts.map(({ name }) => name)).toContain('BEGIN');
  });

  it('says nothing that anybody typed, and no token, address or value of a statement', () => {
    expect(receiver.raw).not.toMatch(/canary/i);
    for (const secret of secrets) expect(receiver.raw).not.toContain(secret);
    expect(receiver.raw).not.toMatch(/eyJ[\w-]+\.|md_(?:live|test)_/);
    const said = new Set(receiver.spans.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...said].sort()).toEqual([
      'db.operation.name',
      'db.query.text',
      'db.system.name',
      'http.request.method',
      'http.response.status_code',
      'http.route',
      'manydesk.request_id',
    ]);
  });

  it('says each statement by its text without literals: for whom it ran is no part of it', () => {
    const texts = receiver.spans.map(({ attributes }) => String(attributes['db.query.text'] ?? ''));
    const quoted = texts.map((text) => text.replaceAll("'?'", '').replace(/'\??$/, ''));
    expect(quoted.filter((text) => text.includes("'"))).toEqual([]);
  });
});

describe('without OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it('one file alone names the packages, and it is imported by nobody before the setting says so', () => {
    const sources = globSync('apps/api/src/**/*.ts').map((file) => [
      file,
      readFileSync(file, 'utf8'),
    ]);
    const naming = sources.filter(([, text]) => text!.includes("'@opentelemetry/"));
    const importing = sources.filter(([, text]) =>
      /^import (?!type)[^;]*otlp-tracer\.js'/m.test(text!),
    );
    expect(naming.map(([file]) => file)).toEqual(['apps/api/src/core/logging/otlp-tracer.ts']);
    expect(importing).toEqual([]);
  });
});
