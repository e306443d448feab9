import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  Manydesk,
  RateLimited,
  Unavailable,
  Unreachable,
  hasCode,
} from '../../sdk/src/manydesk.js';
import { useApp } from '../support/app.js';
import type { GivenOrganization } from '../support/given.js';
import { deskAt, refusal } from './sdk.js';

const running = await useApp({ listen: true });

describe('a call that fails for the moment', () => {
  let acme: GivenOrganization;
  let key: string;

  beforeAll(async () => {
    acme = await running.given.organization();
    key = (await acme.apiKey(['tickets:read', 'tickets:write'])).token!;
  });

  const ticket = (subject: string) => ({
    subject,
    body: 'Once.',
    requester: { email: 'rita@customer.example', name: 'Rita' },
  });

  it('is sent again after a lost connection and after a 503, with longer and longer pauses', async () => {
    const { desk, wire, clock } = deskAt(running.url, key);
    wire.judge = (_, count) =>
      count < 3 ? 'lost' : count === 3 ? refusal(503, 'internal.unavailable') : undefined;
    const { id } = await acme.ticket();
    expect((await desk.tickets.get(id)).id).toBe(id);
    expect(clock.waits).toEqual([250, 500, 1_000]);
  });

  it('waits as long as the desk asks', async () => {
    const { desk, wire, clock } = deskAt(running.url, key);
    const limited = refusal(429, 'limit.rate', { headers: { 'retry-after': '7' } });
    const late = refusal(503, 'internal.unavailable', {
      headers: { 'retry-after': new Date(clock.now() + 7_000 + 3_000).toUTCString() },
    });
    wire.judge = (_, count) => [limited, late][count - 1];
    await desk.tickets.list().first();
    expect(clock.waits).toEqual([7_000, 3_000]);
  });

  it('gives up at once where the desk asks for more patience than it has', async () => {
    const { desk, wire, clock } = deskAt(running.url, key);
    wire.judge = () => refusal(429, 'limit.rate', { headers: { 'retry-after': '3600' } });
    const failure = await desk.tickets
      .list()
      .first()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RateLimited);
    expect(failure).toMatchObject({ code: 'limit.rate', retryAfter: 3_600 });
    expect(clock.waits).toEqual([]);
  });

  it('gives up after its tries, and names what was in the way', async () => {
    const { desk, wire } = deskAt(running.url, key, { retries: 2 });
    wire.judge = () => 'lost';
    const failure = await desk.tickets
      .list()
      .first()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Unreachable);
    expect(hasCode(failure, 'network.unreachable')).toBe(true);
    expect(wire.sent).toHaveLength(3);
    wire.judge = () => new Response('<h1>Bad gateway</h1>', { status: 502 });
    await expect(desk.tickets.list().first()).rejects.toBeInstanceOf(Unavailable);
  });

  it('is not sent again when it is wrong, or when the desk itself fails', async () => {
    const { desk, wire } = deskAt(running.url, key);
    wire.judge = () => refusal(500, 'internal.error');
    await expect(desk.tickets.list().first()).rejects.toBeInstanceOf(Unavailable);
    wire.judge = () => refusal(409, 'ticket.busy');
    await expect(desk.tickets.list().first()).rejects.toMatchObject({ code: 'ticket.busy' });
    expect(wire.sent).toHaveLength(2);
  });

  it('writes once, although the answers to it were lost', async () => {
    const { desk, wire } = deskAt(running.url, key);
    wire.judge = (_, count) => (count < 3 ? 'answer lost' : undefined);
    const made = await desk.tickets.create(ticket('Only one'));
    const names = wire.sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(new Set(names).size).toBe(1);
    expect(names).toHaveLength(3);
    wire.judge = () => undefined;
    const found = await desk.tickets.list({ subject: 'Only one' }).toArray();
    expect(found.map(({ id }) => id)).toEqual([made.id]);
    await desk.tickets.create(ticket('Another'));
    expect(wire.sent.at(-1)!.headers.get('idempotency-key')).not.toBe(names[0]);
  });

  it('waits for the first try of a write that is still going', async () => {
    const { desk, wire, clock } = deskAt(running.url, key);
    const headers = { 'retry-after': '1' };
    wire.judge = (_, count) =>
      count === 1
        ? 'lost'
        : count === 2
          ? refusal(409, 'idempotency.in_progress', { headers })
          : undefined;
    expect((await desk.tickets.create(ticket('Slow'))).subject).toBe('Slow');
    expect(clock.waits).toEqual([250, 1_000]);
  });

  it('names a write as the caller wishes, and names no read', async () => {
    const { desk, wire } = deskAt(running.url, key);
    const order = { idempotencyKey: 'order-4711' };
    const first = await desk.tickets.create(ticket('Order'), order);
    expect((await desk.tickets.create(ticket('Order'), order)).id).toBe(first.id);
    await desk.tickets.get(first.id);
    const names = wire.sent.map(({ headers }) => headers.get('idempotency-key'));
    expect(names).toEqual(['order-4711', 'order-4711', null]);
  });

  it('asks for the credential anew at each try', async () => {
    const tokens = ['stale', key];
    const { desk, wire } = deskAt(running.url, key, { apiKey: () => tokens.shift()! });
    wire.judge = (_, count) => (count === 1 ? 'lost' : undefined);
    await desk.tickets.list().first();
    expect(wire.sent.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer stale',
      `Bearer ${key}`,
    ]);
  });

  it('stops at once when the caller does', async () => {
    const { desk, wire } = deskAt(running.url, key);
    const stop = new AbortController();
    wire.judge = () => {
      stop.abort(new Error('the caller has gone'));
      return 'lost';
    };
    const asked = desk.tickets.list({}, { signal: stop.signal }).first();
    await expect(asked).rejects.toThrow('the caller has gone');
    expect(wire.sent).toHaveLength(1);
  });

  it('does not wait for ever for an answer', async () => {
    const silent: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init!.signal!.addEventListener('abort', () => reject(new Error('aborted')));
      });
    const desk = new Manydesk({
      baseUrl: running.url,
      apiKey: key,
      fetch: silent,
      retries: 0,
      timeoutMs: 5,
    });
    await expect(desk.tickets.list().first()).rejects.toMatchObject({ code: 'network.timeout' });
  });
});
