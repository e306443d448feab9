import { verifyExport, type Verdict } from '#modules/audit/export-file.service.js';
import { randomUUID } from 'node:crypto';
import { expectStatus, type Client } from '../../support/as.js';
import { asOwner, type TestDatabase } from '../../support/database.js';

/** An export, as its text. */
export async function exported(by: Client, query: string): Promise<string> {
  return expectStatus(await by.get(`/audit/export?${query}`), 200).text;
}

/** What is said of a file with `text`, handed over in pieces of odd sizes. */
export function verdictOn(text: string, head?: string): Promise<Verdict> {
  return verifyExport(pieces(text), head);
}

async function* pieces(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 777)
    yield await Promise.resolve(text.slice(at, at + 777));
}

/** The lines of a file without the empty one after the last. */
export function linesIn(text: string): string[] {
  return text.split(/\r?\n/).slice(0, -1);
}

/** A file of `lines`. */
export function fileOf(lines: string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

const COLUMNS =
  'organizationId,seq,id,type,occurredAt,actorType,actorId,onBehalfOf,subjectType,subjectId,requestId,causationId,operationId,depth,payload,dataHash,prevHash,hash'.split(
    ',',
  );

/** A line of either format in which one field says something else. */
export function altered(line: string, field: string): string {
  if (line.startsWith('{')) {
    const event = JSON.parse(line);
    return JSON.stringify({ ...event, [field]: another(event[field]) });
  }
  const cells = line.match(/("(?:[^"]|"")*"|[^",]*)(?=,|$)/g)!;
  const at = COLUMNS.indexOf(field);
  const cell = cells[at]!;
  const isQuoted = cell.startsWith('"');
  const changed = isQuoted ? `${cell.slice(0, -1)} "` : String(another(cell === '' ? null : cell));
  return cells.with(at, changed).join(',');
}

function another(value: string | number | null): string | number {
  if (typeof value === 'number') return value + 1;
  if (value === null) return 'x';
  return `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`;
}

/** Makes a log longer by `count` events, chained as the product chains them. */
export async function appendEvents(
  database: TestDatabase,
  organizationId: string,
  count: number,
): Promise<void> {
  const events = Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    type: 'ticket.updated',
    occurredAt: new Date(Date.UTC(2026, 0, 1) + n).toISOString(),
    actorType: 'system',
    subjectType: 'ticket',
    subjectId: randomUUID(),
    payload: `{"changes":null,"data":{"n":${n}}}`,
    depth: 0,
  }));
  await asOwner(database, async (client) => {
    await client.query("select set_config('app.organization_id', $1, false)", [organizationId]);
    await client.query('select ledger_append($1::jsonb)', [JSON.stringify(events)]);
  });
}
