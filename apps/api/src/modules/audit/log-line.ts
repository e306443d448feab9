import { hash } from 'node:crypto';
import { canonicalJson } from '#core/ledger/canonical-json.js';

/** An event with everything that its hashes are made of, as an export holds it. Hashes are hexadecimal. */
export interface LogLine {
  organizationId: string;
  seq: number;
  id: string;
  type: string;
  occurredAt: string;
  actorType: string;
  actorId: string | null;
  onBehalfOf: string | null;
  subjectType: string;
  subjectId: string;
  requestId: string | null;
  causationId: string | null;
  operationId: string | null;
  depth: number;
  /** The text of `{"changes":…,"data":…}` (RFC 8785) that was hashed; null when it was erased. */
  payload: string | null;
  dataHash: string;
  prevHash: string;
  hash: string;
}

/** The fields in the order of an export's columns. */
export const LINE_FIELDS = [
  'organizationId',
  'seq',
  'id',
  'type',
  'occurredAt',
  'actorType',
  'actorId',
  'onBehalfOf',
  'subjectType',
  'subjectId',
  'requestId',
  'causationId',
  'operationId',
  'depth',
  'payload',
  'dataHash',
  'prevHash',
  'hash',
] as const satisfies readonly (keyof LogLine)[];

/** What the first event of a log follows. */
export const BEFORE_THE_FIRST = '0'.repeat(64);

/** An event as the database gives it. */
export interface ChainRow extends Omit<LogLine, 'payload'> {
  data: Record<string, unknown> | null;
  changes: Record<string, unknown> | null;
}

export function toLogLine({ data, changes, ...row }: ChainRow): LogLine {
  return { ...row, payload: data === null ? null : canonicalJson({ changes, data }) };
}

/** SHA-256 of what an event says. */
export function dataHashOf(payload: string): string {
  return hash('sha256', payload, 'hex');
}

/**
 * The hash of an event: SHA-256 over the hash before it, the hash of what it says, and its header, as `ledger_append`
 * makes it in the database. An absent field is an empty one.
 */
export function hashOf(line: LogLine): string {
  const header = [
    line.organizationId,
    line.seq,
    line.id,
    line.type,
    line.occurredAt,
    line.actorType,
    line.actorId,
    line.onBehalfOf,
    line.subjectType,
    line.subjectId,
    line.requestId,
    line.causationId,
    line.operationId,
    line.depth,
  ].map((field) => field ?? '');
  const bytes = [line.prevHash, line.dataHash].map((text) => Buffer.from(text, 'hex'));
  return hash('sha256', Buffer.concat([...bytes, Buffer.from(header.join('|'))]), 'hex');
}
