import type { WalkedTicket } from '#modules/tickets/ticket-list-walk.service.js';

type Cell = string | number | null;

/** The columns of a file of tickets, before those of custom fields. */
const COLUMNS: [string, (of: WalkedTicket['ticket']) => Cell][] = [
  ['number', (t) => t.number],
  ['id', (t) => t.id],
  ['subject', (t) => t.subject],
  ['status', (t) => t.status],
  ['stateId', (t) => t.stateId],
  ['priority', (t) => t.priority],
  ['type', (t) => t.type],
  ['channel', (t) => t.channel],
  ['requesterName', (t) => t.requester.name],
  ['requesterEmail', (t) => t.requester.email],
  ['assigneeName', (t) => t.assignee?.name ?? null],
  ['teamId', (t) => t.teamId],
  ['companyId', (t) => t.companyId],
  ['tags', (t) => t.tags.join(', ')],
  ['cc', (t) => t.cc.join(', ')],
  ['messageCount', (t) => t.messageCount],
  ['createdAt', (t) => t.createdAt],
  ['updatedAt', (t) => t.updatedAt],
  ['lastMessageAt', (t) => t.lastMessageAt],
  ['closedAt', (t) => t.closedAt],
  ['snoozedUntil', (t) => t.snoozedUntil],
  ['mergedIntoId', (t) => t.mergedIntoId],
];

/** The first line of a CSV file (RFC 4180), with the mark by which spreadsheets know UTF-8. */
export function csvHeader(fieldKeys: readonly string[]): string {
  const names = [...COLUMNS.map(([name]) => name), ...fieldKeys.map((key) => `fields.${key}`)];
  return `\uFEFF${names.map(csvCell).join(',')}\r\n`;
}

/** A ticket as a line of CSV. */
export function csvLine({ ticket, fields }: WalkedTicket, fieldKeys: readonly string[]): string {
  const cells = [
    ...COLUMNS.map(([, valueOf]) => valueOf(ticket)),
    ...fieldKeys.map((key) => cellOf(fields[key])),
  ];
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}

/** What a spreadsheet would take for a formula, in any of the forms that one of them reads. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@|\t\r\n＝＋－＠]/u;

/**
 * One cell. A text that a spreadsheet would run is shown by it instead: the apostrophe before it says "text"
 * (OWASP, CSV injection). Numbers are ours and stay numbers.
 */
function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n;']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A ticket, or a message of one, as a line of JSON; `record` says which. */
export function jsonLine(record: 'ticket' | 'message', of: object): string {
  return `${JSON.stringify({ record, ...of })}\n`;
}
