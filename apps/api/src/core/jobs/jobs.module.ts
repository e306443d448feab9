import { BullModule } from '@nestjs/bullmq';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AppConfig } from '../config/config.module.js';
import { JobMap, JobTable } from './job-map.js';
import { JobRunner } from './job-runner.js';
import { JOB_QUEUE, KEEP_DONE, KEEP_FAILED, queueConnection } from './queue.js';
import { Relay } from './relay.js';
import { SweepRunner } from './sweeps.js';

/** The worker's half of the product: the relay and the runner. An API-only process does not load it. */
@Module({})
export class JobsModule {
  /** `rooms` hold the handlers that `table` names. */
  static forWorker(table: JobTable, rooms: Type[]): DynamicModule {
    return {
      module: JobsModule,
      imports: [
        DiscoveryModule,
        ...rooms,
        BullModule.forRootAsync({
          inject: [AppConfig],
          useFactory: ({ settings }: AppConfig) => ({ connection: queueConnection(settings) }),
        }),
        BullModule.registerQueue({
          name: JOB_QUEUE,
          defaultJobOptions: { removeOnComplete: KEEP_DONE, removeOnFail: KEEP_FAILED },
        }),
      ],
      providers: [{ provide: JobTable, useValue: table }, JobMap, Relay, JobRunner, SweepRunner],
    };
  }
}
