import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a collector gets it. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: Record<string, string | number>;
  /** 2 is an error (OpenTelemetry protocol, `Status.StatusCode`). */
  status: number;
}

/** A collector of traces that speaks OTLP over HTTP in JSON, on loopback. */
export class TraceReceiver {
  /** Everything that came, as it came. */
  raw = '';
  readonly spans: ReceivedSpan[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TraceReceiver> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const text = Buffer.concat(parts).toString();
        receiver.raw += `${request.method} ${request.url}\n${text}\n`;
        if (request.url === '/v1/traces') receiver.#keep(JSON.parse(text));
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    const receiver = new TraceReceiver(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  /** What OTEL_EXPORTER_OTLP_ENDPOINT is set to. */
  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }

  #keep({ resourceSpans }: any): void {
    const spans = resourceSpans.flatMap(({ scopeSpans }: any) =>
      scopeSpans.flatMap((scope: any) => scope.spans),
    );
    for (const { attributes, status, ...span } of spans)
      this.spans.push({ ...span, status: status?.code ?? 0, attributes: read(attributes) });
  }
}

function read(attributes: { key: string; value: object }[]): Record<string, string | number> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
