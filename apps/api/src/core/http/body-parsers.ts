import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { ValidationFailed } from '../errors/domain-error.js';
import { StreamedBody } from './streamed-body.js';

/** The largest JSON body, bytes. */
export const LARGEST_JSON = 1024 * 1024;
/** The largest mail, bytes. */
const LARGEST_MAIL = 25 * 1024 * 1024;
/** The largest picture, bytes. */
const LARGEST_PICTURE = 1024 * 1024;

/** The deepest nesting of a JSON body. Ours go three deep; what walks a body by recursion must not run out of stack. */
const DEEPEST_JSON = 32;

const HAS_ESCAPES = /\\u/i;

/**
 * Reads JSON bodies (RFC 8259): valid UTF-8, no NUL and no lone surrogate in any string, because Postgres can
 * store neither; no `__proto__` or `constructor` keys. Mails and pictures are handed over as the bytes that they are.
 */
export function addBodyParsers(fastify: FastifyInstance): void {
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  addStreamParser(fastify);
  fastify.addContentTypeParser(
    // SCIM calls its JSON by a name of its own (RFC 7644, 8.1).
    ['application/json', 'application/scim+json'],
    { parseAs: 'buffer', bodyLimit: LARGEST_JSON },
    (request, body, done) => {
      const bytes = body as Buffer;
      if (!isUtf8(bytes))
        return done(new ValidationFailed([{ field: 'body', problem: 'is not valid UTF-8' }]));
      const text = bytes.toString('utf8');
      // An empty body with the header set is what many clients send with DELETE.
      if (text === '' && request.method === 'DELETE') return done(null, undefined);
      void parseJson(request, text, (error, value) => {
        if (error)
          return done(new ValidationFailed([{ field: 'body', problem: 'is not valid JSON' }]));
        if (value === null)
          return done(new ValidationFailed([{ field: 'body', problem: 'must be an object' }]));
        if (isTooDeep(value))
          return done(
            new ValidationFailed([
              { field: 'body', problem: `is nested more than ${DEEPEST_JSON} deep` },
            ]),
          );
        if (HAS_ESCAPES.test(text)) {
          const field = findUnstorable(value, '');
          if (field !== null)
            return done(
              new ValidationFailed([
                { field: field || 'body', problem: 'has a NUL or a broken character' },
              ]),
            );
        }
        done(null, value);
      });
    },
  );
  fastify.addContentTypeParser(
    'message/rfc822',
    { parseAs: 'buffer', bodyLimit: LARGEST_MAIL },
    (_request, body, done) => done(null, body),
  );
  fastify.addContentTypeParser(
    ['image/png', 'image/jpeg', 'image/webp'],
    { parseAs: 'buffer', bodyLimit: LARGEST_PICTURE },
    (_request, body, done) => done(null, body),
  );
}

/** What a body that is not read here is called on its way in, whatever the client calls it. */
const STREAMED = 'application/vnd.manydesk.stream';

/**
 * Hands the body of a route that `TakesStream` over as it comes in: not collected, and whatever its type says. What a
 * refused one has left is read to its end and dropped, so that the client hears the answer.
 */
function addStreamParser(fastify: FastifyInstance): void {
  const isStreamed = ({ config }: { config?: unknown }): boolean =>
    (config as { streamed?: boolean } | undefined)?.streamed === true;
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (isStreamed(request.routeOptions)) request.raw.headers['content-type'] = STREAMED;
    done();
  });
  fastify.addContentTypeParser(STREAMED, (request, payload, done) => {
    if (isStreamed(request.routeOptions)) return done(null, new StreamedBody(payload));
    done(Object.assign(new Error('no stream here'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' }));
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    if (request.body instanceof StreamedBody) request.raw.resume();
    done();
  });
}

/** Goes level by level, without recursion: depth is exactly what it must survive. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST_JSON) return true;
    level = level.flatMap((inner) =>
      inner !== null && typeof inner === 'object' ? Object.values(inner) : [],
    );
  }
  return false;
}

/** The path of the first string, key or value, that Postgres cannot store; null when there is none. */
function findUnstorable(value: unknown, path: string): string | null {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? path : null;
  if (value === null || typeof value !== 'object') return null;
  for (const [key, inner] of Object.entries(value)) {
    const here = path === '' ? key : `${path}.${key}`;
    const found = findUnstorable(key, path) ?? findUnstorable(inner, here);
    if (found !== null) return found;
  }
  return null;
}
