import { ValidationPipe, type ArgumentMetadata, type Type } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { LRUCache } from 'lru-cache';
import { ValidationFailed, type FieldProblem } from '../errors/domain-error.js';

/** Queries of one DTO that are remembered, and characters that one may have as JSON. */
const MOST_QUERIES = 100;
const LONGEST_QUERY = 500;

/** Checks bodies and queries against their DTO: unknown fields are refused, every problem is named. */
export function createValidationPipe(): ValidationPipe {
  return new RememberingPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => new ValidationFailed(problemsOf(errors)),
  });
}

/**
 * Remembers queries that were in order: pages are asked for in the same few words all day, and what a DTO makes of them
 * depends on nothing else. It costs more than the rest of a list's way through the framework.
 */
class RememberingPipe extends ValidationPipe {
  readonly #known = new WeakMap<Type, LRUCache<string, object>>();

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const { metatype } = metadata;
    if (metadata.type !== 'query' || metatype === undefined)
      return super.transform(value, metadata);
    const query = JSON.stringify(value);
    const known = this.#queriesOf(metatype);
    const found = known.get(query);
    if (found) return copyOf(found);
    const checked: unknown = await super.transform(value, metadata);
    if (query.length <= LONGEST_QUERY && isFlat(checked)) known.set(query, copyOf(checked));
    return checked;
  }

  #queriesOf(metatype: Type): LRUCache<string, object> {
    const known = this.#known.get(metatype) ?? new LRUCache<string, object>({ max: MOST_QUERIES });
    this.#known.set(metatype, known);
    return known;
  }
}

/** Whether it holds words, numbers and lists of them alone. */
function isFlat(query: unknown): query is object {
  const isWord = (value: unknown): boolean => typeof value !== 'object' || value === null;
  return (
    !isWord(query) &&
    Object.values(query as object).every((value) =>
      Array.isArray(value) ? value.every(isWord) : isWord(value),
    )
  );
}

/** A query of the caller's own. */
function copyOf(query: object): object {
  const copy = Object.create(Object.getPrototypeOf(query) as object) as Record<string, unknown>;
  for (const [key, value] of Object.entries(query))
    copy[key] = Array.isArray(value) ? [...(value as unknown[])] : value;
  return copy;
}

function problemsOf(errors: ValidationError[], path = ''): FieldProblem[] {
  return errors.flatMap((error) => {
    const field = `${path}${error.property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field: field || 'body',
      problem:
        rule === 'whitelistValidation'
          ? 'is not a known field'
          : withoutField(message, error.property),
    }));
    return [...own, ...problemsOf(error.children ?? [], `${field}.`)];
  });
}

/** class-validator begins its sentences with the field's name, or `each value in` it; the field stands beside it. */
function withoutField(message: string, property: string): string {
  if (message.startsWith(`each value in ${property} `))
    return `has a value that ${message.slice(`each value in ${property} `.length)}`;
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
