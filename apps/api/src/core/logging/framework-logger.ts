import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/**
 * What the framework says, in our form. Its narration of a normal start (each route, each module) is left out: an
 * operator reads the log at night, and it should hold what happened.
 */
export class FrameworkLogger implements LoggerService {
  constructor(private readonly write: Log) {}

  log(): void {
    // A normal start is not news.
  }

  warn(message: unknown, context?: unknown): void {
    this.write.warn('framework.warned', { message, context });
  }

  error(message: unknown, stack?: unknown, context?: unknown): void {
    this.write.error('framework.failed', { message, stack, context });
  }

  fatal(message: unknown, stack?: unknown, context?: unknown): void {
    this.write.error('framework.failed', { message, stack, context });
  }
}
