import { mismatchOf, object, type Members, type ValueSchema } from './event-schema.js';
import type { NewEvent } from './ledger-event.js';

/** What a room says of one of its events. */
interface EventWords {
  /** When it is recorded: one sentence for whoever builds on it. */
  says: string;
  /** The members of `data`; a name that ends in `?` may be missing. */
  data: Members;
  /** The fields that `changes` may name, with what stands before and after. Without it the event has no `changes`. */
  changes?: Members;
}

/** An event that the product records. */
export interface EventDeclaration {
  readonly type: string;
  readonly says: string;
  /** The type of its subject. */
  readonly subject: string;
  readonly data: ValueSchema;
  readonly changes: ValueSchema | null;
}

/** A recorded event is not as its room declared it, or not declared at all. */
export class EventNotAsDeclared extends Error {
  override readonly name = 'EventNotAsDeclared';

  constructor(type: string, mismatch: string) {
    super(`${type} is not as its room declares it in <room>.events.ts: ${mismatch}`);
  }
}

/**
 * Declares the events about one kind of subject, by their types:
 * `eventsAbout('ticket', { 'ticket.closed': { says: '…', data: { number: integer } } })`.
 */
export function eventsAbout(
  subject: string,
  events: Readonly<Record<string, EventWords>>,
): EventDeclaration[] {
  return Object.entries(events).map(([type, { says, data, changes }]) => ({
    type,
    says,
    subject,
    data: object(data),
    changes: changes ? changesOf(changes) : null,
  }));
}

/** Each field with what was there before and what is there now; only those that changed are there. */
function changesOf(fields: Members): ValueSchema {
  const pair = (schema: ValueSchema): ValueSchema => ({
    type: 'array',
    prefixItems: [schema, schema],
    description: '[before, after]',
  });
  return object(
    Object.fromEntries(
      Object.entries(fields).map(([name, schema]) => [
        name === '*' ? name : `${name}?`,
        pair(schema),
      ]),
    ),
  );
}

/**
 * JSON Schema (2020-12) of what is particular to an event: its type, its subject, and what it carries. Erased events have
 * no data.
 */
export function schemaOfEvent({ type, subject, data, changes }: EventDeclaration): object {
  const nullOr = (schema: object | null): object =>
    schema === null ? { type: 'null' } : { anyOf: [schema, { type: 'null' }] };
  const properties = {
    type: { const: type },
    subject: { type: 'object', properties: { type: { const: subject } } },
    data: nullOr(data),
    changes: nullOr(changes),
  };
  return { type: 'object', required: Object.keys(properties), properties };
}

/** Every event that the product records: when, about what, and what it carries. */
export class EventCatalogue {
  readonly #byType: ReadonlyMap<string, EventDeclaration>;

  /** Throws when two rooms declare the same type. */
  constructor(readonly declarations: readonly EventDeclaration[]) {
    this.#byType = new Map(declarations.map((each) => [each.type, each]));
    const twice = declarations.find(
      ({ type }, at) => declarations.findIndex((each) => each.type === type) !== at,
    );
    if (twice) throw new Error(`${twice.type} is declared twice`);
  }

  /** The types that `pattern` names, one such as `ticket.created` or all of a domain by `ticket.*`; none for a slip of the pen. */
  matching(pattern: string): string[] {
    const domain = pattern.endsWith('.*') ? pattern.slice(0, -1) : null;
    return [...this.#byType.keys()].filter((type) =>
      domain === null ? type === pattern : type.startsWith(domain),
    );
  }

  /**
   * Throws {@link EventNotAsDeclared} when `event` is not what the catalogue says of it. What `places` stand for is not
   * known yet, and so is let through.
   */
  check(event: NewEvent, places: readonly string[] = []): void {
    const mismatch = this.#mismatchOf(event, places);
    if (mismatch) throw new EventNotAsDeclared(event.type, mismatch);
  }

  #mismatchOf(
    { type, subject, data, changes }: NewEvent,
    places: readonly string[],
  ): string | null {
    const declared = this.#byType.get(type);
    if (!declared) return 'nobody declares it';
    if (subject.type !== declared.subject)
      return `its subject is ${subject.type} and not ${declared.subject}`;
    const mismatch = mismatchOf(declared.data, data, 'data', places);
    if (mismatch || !changes) return mismatch;
    return declared.changes ? mismatchOf(declared.changes, changes, 'changes') : 'it has changes';
  }
}
