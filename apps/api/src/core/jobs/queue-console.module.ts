import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { QueueConsole } from './queue-console.js';

/** A look at the queue, for processes that run no job too. */
@Module({ imports: [DiscoveryModule], providers: [QueueConsole], exports: [QueueConsole] })
export class QueueConsoleModule {}
