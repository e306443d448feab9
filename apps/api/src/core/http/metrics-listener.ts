import { createServer, type Server } from 'node:http';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../config/config.module.js';
import { BadSetting } from '../config/settings.js';
import { Metrics } from '../logging/metrics.js';
import { Readiness } from './readiness.js';

interface Answer {
  status: number;
  type: string;
  text: string;
}

/**
 * What a worker tells Prometheus and those who watch over its process, on a port of its own: it has no other. Answers
 * `/metrics`, `/health/live` and `/health/ready` as the API does, and nothing else.
 */
@Injectable()
export class MetricsListener implements OnApplicationShutdown {
  #server: Server | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly metrics: Metrics,
    private readonly readiness: Readiness,
  ) {}

  /** Listens where WORKER_METRICS_PORT says, or not at all. Throws BadSetting when that port cannot be had. */
  async open(): Promise<void> {
    const { workerMetrics } = this.config.settings;
    if (workerMetrics === null) return;
    const { host, port } = workerMetrics;
    const server = createServer((request, response) => {
      this.#answer(request.method, request.url)
        .catch((): Answer => ({ status: 500, type: 'text/plain', text: '' }))
        .then(({ status, type, text }) =>
          response
            .writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
            .end(text),
        )
        .catch(() => response.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        reject(
          new BadSetting(
            `WORKER_METRICS_PORT is ${port}, which cannot be opened on ${host} (${error.code}): set it to a free port, or unset it to have none`,
          ),
        ),
      );
      server.listen(port, host, resolve);
    });
    this.#server = server;
  }

  /** Last of all, so that whoever watches sees the end. */
  async onApplicationShutdown(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  async #answer(method = '', url = ''): Promise<Answer> {
    const path = method === 'GET' || method === 'HEAD' ? url.split('?', 1)[0] : '';
    if (path === '/metrics')
      return {
        status: 200,
        type: this.metrics.registry.contentType,
        text: await this.metrics.text(),
      };
    if (path === '/health/live') return json(200, { status: 'ok' });
    if (path !== '/health/ready') return json(404, { status: 'not_found' });
    const report = await this.readiness.check();
    return json(report.status === 'ok' ? 200 : 503, report);
  }
}

function json(status: number, body: object): Answer {
  return { status, type: 'application/json; charset=utf-8', text: JSON.stringify(body) };
}
