import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CreatedWebhookEndpointDto } from '#modules/webhooks/dto/webhook-endpoint.dto.js';
import { WebhookFanOut } from '#modules/webhooks/webhook-fan-out.service.js';
import { WebhookSender } from '#modules/webhooks/webhook-sender.service.js';
import type { RunningApp } from './app.js';
import { expectStatus } from './as.js';
import type { GivenOrganization } from './given.js';

/** What a receiver was sent. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** The body, parsed. */
  event: any;
}

type Answering = (received: Received, response: ServerResponse) => void;

/** A receiver of webhooks on the loopback, which answers as a test wants it to. */
export class Receiver {
  readonly received: Received[] = [];
  /** 204 if a test says nothing else. */
  answer: Answering = (_, response) => void response.writeHead(204).end();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const { url: path = '', headers } = request;
        const received = { path, headers, body, event: JSON.parse(body) };
        own.received.push(received);
        own.answer(received, response);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const own: Receiver = new Receiver(
      server,
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
    return own;
  }

  /** Answers everything with `status`. */
  says(status: number, headers: Record<string, string> = {}, body = ''): void {
    this.answer = (_, response) => void response.writeHead(status, headers).end(body);
  }

  /** What came to `path`. */
  at(path: string): Received[] {
    return this.received.filter((each) => each.path === path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

/** An endpoint of `acme` that leads to a path of its own at `receiver`, made by its owner. */
export async function givenEndpoint(
  acme: GivenOrganization,
  receiver: Receiver,
  fields: Record<string, unknown> = {},
): Promise<CreatedWebhookEndpointDto & { path: string }> {
  const path = `/${acme.id}/${Math.random().toString(36).slice(2)}`;
  const url = `${receiver.url}${path}`;
  const answer = await acme.owner.post('/webhook-endpoints', { url, ...fields });
  return { ...expectStatus(answer, 201).body.data, path };
}

/** Does what a worker does: makes the deliveries that are due now, sends them and waits for the answers. */
export async function deliver(running: RunningApp): Promise<void> {
  await running.get(WebhookFanOut).sweep();
  await running.get(WebhookSender).sweep();
  await running.get(WebhookSender).idle();
}
