import type { OpenAPIObject } from '@nestjs/swagger';
import type { RouteCase } from './case.js';

interface Operation {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

interface Schema {
  $ref?: string;
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** Fields that name a row, whatever their place. */
const NAMES_A_ROW = /(^id|Ids?|cursor)$/;

/** The operation of `METHOD /path/:id` in the document, if it is there. */
export function operationOf(
  document: OpenAPIObject,
  method: string,
  path: string,
): Operation | undefined {
  const item = document.paths[path.replace(/:(\w+)/g, '{$1}')] as
    Record<string, Operation> | undefined;
  return item?.[method.toLowerCase()];
}

/** The names of the query's parameters. */
export function queryParameters(operation: Operation | undefined): string[] {
  return (operation?.parameters ?? [])
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => name);
}

/** Places of the operation where an id can stand and that the case does not swap. */
export function unswapped(
  document: OpenAPIObject,
  operation: Operation | undefined,
  path: string,
  how: RouteCase,
): string[] {
  const places = [...path.matchAll(/:(\w+)/g)].map(([, name]) => `path.${name}`);
  for (const { name, in: where, schema } of operation?.parameters ?? []) {
    if (where === 'query' && (NAMES_A_ROW.test(name) || schema?.format === 'uuid'))
      places.push(`query.${name}`);
  }
  for (const { schema } of Object.values(operation?.requestBody?.content ?? {})) {
    places.push(...idsIn(document, schema, 'body'));
  }
  // What is put in place of a whole is put in place of its parts.
  const swapped = Object.keys(how.swaps ?? {});
  return places.filter(
    (place) => !swapped.some((whole) => place === whole || place.startsWith(`${whole}.`)),
  );
}

function idsIn(document: OpenAPIObject, schema: Schema | undefined, at: string): string[] {
  if (!schema) return [];
  if (schema.$ref) {
    const named = document.components?.schemas?.[schema.$ref.split('/').at(-1)!] as
      Schema | undefined;
    return idsIn(document, named, at);
  }
  const { allOf = [], anyOf = [], oneOf = [], items } = schema;
  const inner = [...allOf, ...anyOf, ...oneOf, ...(items ? [items] : [])].flatMap((part) =>
    idsIn(document, part, at),
  );
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const place = `${at}.${name}`;
    const isId = NAMES_A_ROW.test(name) || member.format === 'uuid';
    return isId ? [place] : idsIn(document, member, place);
  });
  return [...inner, ...members];
}
