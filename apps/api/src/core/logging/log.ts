import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { currentContext } from '../context/context.js';

type Fields = Record<string, unknown>;

/**
 * Structured log lines named `domain.action`. The request, the organization and the actor are added by
 * themselves; never pass a secret, a message body or a file.
 */
@Injectable()
export class Log {
  constructor(private readonly pino: PinoLogger) {}

  info(event: string, fields: Fields = {}): void {
    this.pino.info(withContext(event, fields), event);
  }

  warn(event: string, fields: Fields = {}): void {
    this.pino.warn(withContext(event, fields), event);
  }

  error(event: string, fields: Fields = {}): void {
    this.pino.error(withContext(event, fields), event);
  }
}

function withContext(event: string, fields: Fields): Fields {
  const context = currentContext();
  return {
    event,
    requestId: context?.requestId,
    organizationId: context?.organizationId,
    actorType: context?.actor?.type,
    actorId: context?.actor?.id,
    ...fields,
  };
}
