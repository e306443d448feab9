import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { runInContext, type WorkContext } from '../context/context.js';
import { newId } from '../context/ids.js';
import { beginTrace } from '../context/tracing.js';
import type { Span } from '../context/span.js';
import type { Log } from '../logging/log.js';
import type { Metrics } from '../logging/metrics.js';
import type { RequestObservers } from '../logging/request-observers.js';

declare module 'fastify' {
  interface FastifyRequest {
    work?: WorkContext;
  }
}

/** Requests whose body is not read: their context cannot have been lost. */
const BODILESS = new Set(['GET', 'HEAD']);
const LONGEST_USER_AGENT = 300;
const SANE_REQUEST_ID = /^[A-Za-z0-9._-]{8,128}$/;

/**
 * Opens the context of every request in the outermost hook, answers `x-request-id`, and writes one access line and
 * one measurement when the answer is out.
 */
export function addRequestHooks(
  fastify: FastifyInstance,
  log: Log,
  metrics: Metrics,
  observers: RequestObservers,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const given = request.headers['x-request-id'];
    request.work = {
      requestId: typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : newId(),
      name: `${request.method} ${request.routeOptions.url ?? 'unmatched'}`,
      origin: {
        address: request.ip,
        userAgent: request.headers['user-agent']?.slice(0, LONGEST_USER_AGENT) ?? null,
      },
    };
    reply.header('x-request-id', request.work.requestId);
    // Probes and scrapes come every few seconds and are nobody's trace.
    if (request.url.startsWith('/api/')) request.work.span = beginRequestTrace(request);
    if (!/%00|\u0000/.test(request.url)) return runInContext(request.work, done);
    done(Object.assign(new Error('NUL in the URL'), { code: 'FST_ERR_BAD_URL', statusCode: 400 }));
  });
  // Reading a body ends in an event of the socket, which knows nothing of the context: entered anew.
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (request.work && !BODILESS.has(request.method)) runInContext(request.work, done);
    else done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unmatched';
    metrics.observeRequest(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    writeAccessLine(log, request, reply, route);
    endTrace(request.work, reply.statusCode);
    done();
    tellObservers(observers, request, reply);
  });
}

/** By the conventions of OpenTelemetry for HTTP, less the address: it can hold tokens. The request id finds the log. */
function beginRequestTrace({ method, routeOptions, work }: FastifyRequest): Span | undefined {
  const route = routeOptions.url ?? 'unmatched';
  return beginTrace('server', `${method} ${route}`, {
    'http.request.method': method,
    'http.route': route,
    'manydesk.request_id': work!.requestId,
  });
}

function endTrace(work: WorkContext | undefined, status: number): void {
  work?.span?.note({ 'http.response.status_code': status });
  work?.span?.end(status >= 500 ? (work.errorCode ?? String(status)) : undefined);
}

function tellObservers(
  observers: RequestObservers,
  { work, method, url, body }: FastifyRequest,
  { statusCode: status, elapsedTime: milliseconds }: FastifyReply,
): void {
  if (work?.actor) observers.tell({ work, method, url, status, milliseconds, body });
}

function writeAccessLine(
  log: Log,
  request: FastifyRequest,
  reply: FastifyReply,
  route: string,
): void {
  log.info('request.handled', {
    requestId: request.work?.requestId,
    organizationId: request.work?.organizationId,
    actorType: request.work?.actor?.type,
    actorId: request.work?.actor?.id,
    method: request.method,
    route,
    status: reply.statusCode,
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
  });
}
