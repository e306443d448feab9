import { countStatement } from './consumption.js';
import { currentContext } from './context.js';
import { isSlow, noteSlowStatement } from './slow-statements.js';
import type { Span, SpanFacts, SpanKind, Tracer } from './span.js';

/** Null unless a setting switched tracing on: everything here is then one comparison. */
let tracer: Tracer | null = null;

/** Says who makes the spans of this process from now on; null for nobody. */
export function traceWith(given: Tracer | null): void {
  tracer = given;
}

/** Begins a trace: a request, a job. Undefined when nothing is traced. Put it into the context of the work, and end it. */
export function beginTrace(kind: SpanKind, name: string, facts: SpanFacts): Span | undefined {
  return tracer?.begin(kind, name, facts, undefined);
}

/**
 * Runs `work`, which sends one statement: a part of the trace under way, counted for the organization in context, and
 * remembered if it was slow. What the clock asks of the database every second is in no trace.
 */
export function traceStatement<T>(text: string, name: string, work: () => Promise<T>): Promise<T> {
  const context = currentContext();
  const parent = tracer === null ? undefined : context?.span;
  const span = parent && tracer?.begin('client', nameOf(text, name), factsOf(text), parent);
  const startedAt = performance.now();
  const end = (problem?: string): void => {
    span?.end(problem);
    const milliseconds = performance.now() - startedAt;
    if (context?.organizationId !== undefined) countStatement(context.organizationId, milliseconds);
    if (isSlow(milliseconds))
      noteSlowStatement(context?.name ?? null, nameOf(text, name), milliseconds);
  };
  const result = work();
  result.then(
    () => end(),
    (error: unknown) => end(problemOf(error)),
  );
  return result;
}

/** What went wrong, by its code or its class. */
export function problemOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}

/** Prisma's own names are hashes; ours say what is done. */
const HASHED = /^p[\w-]{27}$/;
const TABLE = /\b(?:from|into|update)\s+(?:only\s+)?"?(?:public"?\.)?"?(\w+)/i;
const LITERAL = /'(?:[^']|'')*'/g;
const LONGEST_TEXT = 2_000;

function nameOf(text: string, name: string): string {
  if (name !== '' && !HASHED.test(name)) return name;
  const table = TABLE.exec(text)?.[1];
  return table === undefined ? operationOf(text) : `${operationOf(text)} ${table}`;
}

/** By the conventions of OpenTelemetry for databases. Values are bound apart from the text; literals are cut out of it. */
function factsOf(text: string): SpanFacts {
  return {
    'db.system.name': 'postgresql',
    'db.operation.name': operationOf(text),
    'db.query.text': text.replace(LITERAL, "'?'").slice(0, LONGEST_TEXT),
  };
}

function operationOf(text: string): string {
  return /\w+/.exec(text)?.[0].toUpperCase() ?? 'STATEMENT';
}
