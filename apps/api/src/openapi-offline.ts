import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { createOpenApiDocument } from '#core/http/openapi.js';
import { addVersions } from '#core/http/versions.js';
import { AppModule } from './app.module.js';

/** The document without a running database: the modules are wired and never started (preview mode instantiates nothing). */
export async function createDocumentOffline(): Promise<OpenAPIObject> {
  const app = await NestFactory.create(AppModule.with({ worker: false }), new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
    preview: true,
  });
  addVersions(app);
  return createOpenApiDocument(app);
}
