import { Controller, Get, Header, HttpCode, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../tenancy/access.decorators.js';
import { Metrics } from '../logging/metrics.js';
import { Readiness } from './readiness.js';

/** For balancers and Prometheus, outside the API's version and wrappers. */
@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  @Public('a balancer asks it; it tells that the process answers')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Public('a balancer asks it; it tells whether the database answers')
  @HttpCode(200)
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const report = await this.readiness.check();
    reply.code(report.status === 'ok' ? 200 : 503);
    return report;
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @Public('Prometheus reads it; it carries no tenant data; keep it off the public network')
  metricsText(): Promise<string> {
    return this.metrics.text();
  }
}
