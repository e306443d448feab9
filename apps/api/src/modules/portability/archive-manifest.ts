import { canonicalJson } from '#core/ledger/canonical-json.js';
import type { ArchiveTable } from './archive-tables.js';
import { LEFT_OUT, REWRITTEN_BECAUSE } from './archive-scope.js';

export const MANIFEST = 'manifest.json';
export const ARCHIVE_FORMAT = 'manydesk-organization';
/** Goes up when an older reader would misread an archive. */
export const ARCHIVE_VERSION = 1;
/** Bytes of the largest manifest: some hundred tables with their columns. */
export const LARGEST_MANIFEST = 1024 * 1024;

/** What an archive says of one of its tables. */
export interface TablePart {
  name: string;
  columns: string[];
  rows: number;
  bytes: number;
  sha256: string;
}

/** The first file of an archive: whose it is, and what else is in it. Names no time: the same content is the same file. */
export interface Manifest {
  format: string;
  version: number;
  organization: { id: string; slug: string; name: string };
  /** Where the log ended when the archive was made. */
  log: { seq: number; hash: string };
  tables: TablePart[];
  files: { count: number; bytes: number };
  leftOut: Record<string, string>;
  changed: Record<string, string>;
}

/** The manifest as it stands in an archive. */
export function manifestText({
  organization,
  log,
  tables,
  files,
}: Pick<Manifest, 'organization' | 'log' | 'tables' | 'files'>): string {
  const manifest: Manifest = {
    ...{ format: ARCHIVE_FORMAT, version: ARCHIVE_VERSION },
    ...{ organization, log, tables, files },
    ...{ leftOut: LEFT_OUT, changed: REWRITTEN_BECAUSE },
  };
  return `${canonicalJson(manifest)}\n`;
}

/** Where the rows of a table are in an archive. */
export function tablePath(name: string): string {
  return `tables/${name}.jsonl`;
}

/** Where the bytes of a file are: named by what they are, so that no name of anybody's becomes a path. */
export function filePath(sha256: string): string {
  return `files/${sha256}`;
}

/** A row as a line of its table. */
export function lineOf(row: unknown): string {
  return `${canonicalJson(row)}\n`;
}

/** The values that a row is found by, in the order of its table. */
export function keyOf({ key }: ArchiveTable, row: Record<string, unknown>): unknown[] {
  return key.map((column) => row[column]);
}
