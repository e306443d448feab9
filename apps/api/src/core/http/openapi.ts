import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Examples } from './openapi-examples.js';
import { FAILURE_SCHEMA, failureResponses, SCIM_FAILURE_SCHEMA } from './openapi-failures.js';
import { HEADERS } from './openapi-headers.js';
import { completeOperation, type Operation } from './openapi-operations.js';
import { published, type Schema } from './openapi-schema.js';
import { ERROR_NOTE } from './openapi-text.js';

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A name that you make up for this write, at most 255 visible ASCII letters. The same request with it again, within 24 hours, has no second effect and gets the first answer.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: '01a1feaa-63b1-7742-8d15-01d6cb3dffa2',
};

/** The OpenAPI document of the API, made from the controllers and DTOs. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  return completeDocument(drawOpenApiDocument(app));
}

/** The document as the decorators draw it, in the words of OpenAPI 3.0: what the serializers of answers are made of. */
export function drawOpenApiDocument(app: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Manydesk API')
    .setVersion('1')
    .setDescription(ERROR_NOTE)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'Where this document is from.')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'An access token of a session, or an API key (`md_live_…`).',
    })
    .addCookieAuth('manydesk_refresh', {
      type: 'apiKey',
      in: 'cookie',
      description: 'The refresh token of a session in a browser.',
    })
    .build();
  return SwaggerModule.createDocument(app, builder, {
    operationIdFactory: (controller, method, version) =>
      [controller.replace(/Controller$/, ''), method, version?.replace(/^.*\//, '')]
        .filter(Boolean)
        .join('_'),
  });
}

/** `drawn` as it is published: OpenAPI 3.1, every operation with who may call it, its failures and examples. */
export function completeDocument(drawn: OpenAPIObject): OpenAPIObject {
  const drawnSchemas = (drawn.components?.schemas ?? {}) as Record<string, Schema>;
  const schemas = Object.fromEntries(
    Object.entries(drawnSchemas).map(([name, schema]) => [name, published(schema)]),
  );
  const examples = new Examples(schemas);
  const paths = Object.entries(drawn.paths).map(([path, item]) => [
    path,
    Object.fromEntries(
      Object.entries(item as Record<string, Operation>).map(([method, operation]) => [
        method,
        completeOperation(method, operation, examples),
      ]),
    ),
  ]);
  return withoutUnused({
    ...drawn,
    openapi: '3.1.1',
    paths: Object.fromEntries(paths),
    components: {
      ...drawn.components,
      headers: HEADERS,
      parameters: { IdempotencyKey: IDEMPOTENCY_KEY },
      responses: failureResponses(),
      schemas: { ...schemas, Failure: FAILURE_SCHEMA, ScimFailure: SCIM_FAILURE_SCHEMA },
    },
  } as unknown as OpenAPIObject);
}

/** What no route refers to is not told of. */
function withoutUnused(document: OpenAPIObject): OpenAPIObject {
  const text = JSON.stringify(document.paths);
  const { responses, headers, ...rest } = document.components!;
  const used = <T>(kind: string, parts: Record<string, T> = {}): Record<string, T> =>
    Object.fromEntries(
      Object.entries(parts).filter(([name]) => text.includes(`"#/components/${kind}/${name}"`)),
    );
  const components = {
    ...rest,
    responses: used('responses', responses),
    headers: used('headers', headers),
  };
  return { ...document, components };
}
