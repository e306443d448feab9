import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import type { Clock } from '#core/context/clock.js';
import { parseForm } from './form.js';
import { answerOf } from './routes.js';
import { Refusal, type Thing } from './shapes.js';
import { StripeWorld } from './world.js';

const WEBHOOK_SECRET = 'whsec_test';

/** How an answer goes wrong. `after`: what was asked has been done all the same. */
interface Fault {
  /** `POST /v1/subscriptions`: the beginning of it. */
  on: string;
  how: '500' | '500 after' | '429' | 'hang up' | 'hang up after' | 'stall';
  times?: number;
}

interface AskedRequest {
  method: string;
  path: string;
  key: string | undefined;
  body: Thing;
}

/** Stripe's API on the loopback: keeps state, knows requests again by their keys, and fails when it is told to. */
export class StripeDouble {
  readonly world: StripeWorld;
  readonly asked: AskedRequest[] = [];
  readonly #faults: Fault[] = [];
  readonly #kept = new Map<string, { request: string; status: number; body: string }>();
  #stalled: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    clock: Pick<Clock, 'now'>,
  ) {
    this.world = new StripeWorld(clock);
  }

  /** Starts one whose time is that of `clock`, which may be said later. */
  static async start(clock: Pick<Clock, 'now'> = { now: () => new Date() }): Promise<StripeDouble> {
    const server = createServer();
    const said = { clock };
    const double = new StripeDouble(server, { now: () => said.clock.now() });
    double.follow = (other) => void (said.clock = other);
    server.on('request', (request, response) => void double.#serve(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return double;
  }

  /** Takes its time from somebody else. */
  follow: (clock: Pick<Clock, 'now'>) => void = () => undefined;

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What an environment says where Stripe sells. */
  get settings(): Record<string, string> {
    return {
      BILLING_PROVIDER: 'stripe',
      STRIPE_SECRET_KEY: 'sk_test_double',
      STRIPE_WEBHOOK_SECRET: `whsec_of_before,${WEBHOOK_SECRET}`,
      STRIPE_API_BASE: this.url,
    };
  }

  fail(fault: Fault): void {
    this.#faults.push({ times: 1, ...fault });
  }

  /** Lets the answers go that were held back. */
  go(): void {
    for (const answer of this.#stalled.splice(0)) answer();
  }

  get stalled(): number {
    return this.#stalled.length;
  }

  /** Requests that changed something, by their beginning. */
  writes(beginning: string): AskedRequest[] {
    return this.asked.filter(({ method, path }) => `${method} ${path}`.startsWith(beginning));
  }

  async stop(): Promise<void> {
    this.go();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://stripe');
    const text = Buffer.concat(await request.toArray()).toString();
    const method = request.method!;
    const params = parseForm(method === 'GET' ? url.search.slice(1) : text);
    const key = request.headers['idempotency-key'] as string | undefined;
    this.asked.push({ method, path: url.pathname, key, body: params });
    const fault = this.#faultOf(`${method} ${url.pathname}`);
    if (fault === 'hang up') return void request.socket.destroy();
    if (fault === '429') return send(response, 429, failure('rate_limit_error'));
    if (fault === 'stall') await new Promise<void>((go) => this.#stalled.push(go));
    const { status, body } = this.#answer(`${method} ${url.pathname} ${text}`, key, fault, () =>
      answerOf(this.world, method, url.pathname, params),
    );
    if (fault === 'hang up after') return void request.socket.destroy();
    send(response, status, body);
  }

  /** The same key is answered by what was answered first, also by a fault; with another question it is refused. */
  #answer(
    request: string,
    key: string | undefined,
    fault: Fault['how'] | undefined,
    act: () => Thing,
  ): { status: number; body: string } {
    const kept = key === undefined ? undefined : this.#kept.get(key);
    if (kept && kept.request !== request)
      return { status: 400, body: failure('idempotency_error') };
    if (kept) return kept;
    const answer = fault === '500' ? { status: 500, body: failure('api_error') } : attempt(act);
    const said = fault === '500 after' ? { status: 500, body: failure('api_error') } : answer;
    if (key !== undefined) this.#kept.set(key, { request, ...said });
    return said;
  }

  #faultOf(request: string): Fault['how'] | undefined {
    const at = this.#faults.findIndex(({ on }) => request.startsWith(on));
    if (at < 0) return undefined;
    const fault = this.#faults[at]!;
    fault.times! -= 1;
    if (fault.times === 0) this.#faults.splice(at, 1);
    return fault.how;
  }
}

/** An event as it is sent, with the header that Stripe's own package makes for it. */
export function signed(
  event: Thing,
  at: Date,
  secret = WEBHOOK_SECRET,
): { payload: string; header: string } {
  const payload = JSON.stringify(event);
  const timestamp = Math.floor(at.getTime() / 1000);
  const { webhooks } = new Stripe('sk_test_double');
  return { payload, header: webhooks.generateTestHeaderString({ payload, secret, timestamp }) };
}

function attempt(act: () => Thing): { status: number; body: string } {
  try {
    return { status: 200, body: JSON.stringify(act()) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, body: JSON.stringify({ error: error.body }) };
  }
}

function send(response: ServerResponse, status: number, body: string): void {
  const headers = { 'content-type': 'application/json', 'request-id': 'req_double' };
  // Stripe asks not to try again what its keys would answer the same.
  response.writeHead(status, {
    ...headers,
    ...(status >= 429 && { 'stripe-should-retry': 'false' }),
  });
  response.end(body);
}

function failure(type: string): string {
  return JSON.stringify({ error: { type, message: 'as the test asked' } });
}
