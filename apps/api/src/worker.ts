import './memory.js';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { loadSettings } from '#core/config/config.module.js';
import { requireDatabase } from '#core/database/provision.js';
import { MetricsListener } from '#core/http/metrics-listener.js';
import { requireQueue } from '#core/jobs/queue.js';
import { FrameworkLogger } from '#core/logging/framework-logger.js';
import { Log } from '#core/logging/log.js';
import { AppModule } from './app.module.js';
import { endGracefully, endWithSentence, tell } from './boot.js';

/** The worker door: relay and jobs, and no HTTP but what WORKER_METRICS_PORT opens. Any number of them may run. */
async function open(): Promise<void> {
  const settings = loadSettings();
  await requireDatabase(settings);
  await requireQueue(settings);
  const app = await NestFactory.createApplicationContext(AppModule.with({ worker: true }), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(new FrameworkLogger(app.get(Log)));
  endGracefully(app, settings.supervised);
  await app.get(MetricsListener).open();
  tell({ type: 'ready' });
}

open().catch(endWithSentence);
