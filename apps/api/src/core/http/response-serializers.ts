import type { OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';

type Schema = Record<string, unknown>;

/**
 * Gives each route a compiled serializer made of its own OpenAPI answer: several times faster than
 * JSON.stringify over class-transformer, and a whitelist, because a field that the document does not name does
 * not leave. Call it before the routes are registered.
 */
export function addResponseSerializers(fastify: FastifyInstance, document: OpenAPIObject): void {
  const schemas = new Map<string, Record<string, Schema>>();
  for (const [path, item] of Object.entries(document.paths)) {
    const url = path.replace(/\{(\w+)\}/g, ':$1');
    for (const [method, operation] of Object.entries(
      item as Record<
        string,
        { responses?: Record<string, { content?: Record<string, { schema?: Schema }> }> }
      >,
    )) {
      const answers: Record<string, Schema> = {};
      for (const [status, response] of Object.entries(operation.responses ?? {})) {
        const schema = response.content?.['application/json']?.schema;
        if (/^2\d\d$/.test(status) && schema) answers[status] = inline(schema, document) as Schema;
      }
      if (Object.keys(answers).length > 0) schemas.set(`${method.toUpperCase()} ${url}`, answers);
    }
  }
  fastify.addHook('onRoute', (route) => {
    const methods = Array.isArray(route.method) ? route.method : [route.method];
    const answers = schemas.get(`${methods[0]} ${route.url}`);
    if (answers) route.schema = { ...route.schema, response: answers };
  });
}

/** `schema` with its references replaced by what they name (our answers have no cycles). */
function inline(schema: unknown, document: OpenAPIObject): unknown {
  if (Array.isArray(schema)) return schema.map((part) => inline(part, document));
  if (schema === null || typeof schema !== 'object') return schema;
  const { $ref, allOf, ...rest } = schema as { $ref?: string; allOf?: unknown[] } & Schema;
  // Times are strings already; told that they are, the serializer would parse each once more. (A property of an
  // answer may be called so too: that one is no text but a schema.)
  if (typeof rest.format === 'string') delete rest.format;
  if ($ref !== undefined) {
    const target = document.components?.schemas?.[$ref.split('/').at(-1)!];
    return inline({ ...(target as Schema), ...rest }, document);
  }
  // `allOf: [one], nullable` is how swagger writes a nullable reference.
  if (allOf?.length === 1)
    return inline({ ...(inline(allOf[0], document) as Schema), ...rest }, document);
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key === 'example' ? value : inline(value, document),
    ]),
  );
}
