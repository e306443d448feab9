import { Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { AppConfig } from '../config/config.module.js';
import { Log } from './log.js';
import { Metrics } from './metrics.js';
import { pinoOptions } from './pino-options.js';
import { RequestObservers } from './request-observers.js';
import { Tracing } from './tracing.js';

/** Log lines and measurements, for every layer above. */
@Global()
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [AppConfig],
      useFactory: ({ settings }: AppConfig) => ({
        pinoHttp: pinoOptions(settings),
        // No middleware: on Fastify it costs more than the request it would log.
        forRoutes: [],
      }),
    }),
  ],
  providers: [Log, Metrics, RequestObservers, Tracing],
  exports: [Log, Metrics, RequestObservers],
})
export class LoggingModule {}
