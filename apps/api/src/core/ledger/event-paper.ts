import type { EventDeclaration } from './event-catalogue.js';
import type { ValueSchema } from './event-schema.js';

const HEAD = `# The events

Every type of event that stands in the log of an organization, with what it carries. Written by \`npm run cli -- events:paper\` from what the rooms declare;
the same as JSON Schema (2020-12) is in [events.schema.json](events.schema.json) and in the answer of \`GET /api/v1/event-types\`. How to read the log: [api.md](api.md).

Around what is named here stand \`id\`, \`organizationId\`, \`seq\`, \`type\`, \`occurredAt\`, \`actor\`, \`subject\`, \`requestId\`, \`causationId\`, \`operationId\` and \`depth\`. A member with \`?\` may
be missing. \`data\` and \`changes\` are null once they were erased; \`changes\` holds only what changed, as \`[before, after]\`. \`address\` and \`userAgent\` are for readers
with \`audit:read\`. New types and new members may appear in any release: ignore what you do not know.
`;

/** The catalogue as a page of Markdown: what docs/events.md holds. */
export function eventPaper(declarations: readonly EventDeclaration[]): string {
  const domains = Map.groupBy(sorted(declarations), ({ type }) => type.split('.')[0]!);
  const parts = [...domains].map(([domain, events]) =>
    [`## ${domain}`, ...events.map(entryOf)].join('\n\n'),
  );
  return `${HEAD}\n${parts.join('\n\n')}\n`;
}

/** The catalogue as one JSON Schema: what docs/events.schema.json holds. `schemaOf` gives that of one event. */
export function eventSchemas(
  declarations: readonly EventDeclaration[],
  schemaOf: (declaration: EventDeclaration) => object,
): string {
  // One line an event: a change of one is a change of one line.
  const lines = sorted(declarations).map(
    (each) => `${JSON.stringify(each.type)}: ${JSON.stringify(schemaOf(each))}`,
  );
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  return `{"$schema": "${$schema}", "$defs": {\n${lines.join(',\n')}\n}}\n`;
}

function sorted(declarations: readonly EventDeclaration[]): EventDeclaration[] {
  return declarations.toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

function entryOf({ type, says, subject, data, changes }: EventDeclaration): string {
  const lines = [`- subject: ${subject}`, `- data: \`${wordOf(data)}\``];
  if (changes) lines.push(`- changes: \`${wordOf(changes)}\``);
  return [`### \`${type}\``, says, lines.join('\n')].join('\n\n');
}

/** A schema in the notation of TypeScript, which most readers know. */
function wordOf(schema: ValueSchema): string {
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ');
  if (schema.prefixItems) return wordOf(schema.prefixItems[0]!);
  const types = schema.type === undefined ? ['anything'] : [schema.type].flat();
  return types.map((type) => simpleWord(type, schema)).join(' | ');
}

function simpleWord(type: string, { format, items, properties, ...rest }: ValueSchema): string {
  if (type === 'string') return format === 'uuid' ? 'id' : format === 'date-time' ? 'time' : 'text';
  if (type === 'array') return `(${wordOf(items ?? {})})[]`.replace(/^\((\w+)\)/, '$1');
  if (type !== 'object') return type;
  const members = Object.entries(properties ?? {}).map(
    ([name, schema]) => `${name}${rest.required?.includes(name) ? '' : '?'}: ${wordOf(schema)}`,
  );
  if (rest.additionalProperties) members.push(`[other]: ${wordOf(rest.additionalProperties)}`);
  return members.length === 0 ? '{}' : `{ ${members.join('; ')} }`;
}
