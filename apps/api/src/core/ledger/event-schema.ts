/**
 * JSON Schema (2020-12), as much of it as events need: what a value of `data` or of `changes` may be. The same words are
 * published in the catalogue of events and checked by {@link mismatchOf}.
 */
export interface ValueSchema {
  readonly type?: string | readonly string[];
  readonly format?: 'uuid' | 'date-time';
  readonly enum?: readonly (string | null)[];
  readonly items?: ValueSchema;
  readonly prefixItems?: readonly ValueSchema[];
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly required?: readonly string[];
  /** What members without a name of their own may be. */
  readonly additionalProperties?: ValueSchema;
  readonly description?: string;
}

/**
 * The members of an object by their names; a name that ends in `?` is one that may be missing, and `*` stands for all that
 * have no name of their own.
 */
export type Members = Readonly<Record<string, ValueSchema>>;

export const text: ValueSchema = { type: 'string' };
export const integer: ValueSchema = { type: 'integer' };
export const flag: ValueSchema = { type: 'boolean' };
export const id: ValueSchema = { type: 'string', format: 'uuid' };
export const time: ValueSchema = { type: 'string', format: 'date-time' };
/** Any JSON value: for what an organization defines itself. */
export const anything: ValueSchema = {};

/** One of these words. */
export function oneOf(...words: string[]): ValueSchema {
  return { type: 'string', enum: words };
}

export function listOf(items: ValueSchema): ValueSchema {
  return { type: 'array', items };
}

/** An object whose keys are the organization's own. */
export function mapOf(values: ValueSchema): ValueSchema {
  return { type: 'object', additionalProperties: values };
}

/** Takes what `schema` takes, and null. */
export function nullable(schema: ValueSchema): ValueSchema {
  if (schema.type === undefined) return schema;
  return {
    ...schema,
    type: [schema.type, 'null'].flat(),
    ...(schema.enum && { enum: [...schema.enum, null] }),
  };
}

/** An object with these members. Readers must expect more of them in a later version. */
export function object(members: Members): ValueSchema {
  const { '*': others, ...rest } = members;
  const named = Object.entries(rest);
  const required = named.filter(([name]) => !name.endsWith('?')).map(([name]) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(named.map(([name, schema]) => [bare(name), schema])),
    ...(required.length > 0 && { required }),
    ...(others && { additionalProperties: others }),
  };
}

/** From where it was done: personal, and so for those readers alone who may see the trail. */
export const place: Members = { 'address?': nullable(text), 'userAgent?': nullable(text) };

function bare(name: string): string {
  return name.replace(/\?$/, '');
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * What is wrong with `value`, as one phrase, or null when it is as `schema` says. Stricter than a reader may be: a member
 * that is not named is wrong, since a catalogue that leaves out what is there would not be true. What JSON leaves out
 * (undefined) is not there, and a string among `places` stands for something that is as it should be.
 */
export function mismatchOf(
  schema: ValueSchema,
  value: unknown,
  where: string,
  places: readonly string[] = [],
): string | null {
  if (places.includes(value as string)) return null;
  const types = schema.type === undefined ? null : [schema.type].flat();
  if (types && !types.includes(typeOf(value)))
    return `${where} is ${typeOf(value)} and not ${types.join(' or ')}`;
  if (typeof value === 'string') return mismatchOfText(schema, value, where);
  if (value === null || typeof value !== 'object' || value instanceof Date) return null;
  if (Array.isArray(value)) {
    const found = value.map((item, index) =>
      mismatchOf(
        schema.prefixItems?.[index] ?? schema.items ?? anything,
        item,
        `${where}[${index}]`,
        places,
      ),
    );
    return found.find((mismatch) => mismatch !== null) ?? null;
  }
  return types ? mismatchOfObject(schema, value, where, places) : null;
}

function mismatchOfText(schema: ValueSchema, value: string, where: string): string | null {
  if (schema.enum && !schema.enum.includes(value))
    return `${where} is "${value}" and not one of ${schema.enum.join(', ')}`;
  if (schema.format === 'uuid' && !UUID.test(value)) return `${where} is no id`;
  if (schema.format === 'date-time' && !TIME.test(value)) return `${where} is no time`;
  return null;
}

function mismatchOfObject(
  schema: ValueSchema,
  value: object,
  where: string,
  places: readonly string[],
): string | null {
  const there = Object.entries(value).filter(([, member]) => member !== undefined);
  const missing = schema.required?.find((name) => !there.some(([each]) => each === name));
  if (missing !== undefined) return `${where}.${missing} is missing`;
  for (const [name, member] of there) {
    const declared = schema.properties?.[name] ?? schema.additionalProperties;
    if (!declared) return `${where}.${name} is not declared`;
    const mismatch = mismatchOf(declared, member, `${where}.${name}`, places);
    if (mismatch) return mismatch;
  }
  return null;
}

/** The name that JSON Schema has for what `value` becomes in JSON. */
function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'string';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
