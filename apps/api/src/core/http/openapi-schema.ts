/** A schema as the decorators draw it (OpenAPI 3.0), and as it is published (JSON Schema 2020-12). */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  nullable?: boolean;
  example?: unknown;
  examples?: unknown[];
  default?: unknown;
  enum?: unknown[];
  description?: string;
  minimum?: number;
  minLength?: number;
  maxLength?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/**
 * `schema` in the words of OpenAPI 3.1: null is a type there, and what was `example` is a list of `examples`. A member of
 * an answer may be called `nullable` itself, so only schemas are looked into, never their members' names.
 */
export function published(schema: Schema): Schema {
  const { nullable, example, properties, items, additionalProperties, allOf, ...rest } = schema;
  const parts: Schema = {
    ...rest,
    ...(example !== undefined && { examples: [example] }),
    ...(properties && { properties: mapped(properties) }),
    ...(items && { items: published(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === 'object'
          ? published(additionalProperties)
          : additionalProperties,
    }),
    ...(rest.anyOf && { anyOf: rest.anyOf.map(published) }),
    ...(rest.oneOf && { oneOf: rest.oneOf.map(published) }),
  };
  if (allOf) return joined(parts, allOf.map(published), nullable === true);
  if (!nullable || parts.type === undefined) return parts;
  return {
    ...parts,
    type: [...new Set([parts.type, 'null'].flat())],
    ...(parts.enum && { enum: [...new Set([...parts.enum, null])] }),
  };
}

/** Swagger draws a reference that has words of its own, or may be null, as `allOf` of one. */
function joined({ type: _, ...rest }: Schema, all: Schema[], orNull: boolean): Schema {
  if (all.length > 1) return { ...rest, allOf: all };
  return orNull ? { ...rest, anyOf: [...all, { type: 'null' }] } : { ...rest, ...all[0] };
}

function mapped(schemas: Record<string, Schema>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, each]) => [name, published(each)]));
}
