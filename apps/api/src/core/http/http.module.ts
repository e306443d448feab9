import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { MetricsListener } from './metrics-listener.js';
import { Readiness } from './readiness.js';

@Module({ controllers: [HealthController], providers: [Readiness, MetricsListener] })
export class HttpModule {}
