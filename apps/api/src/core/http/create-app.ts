import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppConfig, loadSettings } from '../config/config.module.js';
import { newId } from '../context/ids.js';
import { FrameworkLogger } from '../logging/framework-logger.js';
import { Log } from '../logging/log.js';
import { addBodyParsers, LARGEST_JSON } from './body-parsers.js';
import { serveDashboard } from './dashboard.js';
import { addEntityTags } from './entity-tags.js';
import { errorEnvelope } from './error-forms.js';
import { ErrorFilter } from './error.filter.js';
import { Metrics } from '../logging/metrics.js';
import { RequestObservers } from '../logging/request-observers.js';
import { CallsUnderWay } from '../limits/calls-under-way.js';
import { RateLimits } from '../limits/rate-limits.js';
import { PrincipalResolver } from '../tenancy/principal.js';
import { addLimitHooks } from './limit-hooks.js';
import { addDeprecationHeaders } from './deprecation.js';
import { completeDocument, drawOpenApiDocument } from './openapi.js';
import { closeQuietConnections } from './quiet-connections.js';
import { addRequestHooks } from './request-hooks.js';
import { addResponseSerializers } from './response-serializers.js';
import { addSecurityHeaders } from './security-headers.js';
import { addVersions } from './versions.js';
import { createValidationPipe } from './validation.pipe.js';

/** Milliseconds that a client may take to send a request, a file on a slow line: it holds a socket, never more. */
const REQUEST_TIMEOUT = 300_000;

export interface CreatedApp {
  app: NestFastifyApplication;
  document: OpenAPIObject;
}

/** The HTTP application over `module`, ready to listen, with its OpenAPI document. */
export async function createApp(module: Type | DynamicModule): Promise<CreatedApp> {
  const { trustedProxies } = loadSettings();
  const adapter = new FastifyAdapter({
    // Nobody by default: a client could otherwise say that it is anywhere.
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    bodyLimit: LARGEST_JSON,
    requestTimeout: REQUEST_TIMEOUT,
    routerOptions: { maxParamLength: 500 },
    // Our own ids: Fastify's would be a second name for the same request.
    genReqId: () => '',
    // On the way out: answers under way are finished, connections that only wait are closed.
    forceCloseConnections: 'idle',
    // A URL that cannot be decoded is refused before any hook or filter of ours runs.
    frameworkErrors: answerUnreadableUrl,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
  });
  const log = app.get(Log);
  app.useLogger(new FrameworkLogger(log));
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  closeQuietConnections(fastify);
  addSecurityHeaders(fastify, app.get(AppConfig).settings.publicUrl);
  const metrics = app.get(Metrics);
  addRequestHooks(fastify, log, metrics, app.get(RequestObservers));
  addLimitHooks(fastify, {
    principals: app.get(PrincipalResolver),
    rates: app.get(RateLimits),
    underWay: app.get(CallsUnderWay),
    countRefusal: metrics.counter(
      'limit_refusals_total',
      'Calls that were answered 429, by the limit: of a caller, of an organization in a minute, or at the same time.',
      ['limit'],
      [['caller'], ['organization'], ['concurrency']],
    ),
  });
  addBodyParsers(fastify);
  addEntityTags(fastify);
  addDeprecationHeaders(fastify);
  addVersions(app);
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ErrorFilter(log));

  await serveDashboard(fastify);

  const drawn = drawOpenApiDocument(app);
  addResponseSerializers(fastify, drawn);
  const document = completeDocument(drawn);
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: 'Manydesk API',
  });
  return { app, document };
}

function answerUnreadableUrl(_error: unknown, _request: unknown, reply: FastifyReply): void {
  const requestId = newId();
  const failure = { code: 'validation.failed', message: 'The URL is not well-formed.' };
  void reply.code(400).header('x-request-id', requestId).send(errorEnvelope(failure, requestId));
}
