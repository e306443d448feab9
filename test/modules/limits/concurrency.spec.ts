import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { useApp } from '../../support/app.js';
import type { Client } from '../../support/as.js';
import { eventually } from '../../support/jobs.js';

const running = await useApp({ listen: true, settings: { CONCURRENT_REQUESTS: '2' } });
const { hostname, port } = new URL(running.url);
const acme = await running.given.organization();
const globex = await running.given.organization('Globex');

/** Calls are held under way by bodies that do not come to their end. */
describe('how many calls of an organization are answered at the same time', () => {
  const sockets: Socket[] = [];
  // Who is known already is counted in the moment in which a call arrives.
  beforeEach(async () => expect(await status(acme.owner)).toBe(200));
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await eventually('none is under way', async () => (await status(acme.owner)) === 200);
  });

  async function status(caller: Client): Promise<number> {
    return (await caller.get('/me')).status;
  }

  async function begin(caller: Client, ...head: string[]): Promise<Socket> {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    sockets.push(socket);
    await once(socket, 'connect');
    const lines = [...head, `host: ${hostname}`, `authorization: Bearer ${caller.token}`];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    return socket;
  }

  /** A call of which the head has arrived, and the body is still to come. */
  async function hold(): Promise<Socket> {
    const socket = await begin(
      acme.owner,
      'POST /api/v1/tickets HTTP/1.1',
      'content-type: application/json',
      'content-length: 1000',
      'expect: 100-continue',
    );
    expect(await heard(socket)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\n$/);
    return socket;
  }

  async function heard(socket: Socket): Promise<string> {
    return String((await once(socket, 'data'))[0]);
  }

  it('refuses the one above, at once and only for this organization', async () => {
    await Promise.all([hold(), hold()]);
    const refused = await acme.owner.get('/me');
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.body.error).toEqual({
      code: 'limit.concurrency',
      message:
        '2 calls of this organization are being answered, and no more are at the same time: wait for one and try again.',
      requestId: refused.headers['x-request-id'],
      details: { limit: 2, retryAfterSeconds: 1 },
    });
    expect(await status(globex.owner)).toBe(200);
  });

  it('has room again when a caller goes away, and when one is answered', async () => {
    const [first, second] = await Promise.all([hold(), hold()]);
    expect(await status(acme.owner)).toBe(429);
    first.destroy();
    await eventually('there is room', async () => (await status(acme.owner)) === 200);
    await hold();
    expect(await status(acme.owner)).toBe(429);
    second.write(`{}${' '.repeat(998)}`);
    expect(await heard(second)).toMatch(/^HTTP\/1.1 400 /);
    await eventually('there is room', async () => (await status(acme.owner)) === 200);
  });

  it('counts no stream that is open', async () => {
    const streams = await Promise.all(
      Array.from({ length: 5 }, () => begin(acme.owner, 'GET /api/v1/events/stream HTTP/1.1')),
    );
    for (const stream of streams) expect(await heard(stream)).toMatch(/^HTTP\/1.1 200 /);
    expect(await status(acme.owner)).toBe(200);
  });
});
