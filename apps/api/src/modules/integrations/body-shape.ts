/** Names that are written down in all, and how deep. */
const MOST_NAMES = 60;
const DEEPEST = 5;
const LONGEST_NAME = 60;

/** What something was made of: names and sizes, no values. */
export type Shape = Record<string, unknown>;

/**
 * The shape of a body: what a colleague needs to see why a call was refused, and nothing that a customer wrote.
 * Bounded, because a body may have a hundred thousand names. Null for no body.
 */
export function shapeOf(body: unknown): Shape | null {
  if (body === undefined || body === null) return null;
  return describe(body, { names: MOST_NAMES }, 1);
}

interface Budget {
  names: number;
}

function describe(value: unknown, left: Budget, depth: number): Shape {
  if (value === null) return { type: 'null' };
  if (typeof value === 'string') return { type: 'string', length: value.length };
  if (Buffer.isBuffer(value)) return { type: 'bytes', length: value.length };
  if (typeof value !== 'object') return { type: typeof value };
  if (Array.isArray(value)) {
    const shape = { type: 'array', length: value.length };
    const isToldOf = value.length > 0 && depth < DEEPEST;
    return isToldOf ? { ...shape, items: describe(value[0], left, depth + 1) } : shape;
  }
  return describeObject(value as Record<string, unknown>, left, depth);
}

/** Postgres can store neither half a character, which the cut may leave, nor NUL: one such name would cost the whole batch. */
function shownName(name: string): string {
  return name.slice(0, LONGEST_NAME).toWellFormed().replaceAll('\0', '');
}

/** Each entry is taken as it comes: of an object with very many names not even the list of them is made. */
function describeObject(value: Record<string, unknown>, left: Budget, depth: number): Shape {
  const fields: [string, Shape][] = [];
  let isCut = false;
  for (const name in value) {
    if (!Object.hasOwn(value, name)) continue;
    isCut = left.names === 0 || depth === DEEPEST;
    if (isCut) break;
    left.names -= 1;
    fields.push([shownName(name), describe(value[name], left, depth + 1)]);
  }
  return {
    type: 'object',
    fields: Object.fromEntries(fields),
    ...(isCut ? { andMore: true } : {}),
  };
}
