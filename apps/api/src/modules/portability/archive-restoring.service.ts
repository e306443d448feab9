import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { currentContext, runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import { FileStore } from '#modules/attachments/file-store.service.js';
import { SearchRebuild } from '#modules/search/search-rebuild.service.js';
import { ArchiveCheck, type CheckedArchive } from './archive-check.js';
import { filePath, tablePath, type Manifest, type TablePart } from './archive-manifest.js';
import { ArchiveRefused } from './archive.exceptions.js';
import { TableLines } from './archive-lines.js';
import { PERSON_COLUMN, PERSON_FIELDS, PERSON_TABLE } from './archive-scope.js';
import type { Row } from './archive-rows.js';
import {
  CHECK_REFERENCES,
  FIND_PERSON,
  HOLD_FILES,
  MAKE_PERSON,
  RESTORE_ROWS,
  SPEAK_FOR,
} from './archive.sql.js';
import { ArchiveWriting, type Progress } from './archive-writing.service.js';
import { tarEntries, type TarEntry } from './tar-reading.js';
import { UnreadableTar } from './tar.js';

const READ_AT_ONCE = 1024 * 1024;
/** Rows, and characters of them, that go to the database at once. */
const MOST_ROWS = 500;
const MOST_TEXT = 4 * 1024 * 1024;

type Query = (text: string, values?: unknown[]) => Promise<{ rows: object[] }>;

/** What was restored. */
export interface Restored {
  organization: Manifest['organization'];
  rows: number;
  files: number;
}

/**
 * Restores an organization from its archive, with the ids that it had: all of it in one transaction, or nothing. Records
 * nothing in its log, so that an archive of what was restored is the same file; tells nobody.
 */
@Injectable()
export class ArchiveRestoring {
  constructor(
    private readonly system: SystemDb,
    private readonly store: FileStore,
    private readonly writing: ArchiveWriting,
    private readonly search: SearchRebuild,
  ) {}

  /** Throws {@link ArchiveRefused} with what is wrong; nothing was written then. */
  async restore(path: string, progress: Progress): Promise<Restored> {
    const checked = await inSentences(() => this.#check(path));
    const { organization, tables, files } = checked.manifest;
    await progress('checked', tables.length);
    await this.#requireFree(organization);
    const kept: string[] = [];
    try {
      await inSentences(() => this.#write(path, { checked, kept, progress }));
    } catch (error) {
      for (const id of kept) await this.store.remove({ organizationId: organization.id, id });
      throw error;
    }
    await this.search.rebuild(organization.slug);
    return {
      organization,
      rows: tables.reduce((sum, { rows }) => sum + rows, 0),
      files: files.count,
    };
  }

  async #check(path: string): Promise<CheckedArchive> {
    // Which tables there are is the same for every organization; the question needs one to be asked for.
    const context = { ...currentContext()!, organizationId: newId() };
    const tables = await runInContext(context, () => this.writing.tables());
    const check = new ArchiveCheck(new Map(tables.map((table) => [table.name, table])));
    return check.check(chunksOf(path));
  }

  async #requireFree({ id, slug }: Manifest['organization']): Promise<void> {
    const there = await this.system.client.organization.findFirst({
      where: { OR: [{ id }, { slug }] },
      select: { id: true },
    });
    if (there?.id === id)
      throw new ArchiveRefused(
        'The organization is here already: an archive never overwrites one.',
      );
    if (there)
      throw new ArchiveRefused(
        `Another organization has the slug ${slug}: change the slug there, or before the export.`,
      );
  }

  async #write(
    path: string,
    { checked, kept, progress }: { checked: CheckedArchive; kept: string[]; progress: Progress },
  ): Promise<void> {
    const connection = await this.system.pool.connect();
    const query: Query = (text, values) => connection.query(text, values);
    let failure: Error | undefined;
    try {
      await query('begin');
      await query(SPEAK_FOR, [checked.manifest.organization.id]);
      await query(HOLD_FILES);
      await this.#parts(path, { checked, kept, query, progress });
      await query('commit');
    } catch (error) {
      failure = error as Error;
      await query('rollback').catch(() => undefined);
      throw error;
    } finally {
      connection.release(failure);
    }
  }

  async #parts(
    path: string,
    {
      checked: { manifest, files },
      kept,
      query,
      progress,
    }: { checked: CheckedArchive; kept: string[]; query: Query; progress: Progress },
  ): Promise<void> {
    const parts = new Map(manifest.tables.map((part) => [tablePath(part.name), part]));
    for await (const entry of tarEntries(chunksOf(path))) {
      const part = parts.get(entry.name);
      if (part) {
        await restoreTable(entry, part, query);
        await progress(part.name, part.rows);
        // The last one: what refers to what is not there is found before any file is kept.
        if (part === manifest.tables.at(-1)) await query(CHECK_REFERENCES);
      } else if (entry.name.startsWith(filePath(''))) {
        const { id } = files.get(entry.name.slice(filePath('').length))!;
        kept.push(id);
        await this.#keep(entry, { organizationId: manifest.organization.id, id });
        await progress('files', kept.length);
      }
    }
  }

  async #keep(entry: TarEntry, place: { organizationId: string; id: string }): Promise<void> {
    const digest = createHash('sha256');
    const metered = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of entry.content) {
        digest.update(chunk);
        yield chunk;
      }
    };
    await this.store.put(place, metered());
    if (filePath(digest.digest('hex')) !== entry.name) throw new ArchiveRefused(CHANGED);
  }
}

