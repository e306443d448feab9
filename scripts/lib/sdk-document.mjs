import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What the SDK is typed from: of the API's OpenAPI document the routes that a key may call, with paths as the client
 * takes them (below `/api/v1`), and the answers when all goes well. Failures are one envelope for every route, and
 * examples are for people: both would only make the types long.
 */
const base = '/api/v1';
/** Spoken by directories, whose own form of answers it is. */
const otherProtocols = [`${base}/scim/`];

/** The part of `document` that the SDK is typed from. */
export function documentOfSdk(document) {
  const paths = {};
  for (const [address, methods] of Object.entries(document.paths)) {
    if (!address.startsWith(`${base}/`)) continue;
    if (otherProtocols.some((start) => address.startsWith(start))) continue;
    const kept = Object.entries(methods).filter(([, operation]) => operation['x-permission']);
    if (kept.length === 0) continue;
    paths[address.slice(base.length)] = Object.fromEntries(
      kept.map(([method, operation]) => [method, leanOperation(operation)]),
    );
  }
  const all = document.components?.schemas ?? {};
  const schemas = {};
  const waiting = namedIn(paths);
  for (const name of waiting) {
    if (schemas[name] || !all[name]) continue;
    schemas[name] = withoutExamples(all[name]);
    waiting.push(...namedIn(schemas[name]));
  }
  const sorted = Object.fromEntries(
    Object.keys(schemas)
      .toSorted()
      .map((name) => [name, schemas[name]]),
  );
  return {
    openapi: document.openapi,
    info: { title: document.info.title, version: document.info.version },
    paths: Object.fromEntries(
      Object.keys(paths)
        .toSorted()
        .map((address) => [address, paths[address]]),
    ),
    components: { schemas: sorted },
  };
}

function leanOperation({ operationId, summary, parameters, requestBody, responses }) {
  const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  return withoutExamples({
    operationId,
    summary,
    // The client sends these by itself, or by an option of its own.
    parameters: (parameters ?? []).filter((each) => each.in === 'path' || each.in === 'query'),
    ...(requestBody && { requestBody }),
    responses: Object.fromEntries(
      good.map(([status, { description, content }]) => [
        status,
        { description: description ?? '', ...(content && { content }) },
      ]),
    ),
  });
}

function withoutExamples(value) {
  if (Array.isArray(value)) return value.map(withoutExamples);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => !isExample(key, each) && !key.startsWith('x-'))
      .map(([key, each]) => [
        key,
        key === 'properties'
          ? Object.fromEntries(
              Object.entries(each).map(([name, one]) => [name, withoutExamples(one)]),
            )
          : withoutExamples(each),
      ]),
  );
}

function isExample(key, value) {
  return key === 'example' || (key === 'examples' && typeof value === 'object');
}

/** The names of the schemas that something refers to. */
function namedIn(value) {
  const text = JSON.stringify(value);
  return [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
}

/** The codes with which the sources of the API refuse, sorted. */
export function errorCodesIn(folder) {
  const codes = new Set();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/(?<!\.spec)\.ts$/.test(entry.name)) continue;
    const text = readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
    for (const [, code] of text.matchAll(/\bcode(?: =|:) '([a-z_]+\.[a-z_]+)'/g)) codes.add(code);
  }
  return [...codes].toSorted();
}

/** The file of the SDK that names them. */
export function errorCodesFile(codes) {
  const lines = codes.map((code) => `  | '${code}'`).join('\n');
  return `/** The codes with which the API refuses. Written by \`npm run build -- sdk\`; new ones may come at any time. */
export type KnownErrorCode =
${lines};
`;
}
