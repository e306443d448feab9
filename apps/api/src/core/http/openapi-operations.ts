import { DEPRECATION } from './deprecation.js';
import { failureName } from './openapi-failures.js';
import { headersOf } from './openapi-headers.js';
import type { Examples } from './openapi-examples.js';
import { GOOD } from './openapi-text.js';
import { published, type Schema } from './openapi-schema.js';

interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: unknown;
}

interface Answer {
  $ref?: string;
  description?: string;
  headers?: Record<string, object>;
  content?: Record<string, MediaType>;
}

interface Parameter {
  $ref?: string;
  name?: string;
  in?: string;
  schema?: Schema;
}

/** An operation as the decorators draw it, and as it is published. */
export interface Operation {
  summary?: string;
  description?: string;
  deprecated?: boolean;
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, MediaType> };
  responses: Record<string, Answer>;
  security?: object[];
  /** Who may call it: one of these. */
  'x-permission'?: string;
  'x-signed-in'?: string;
  'x-public'?: string;
  'x-staff-permission'?: string;
  'x-staff-door'?: string;
  /** Why it takes no notice of an Idempotency-Key. */
  'x-not-replayed'?: string;
  [DEPRECATION]?: { sunset?: string; link: string };
}

const SCIM_TYPE = 'application/scim+json';
const FAILURE_RANGE = '4XX';
const JSON_TYPE = /^application\/(scim\+)?json$/;

/** Completes what the decorators say of `operation`: who may call it, what it answers when it fails, and examples. */
export function completeOperation(method: string, drawn: Operation, examples: Examples): Operation {
  const isWriting = method !== 'get';
  const isKeyed = isWriting && isSecured(drawn) && drawn['x-not-replayed'] === undefined;
  const description = [drawn.description, accessOf(drawn), endOf(drawn)]
    .filter(Boolean)
    .join('\n\n');
  const parameters = [
    ...(drawn.parameters ?? []).map((each) =>
      each.schema ? { ...each, schema: published(each.schema) } : each,
    ),
    ...(isKeyed ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
  ];
  return {
    ...drawn,
    ...(description !== '' && { description }),
    ...(drawn[DEPRECATION] !== undefined && { deprecated: true }),
    ...(parameters.length > 0 && { parameters }),
    ...(drawn.requestBody && { requestBody: requestOf(drawn.requestBody, examples) }),
    responses: answersOf(method, drawn, isKeyed, examples),
    security: drawn.security ?? [],
  };
}

function isSecured({ security = [] }: Operation): boolean {
  return security.length > 0;
}

function accessOf(drawn: Operation): string | undefined {
  const permission = drawn['x-permission'];
  if (permission !== undefined) return `Needs the permission \`${permission}\`.`;
  const reason = drawn['x-signed-in'];
  if (reason !== undefined) return `Needs no permission, only a credential: ${reason}.`;
  const staff = drawn['x-staff-permission'];
  if (staff !== undefined)
    return `Needs the staff permission \`${staff}\`; for everybody else the route is not there.`;
  const door = drawn['x-staff-door'];
  if (door !== undefined) return `There for addresses of the staff alone: ${door}.`;
  const open = drawn['x-public'];
  return open === undefined ? undefined : `Needs no credential: ${open}.`;
}

function endOf(drawn: Operation): string | undefined {
  const told = drawn[DEPRECATION];
  if (!told) return undefined;
  const end = told.sunset === undefined ? '' : ` It may stop to answer at ${told.sunset}.`;
  return `Do not build on it any more.${end} What to use instead: ${told.link}`;
}

function requestOf(body: NonNullable<Operation['requestBody']>, examples: Examples): object {
  return { ...body, content: contentOf(body.content ?? {}, (of) => examples.ofRequest(of)) };
}

function answersOf(
  method: string,
  drawn: Operation,
  isKeyed: boolean,
  examples: Examples,
): Record<string, Answer> {
  const { [FAILURE_RANGE]: failure, ...answers } = drawn.responses;
  const isScim = failure?.content?.[SCIM_TYPE] !== undefined;
  const good = Object.entries(answers).map(([status, answer]): [string, Answer] => [
    status,
    {
      ...answer,
      description: answer.description || GOOD[status] || 'As asked.',
      headers: { ...answer.headers, ...headersOf(headersTold(drawn)) },
      ...(answer.content && { content: contentOf(answer.content, (of) => examples.ofAnswer(of)) }),
    },
  ]);
  const named = (status: string): Answer => ({
    $ref: `#/components/responses/${failureName(status, isScim)}`,
  });
  const failures = failuresOf(method, drawn, isKeyed).map((status): [string, Answer] => [
    status,
    named(status),
  ]);
  // An answer that is never good by itself has to say what else there may be.
  const isNeverGood = !Object.keys(answers).some((status) => status.startsWith('2'));
  const others: [string, Answer][] = isNeverGood ? [['default', named('500')]] : [];
  return Object.fromEntries([...good, ...failures, ...others]);
}

function headersTold(drawn: Operation): Parameters<typeof headersOf>[0] {
  const told = drawn[DEPRECATION];
  return [
    'RequestId',
    ...(isSecured(drawn) ? (['RateLimit', 'RateLimitPolicy'] as const) : []),
    ...(told ? (['Deprecation'] as const) : []),
    ...(told?.sunset === undefined ? [] : (['Sunset'] as const)),
  ];
}

/** The statuses with which an operation may fail, as far as its form says. */
function failuresOf(method: string, drawn: Operation, isKeyed: boolean): string[] {
  const { parameters = [], requestBody } = drawn;
  const has = (where: string, name?: string): boolean =>
    parameters.some((each) => each.in === where && (name === undefined || each.name === name));
  const isWriting = method !== 'get';
  const isPublicWrite = isWriting && !isSecured(drawn);
  const may: Record<string, boolean> = {
    400: requestBody !== undefined || has('query') || has('header') || isKeyed,
    401: isSecured(drawn) || isPublicWrite,
    403: isSecured(drawn) || isPublicWrite,
    404: has('path') || !isSecured(drawn),
    409: isWriting,
    412: has('header', 'If-Match'),
    413: requestBody !== undefined,
    415: requestBody !== undefined,
    422: isKeyed,
    429: isSecured(drawn) || isWriting,
    500: true,
    503: true,
  };
  return Object.keys(may).filter((status) => may[status]);
}

function contentOf(
  content: Record<string, MediaType>,
  example: (schema: Schema) => unknown,
): Record<string, MediaType> {
  return Object.fromEntries(
    Object.entries(content).map(([type, media]) => {
      if (!media.schema) return [type, media];
      const schema = published(media.schema);
      const isSaid = media.example !== undefined || media.examples !== undefined;
      if (isSaid || !JSON_TYPE.test(type)) return [type, { ...media, schema }];
      return [type, { ...media, schema, example: example(schema) }];
    }),
  );
}
