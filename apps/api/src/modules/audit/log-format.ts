import { LINE_FIELDS, type LogLine } from './log-line.js';

export const FORMATS = ['csv', 'jsonl'] as const;
export type Format = (typeof FORMATS)[number];

/** The last line of an export, by which a file that was cut off is told from one that is whole. */
const END = 'export.end';

/** What the last line says, as JSON in the place of the payload. */
export interface ExportEnd {
  scope: string;
  /** Empty for an export of everything in its scope. */
  filters: Record<string, unknown>;
  /** Events before this line. */
  events: number;
  /** Where the log ended when the export was begun. */
  headSeq: number;
  headHash: string;
}

/** A line as either format holds it: every field, null or a scalar. */
export type Fields = Record<(typeof LINE_FIELDS)[number], string | number | null>;

/** What stands before the first line. */
export function headingOf(format: Format): string {
  return format === 'csv' ? csvRow(LINE_FIELDS) : '';
}

export function lineOf(format: Format, line: LogLine): string {
  return written(format, line);
}

export function endOf(format: Format, organizationId: string, end: ExportEnd): string {
  const nothing = Object.fromEntries(LINE_FIELDS.map((field) => [field, null])) as Fields;
  return written(format, { ...nothing, organizationId, type: END, payload: JSON.stringify(end) });
}

function written(format: Format, fields: Fields): string {
  const ordered = LINE_FIELDS.map((field) => [field, fields[field]] as const);
  return format === 'csv'
    ? csvRow(ordered.map(([, value]) => value))
    : `${JSON.stringify(Object.fromEntries(ordered))}\n`;
}

/** A row (RFC 4180). */
function csvRow(values: readonly (string | number | null)[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

/** What a spreadsheet takes for a formula, or what {@link unguarded} would take a mark from. */
const GUARDED = /^[=+\-@\t\r']/;
const QUOTED = /[",\r\n]/;

/** A text that a spreadsheet would run as a formula gets an apostrophe in front, which makes it a text. */
function csvField(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const guarded = GUARDED.test(text) ? `'${text}` : text;
  return QUOTED.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** A line cannot be read: the message goes on from "line 7". */
export class UnreadableLine extends Error {
  override readonly name = 'UnreadableLine';
}

const NUMBERS = new Set<string>(['seq', 'depth']);
const NULLABLE = new Set<string>([
  'actorId',
  'onBehalfOf',
  'requestId',
  'causationId',
  'operationId',
  'payload',
]);

/** The event of a line, or what its last line says. Throws {@link UnreadableLine}. */
export function readLine(
  format: Format,
  text: string,
): LogLine | { end: ExportEnd; organizationId: string } {
  const fields = format === 'csv' ? readCsv(text) : readJson(text);
  if (fields.type === END)
    return { end: readEnd(fields.payload), organizationId: String(fields.organizationId) };
  for (const field of LINE_FIELDS) {
    const value = fields[field];
    const isRight = NUMBERS.has(field)
      ? Number.isSafeInteger(value) && (value as number) >= 0
      : typeof value === 'string' || (value === null && NULLABLE.has(field));
    if (!isRight) throw new UnreadableLine(`has no ${field}, or one that cannot be`);
  }
  return fields as unknown as LogLine;
}

function readJson(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableLine('is not JSON');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new UnreadableLine('is not the object of an event');
  const known: readonly string[] = LINE_FIELDS;
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UnreadableLine(`has ${JSON.stringify(unknown.slice(0, 40))}, which no export has`);
  return value as Fields;
}

function readCsv(text: string): Fields {
  const cells = csvCells(text);
  if (cells.length !== LINE_FIELDS.length)
    throw new UnreadableLine(`has ${cells.length} columns and not ${LINE_FIELDS.length}`);
  const values = LINE_FIELDS.map((field, at) => {
    const cell = unguarded(cells[at]!);
    if (cell === '') return [field, null];
    return [field, NUMBERS.has(field) && /^\d{1,16}$/.test(cell) ? Number(cell) : cell];
  });
  return Object.fromEntries(values) as Fields;
}

/** The cells of a row. No value of an export holds a line break, so a row is a line. */
function csvCells(row: string): string[] {
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (let more = true; more;) {
    const found = cell.exec(row);
    if (!found) throw new UnreadableLine('is not a row of CSV');
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2]!);
    more = found[3] === ',';
  }
  return cells;
}

function unguarded(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

function readEnd(payload: unknown): ExportEnd {
  try {
    const end = JSON.parse(String(payload)) as ExportEnd;
    const { scope, filters, events, headSeq, headHash } = end;
    const isRight =
      typeof scope === 'string' &&
      typeof headHash === 'string' &&
      Number.isSafeInteger(events) &&
      Number.isSafeInteger(headSeq) &&
      filters !== null &&
      typeof filters === 'object';
    if (isRight) return end;
  } catch {
    // Said below.
  }
  throw new UnreadableLine('is the last line of an export and does not say what that says');
}