/** An address as accounts have it: in lower case, and nothing that a mail could be led astray by. */
const ADDRESS = /^(?=.{3,254}$)[^\s@<>,;"A-Z\p{Cc}]+@[^\s@<>,;"A-Z\p{Cc}]+$/u;
const CHANGED = 'The archive was changed while it was read.';

async function restoreTable(entry: TarEntry, part: TablePart, query: Query): Promise<void> {
  const lines = new TableLines(part.name);
  let batch: string[] = [];
  let length = 0;
  let isFirst = true;
  const columns = columnsOf(part);
  const write = async (): Promise<void> => {
    const values = [part.name, columns, `[${batch.join(',')}]`, isFirst];
    await query(RESTORE_ROWS, values).catch((error: { code?: string }) => {
      throw doesNotFit(part.name, error);
    });
    [batch, length, isFirst] = [[], 0, false];
  };
  for await (const line of lines.of(entry.content)) {
    const row = part.name === PERSON_TABLE ? await withPerson(line, query) : line;
    batch.push(row);
    length += row.length;
    if (batch.length >= MOST_ROWS || length >= MOST_TEXT) await write();
  }
  if (batch.length > 0 || isFirst) await write();
  if (lines.digest() !== part.sha256) throw new ArchiveRefused(CHANGED);
}

/** The columns of the table itself: a person stands in an archive by address and name. */
function columnsOf({ name, columns }: TablePart): string[] {
  if (name !== PERSON_TABLE) return columns;
  return [...columns.filter((column) => !(column in PERSON_FIELDS)), PERSON_COLUMN];
}

/**
 * A membership of the person of this deployment who has the address, or of one who is made and has no password: they
 * come in by "forgotten password", which proves that the address is theirs.
 */
async function withPerson(line: string, query: Query): Promise<string> {
  const { person_email: email, person_name: name, ...row } = JSON.parse(line) as Row;
  if (typeof email !== 'string' || typeof name !== 'string' || !ADDRESS.test(email))
    throw new ArchiveRefused('A membership does not say whose it is.');
  const { rows } = await query(FIND_PERSON, [email]);
  const id = (rows[0] as { id: string } | undefined)?.id ?? newId();
  if (rows.length === 0)
    await query(MAKE_PERSON, [id, email, name]).catch((error: { code?: string }) => {
      throw doesNotFit(PERSON_TABLE, error);
    });
  return JSON.stringify({ ...row, [PERSON_COLUMN]: id });
}

/** A failure of the database as a sentence without what stood in the rows. Any other is thrown on as it is. */
function doesNotFit(table: string, error: { code?: string }): unknown {
  const why: Record<string, string> = {
    '23505': 'a row is there twice, or has what another organization has',
    '23503': 'a row refers to what is not in the archive',
    '23514': 'a value is none that the product writes',
    '23502': 'a value is missing',
    '42501': 'a row is not one that an archive may bring',
  };
  const { code = '' } = error;
  const known = why[code] ?? (code.startsWith('22') ? 'a value is not of its type' : undefined);
  return known ? new ArchiveRefused(`The table ${table} does not fit: ${known}.`) : error;
}

function chunksOf(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: READ_AT_ONCE });
}

/** What reading a file throws, as sentences. */
async function inSentences<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadableTar)
      throw new ArchiveRefused(`The archive cannot be read: ${error.message}.`);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new ArchiveRefused('There is no such file.');
    if (code === 'EISDIR') throw new ArchiveRefused('This is a folder: name the file.');
    if (code === '23503')
      throw new ArchiveRefused('The archive does not fit: a row refers to what is not in it.');
    throw error;
  }
}
