import { asList, asObject, attribute, type Json } from './scim-values.js';
import { ScimInvalid } from './scim.exceptions.js';

/** One step of a PATCH, for one attribute: what has no path was taken apart. */
export interface PatchStep {
  op: 'add' | 'replace' | 'remove';
  /** In lower case: `name`, `members`. */
  attribute: string;
  /** In lower case: `givenname` of `name.givenName`; null without. */
  part: string | null;
  /** What stands in brackets: `value eq "…"`; null without. */
  filter: string | null;
  value: unknown;
}

const MOST_OPERATIONS = 1_000;
const LONGEST_PATH = 500;
const CORE_SCHEMA = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/i;
const PATH = /^([a-z$][\w$-]*)(?:\[([^\]]*)\])?(?:\.([a-z$][\w$-]*))?$/i;

/**
 * Reads the body of a PATCH (RFC 7644, 3.5.2), in the shapes that Okta and Entra ID send: `op` in any case, a value
 * without a path whose names may be paths themselves. Attributes of schemas that we do not have are left out, as
 * they are when they are created. Throws {@link ScimInvalid}.
 */
export function readPatch(body: unknown): PatchStep[] {
  const operations = asList(attribute(asObject(body, 'The body'), 'Operations'), 'Operations');
  if (operations.length === 0 || operations.length > MOST_OPERATIONS)
    throw new ScimInvalid('invalidSyntax', `Send 1 to ${MOST_OPERATIONS} Operations.`);
  return operations.flatMap((operation) => readOperation(asObject(operation, 'An operation')));
}

function readOperation(operation: Json): PatchStep[] {
  const word = attribute(operation, 'op');
  const op = typeof word === 'string' ? word.toLowerCase() : '';
  if (op !== 'add' && op !== 'replace' && op !== 'remove')
    throw new ScimInvalid('invalidSyntax', 'op must be add, replace or remove.');
  const path = attribute(operation, 'path');
  const value = attribute(operation, 'value');
  if (typeof path === 'string' && path !== '') return readStep(op, path, value);
  if (op === 'remove') throw new ScimInvalid('invalidPath', 'remove needs a path.');
  const values = asObject(value, 'The value of an operation without a path');
  return Object.entries(values).flatMap(([name, inner]) => readStep(op, name, inner));
}

function readStep(op: PatchStep['op'], path: string, value: unknown): PatchStep[] {
  const plain = path.replace(CORE_SCHEMA, '').trim();
  // An attribute of another schema, or all of them: Entra ID sends those of its enterprise schema.
  if (/^urn:/i.test(plain)) return [];
  const match = plain.length > LONGEST_PATH ? null : PATH.exec(plain);
  if (!match) throw new ScimInvalid('invalidPath', 'The path of an operation is not understood.');
  const [, name, filter, part] = match;
  return [
    {
      op,
      attribute: name!.toLowerCase(),
      part: part?.toLowerCase() ?? null,
      filter: filter ?? null,
      value,
    },
  ];
}
