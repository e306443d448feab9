import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { requireOrganizationId } from '#core/context/context.js';
import type { TenantConnection } from '#core/database/tenant-pool.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { FileStore } from '#modules/attachments/file-store.service.js';
import {
  filePath,
  keyOf,
  lineOf,
  MANIFEST,
  manifestText,
  tablePath,
  type Manifest,
  type TablePart,
} from './archive-manifest.js';
import { hexOf, type Row } from './archive-rows.js';
import { archiveTables, rowsARead, type ArchiveTable } from './archive-tables.js';
import { tenantColumns, tenantReferences, type CatalogColumn } from './archive.sql.js';
import { tarEnd, tarHeader, tarPadding } from './tar.js';

/** Told how far a writing or a reading is: a thing, and how many of it. */
export type Progress = (what: string, count: number) => Promise<void> | void;

/** A connection that reads one moment of the organization in context. */
type Snapshot = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

interface Spooled extends Pick<Manifest, 'organization' | 'log' | 'tables' | 'files'> {
  folder: string;
  /** Where the bytes of each file are in the store, by their hash. */
  stored: Map<string, { id: string; size: number }>;
}

/**
 * Writes all that an organization has as one tar. Every statement goes through the tenant handle, so that the policies
 * themselves keep out what is another organization's.
 */
@Injectable()
export class ArchiveWriting {
  readonly #folder: string;

  constructor(
    private readonly db: TenantDb,
    private readonly store: FileStore,
    { settings }: AppConfig,
  ) {
    this.#folder = settings.dataDir;
  }

  /** Tables that an archive holds, those that others refer to first. */
  async tables(): Promise<ArchiveTable[]> {
    const [catalog, references] = await Promise.all([
      this.db.sql<CatalogColumn>(tenantColumns, []),
      this.db.sql<{ table: string; target: string }>(tenantReferences, []),
    ]);
    return archiveTables(catalog, references);
  }

  /**
   * The archive of the organization in context, piece by piece. The rows are of one moment: they are read in one
   * transaction and laid aside on the disk, so that no transaction is open while somebody is fetching files or is slow to
   * take what is given. Throws what the database and the store throw; nothing is left behind then either.
   */
  async *content(progress: Progress): AsyncGenerator<Uint8Array> {
    await mkdir(this.#folder, { recursive: true });
    const folder = await mkdtemp(join(this.#folder, 'archive-'));
    try {
      const spooled = await this.#spool(folder, progress);
      yield* fileOf(MANIFEST, Buffer.from(manifestText(spooled)));
      for (const { name, bytes } of spooled.tables)
        yield* entryOf(tablePath(name), bytes, createReadStream(join(folder, name)));
      yield* this.#files(spooled, progress);
      yield tarEnd();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async *#files({ stored }: Spooled, progress: Progress): AsyncGenerator<Uint8Array> {
    const organizationId = requireOrganizationId('an archive');
    let done = 0;
    for (const [sha256, { id, size }] of stored) {
      yield* entryOf(filePath(sha256), size, await this.store.open({ organizationId, id }));
      await progress('files', (done += 1));
    }
  }

  async #spool(folder: string, progress: Progress): Promise<Spooled> {
    const tables = await this.tables();
    const pool = this.db.pool as { connect(): Promise<TenantConnection> };
    const connection = await pool.connect();
    const read: Snapshot = async <R extends object>(text: string, values: unknown[] = []) =>
      (await connection.query({ text, values })).rows as R[];
    try {
      await read('begin isolation level repeatable read read only');
      const spooled = await this.#spoolTables(folder, { tables, read, progress });
      await read('commit');
      return spooled;
    } finally {
      // One that did not come to its end is thrown away with its transaction.
      connection.release();
    }
  }

  async #spoolTables(
    folder: string,
    { tables, read, progress }: { tables: ArchiveTable[]; read: Snapshot; progress: Progress },
  ): Promise<Spooled> {
    const parts: TablePart[] = [];
    const seen: Record<string, Row> = {};
    const files: [string, { id: string; size: number }][] = [];
    for (const table of tables) {
      const note = (row: Row): void => {
        if (table.key.length === 0) seen[table.name] = row;
        if (table.name === 'files')
          files.push([hexOf(row.sha256), { id: String(row.id), size: Number(row.size) }]);
      };
      parts.push(await spoolTable(join(folder, table.name), table, read, note));
      await progress(table.name, parts.at(-1)!.rows);
    }
    const { id, slug, name } = seen.organizations as { id: string; slug: string; name: string };
    const head = seen.ledger_heads!;
    return {
      folder,
      organization: { id, slug, name },
      log: { seq: Number(head.seq), hash: hexOf(head.hash) },
      tables: parts,
      files: { count: files.length, bytes: files.reduce((sum, [, { size }]) => sum + size, 0) },
      stored: new Map(files.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}

/** Lays the rows of a table aside as they will stand in the archive. */
async function spoolTable(
  path: string,
  table: ArchiveTable,
  read: Snapshot,
  note: (row: Row) => void,
): Promise<TablePart> {
  const digest = createHash('sha256');
  const part = { name: table.name, columns: table.columns, rows: 0, bytes: 0 };
  const lines = async function* (): AsyncGenerator<Buffer> {
    for await (const rows of stretches(table, read)) {
      rows.forEach(note);
      const text = Buffer.from(rows.map(lineOf).join(''));
      digest.update(text);
      part.rows += rows.length;
      part.bytes += text.length;
      yield text;
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  return { ...part, sha256: digest.digest('hex') };
}

async function* stretches(table: ArchiveTable, read: Snapshot): AsyncGenerator<Row[]> {
  let after: unknown[] | null = null;
  for (;;) {
    const found: { line: string }[] = after
      ? await read(table.next, after)
      : await read(table.first);
    const rows = found.map(({ line }) => JSON.parse(line) as Row);
    if (rows.length > 0) yield rows;
    if (rows.length < rowsARead(table.name) || table.key.length === 0) return;
    after = keyOf(table, rows.at(-1)!);
  }
}

async function* fileOf(name: string, content: Buffer): AsyncGenerator<Uint8Array> {
  yield tarHeader({ name, size: content.length });
  yield content;
  yield tarPadding(content.length);
}

/** A file of a known size. Throws when there is more of it or less: the archive would be out of step from there on. */
async function* entryOf(
  name: string,
  size: number,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield tarHeader({ name, size });
  let given = 0;
  for await (const chunk of content) {
    given += chunk.length;
    yield chunk;
  }
  if (given !== size)
    throw new Error(`${name} has ${given} bytes and not the ${size} that its row says`);
  yield tarPadding(size);
}
