import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { addRouteConfig } from './route-config.js';

/** What is said of a route that is to go. */
export interface Deprecation {
  /** When it was (or will be) told that nobody should build on it any more. */
  since: Date;
  /** When it may stop to answer. Left out, that is not decided. */
  sunset?: Date;
  /** A page about what to use instead. */
  link: string;
}

/** What the document says of such a route: {@link completeDocument} makes `deprecated: true` of it. */
export const DEPRECATION = 'x-deprecation';

/**
 * The route still works and is to go: every answer of it says so by `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a
 * `Link` to what to use instead, a refusal too, and the document marks it.
 */
export function Deprecated(deprecation: Deprecation): MethodDecorator {
  const { since, sunset, link } = deprecation;
  const told = { since: since.toISOString(), sunset: sunset?.toISOString(), link };
  return applyDecorators(addRouteConfig({ deprecation }), ApiExtension(DEPRECATION, told));
}

/** Adds the headers of {@link Deprecated} to the answers of its routes. */
export function addDeprecationHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { deprecation } = (request.routeOptions.config ?? {}) as { deprecation?: Deprecation };
    if (deprecation) tell(reply, deprecation);
    done();
  });
}

function tell(reply: FastifyReply, { since, sunset, link }: Deprecation): void {
  // A date of structured fields (RFC 9651, 3.3.7): seconds, with an @ before them.
  reply.header('deprecation', `@${Math.floor(since.getTime() / 1000)}`);
  reply.header('link', `<${link}>; rel="deprecation"; type="text/html"`);
  // The older form of a date, which RFC 8594 asks for.
  if (sunset) reply.header('sunset', sunset.toUTCString());
}
