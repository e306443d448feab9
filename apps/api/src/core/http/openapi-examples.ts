import type { Schema } from './openapi-schema.js';

/** What stands for a text, by its format; else by the name of its field, which says more than "string". */
const BY_FORMAT: Record<string, string> = {
  uuid: '01a1feaa-63b1-7742-8d15-01d6cb3dffa2',
  'date-time': '2026-01-31T09:00:00.000Z',
  date: '2026-01-31',
  email: 'rita@customer.example',
  uri: 'https://desk.example/',
};
const BY_NAME: Record<string, unknown> = {
  accent: '#2563eb',
  body: 'It says PC LOAD LETTER.',
  code: '123456',
  color: '#2563eb',
  email: 'rita@customer.example',
  from: 'rita@customer.example',
  html: '<p>It says PC LOAD LETTER.</p>',
  locale: 'en',
  message: 'Done.',
  name: 'Rita Requester',
  nextCursor: null,
  number: 4711,
  password: 'correct horse battery staple',
  requesterEmail: 'rita@customer.example',
  subject: 'The printer is on fire',
  text: 'The printer is on fire',
  timeZone: 'Europe/Berlin',
  total: 1,
  url: 'https://desk.example/',
  version: 3,
};
const LISTS: Record<string, unknown> = { email: 'rita@customer.example', tags: 'printer' };
const NAMES_A_ROW = /(?:^id|Ids?)$/;
/** Ours go four deep; this only ends what would go on for ever. */
const DEEPEST = 8;

/** Makes examples of schemas, always the same ones. */
export class Examples {
  constructor(private readonly schemas: Record<string, Schema>) {}

  /** An example of an answer: with every member. */
  ofAnswer(schema: Schema): unknown {
    return this.#of(schema, '', (_, names) => names, 0);
  }

  /**
   * An example of what is sent: with what must be there and what has an example of its own; where there is neither, with
   * the first that may be there.
   */
  ofRequest(schema: Schema): unknown {
    const chosen: Choice = ({ required = [], properties = {} }, names) => {
      const said = names.filter((name) => required.includes(name) || properties[name]!.examples);
      return said.length > 0 ? said : names.slice(0, 1);
    };
    return this.#of(schema, '', chosen, 0);
  }

  #of(schema: Schema, name: string, chosen: Choice, depth: number): unknown {
    if (schema.examples) return schema.examples[0];
    if (schema.$ref !== undefined) return this.#of(this.#named(schema.$ref), name, chosen, depth);
    const [first] = schema.anyOf ?? schema.oneOf ?? [];
    if (first) return this.#of(first, name, chosen, depth);
    if (schema.enum) return schema.enum[0];
    const [type] = [schema.type ?? 'any'].flat();
    if (type === 'array') {
      const item = LISTS[name] ?? this.#of(schema.items ?? {}, name, chosen, depth + 1);
      return depth > DEEPEST ? [] : [item];
    }
    if (type === 'object' || schema.properties || schema.allOf)
      return this.#object(schema, chosen, depth);
    return scalar(schema, String(type), name);
  }

  #object(schema: Schema, chosen: Choice, depth: number): unknown {
    if (depth > DEEPEST) return {};
    const inherited = (schema.allOf ?? []).map((part) => this.#of(part, '', chosen, depth));
    const own = chosen(schema, Object.keys(schema.properties ?? {})).map((name) => [
      name,
      this.#of(schema.properties![name]!, name, chosen, depth + 1),
    ]);
    return Object.assign({}, ...inherited, Object.fromEntries(own));
  }

  #named(reference: string): Schema {
    return this.schemas[reference.split('/').at(-1)!] ?? {};
  }
}

/** Which of the members of an object an example has. */
type Choice = (schema: Schema, names: string[]) => string[];

function scalar(schema: Schema, type: string, name: string): unknown {
  if (schema.default !== undefined) return schema.default;
  const known = BY_NAME[name];
  if (type === 'integer' || type === 'number')
    return typeof known === 'number' ? known : (schema.minimum ?? 1);
  if (type === 'boolean') return true;
  if (type !== 'string') return {};
  if (schema.format !== undefined && BY_FORMAT[schema.format]) return BY_FORMAT[schema.format];
  if (known === null && [schema.type].flat().includes('null')) return null;
  if (NAMES_A_ROW.test(name)) return BY_FORMAT.uuid;
  const text = typeof known === 'string' ? known : 'text';
  return text.padEnd(schema.minLength ?? 0, '.').slice(0, schema.maxLength);
}
