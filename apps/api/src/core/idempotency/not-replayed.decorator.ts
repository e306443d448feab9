import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

export const NOT_REPLAYED = 'manydesk:not-replayed';

/**
 * The route, or each route of the class, takes no notice of an Idempotency-Key; `reason` says why it may be asked twice all
 * the same. Every other route that writes and knows its caller answers a key by the first answer.
 */
export function NotReplayed(reason: string): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(NOT_REPLAYED, reason), ApiExtension('x-not-replayed', reason));
}
