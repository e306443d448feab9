import type { FastifyInstance } from 'fastify';
import { DataResponse } from './responses.js';

/** Answers the entity tag of what has a version, and 304 without a body to a reader who has that version already. */
export function addEntityTags(fastify: FastifyInstance): void {
  fastify.addHook('preSerialization', (_request, reply, payload, done) => {
    const etag = DataResponse.etagOf(payload);
    if (etag === undefined) return done(null, payload);
    reply.header('etag', etag);
    done(null, payload);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const etag = reply.getHeader('etag');
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || reply.statusCode !== 200 || typeof etag !== 'string') return done(null, payload);
    if (!isKnownTag(request.headers['if-none-match'], etag)) return done(null, payload);
    // The server itself takes the body from an answer to HEAD, and wants to see it.
    reply.code(304);
    if (request.method === 'HEAD') return done(null, payload);
    reply.removeHeader('content-length').removeHeader('content-type');
    done(null, null);
  });
}

/**
 * Whether the `If-None-Match` of a reader (`header`) names `etag`, alone or in a list: compared weakly, as RFC 9110, 13.1.2
 * has it.
 */
export function isKnownTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const strong = (tag: string): string => tag.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((tag) => strong(tag) === strong(etag));
}
