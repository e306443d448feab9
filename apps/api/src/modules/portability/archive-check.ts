import { createHash } from 'node:crypto';
import { isId } from '#core/context/ids.js';
import { LogProof, type ChainRow } from '#modules/audit/log-proof.service.js';
import {
  filePath,
  keyOf,
  lineOf,
  tablePath,
  type Manifest,
  type TablePart,
} from './archive-manifest.js';
import { ArchiveRefused } from './archive.exceptions.js';
import { TableLines } from './archive-lines.js';
import type { ArchiveTable } from './archive-tables.js';
import { AT_REST } from './archive-scope.js';
import { readManifest } from './manifest-reading.js';
import { compareKeys, eventOf, hexOf, parseRow, type Row } from './archive-rows.js';
import { tarEntries, type TarEntry } from './tar-reading.js';

/** An archive that is as it says, and where the bytes of its files are to go, by their hash. */
export interface CheckedArchive {
  manifest: Manifest;
  files: Map<string, { id: string; size: number }>;
}

/** Whether the row is written as archives have it. What is nested too deep to be written is not. */
function isCanonical(row: Row, line: string): boolean {
  try {
    return lineOf(row) === line;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * Reads an archive from end to end and believes nothing: order, sizes and hashes of its parts, the form and the
 * organization of every row, the chain of the log, the bytes of every file. Writes nothing.
 */
export class ArchiveCheck {
  readonly #files = new Map<string, { id: string; size: number }>();
  readonly #missing = new Set<string>();
  readonly #log = new LogProof();
  #hasOwner = false;
  #manifest!: Manifest;

  /** `tables` are those of this deployment. */
  constructor(private readonly tables: ReadonlyMap<string, ArchiveTable>) {}

  /** Throws {@link ArchiveRefused} and UnreadableTar. */
  async check(chunks: AsyncIterable<Uint8Array>): Promise<CheckedArchive> {
    let at = 0;
    for await (const entry of tarEntries(chunks)) {
      if (at === 0) this.#manifest = await readManifest(entry);
      else await this.#entry(entry, this.#manifest.tables[at - 1]);
      at += 1;
    }
    if (at === 0) throw new ArchiveRefused('The archive is empty.');
    const next = this.#manifest.tables[at - 1]?.name ?? [...this.#missing][0];
    if (next !== undefined)
      throw new ArchiveRefused(`The archive ends before ${next}, which its manifest counts.`);
    return { manifest: this.#manifest, files: this.#files };
  }

  async #entry(entry: TarEntry, part: TablePart | undefined): Promise<void> {
    if (!part) return this.#file(entry);
    if (entry.name !== tablePath(part.name))
      throw new ArchiveRefused(
        `${JSON.stringify(entry.name)} stands where ${tablePath(part.name)} should: the archive was changed.`,
      );
    await this.#table(entry, part);
    if (part === this.#manifest.tables.at(-1)) this.#whole();
  }

  async #table(entry: TarEntry, part: TablePart): Promise<void> {
    const { name } = part;
    const table = this.#known(part);
    const lines = new TableLines(name);
    let before: unknown[] | null = null;
    for await (const line of lines.of(entry.content)) {
      const where = `Line ${lines.rows} of the table ${name}`;
      const row = parseRow(line, part.columns);
      if (row === null || !isCanonical(row, line))
        throw new ArchiveRefused(`${where} is not a row as archives have them.`);
      if (row[table.owner] !== this.#manifest.organization.id)
        throw new ArchiveRefused(`${where} is of another organization.`);
      const key = keyOf(table, row);
      if (before !== null && compareKeys(before, key) >= 0)
        throw new ArchiveRefused(`${where} is there twice, or out of order.`);
      before = key;
      const busy = Object.entries(AT_REST[name] ?? {}).find(
        ([column, rest]) => row[column] !== rest,
      );
      if (busy) throw new ArchiveRefused(`${where} has a ${busy[0]} that no archive of ours has.`);
      this.#note(name, row, where);
    }
    const isWhole = lines.digest() === part.sha256 && lines.rows === part.rows;
    if (!isWhole || entry.size !== part.bytes)
      throw new ArchiveRefused(
        `The table ${name} is not what the manifest says of it: the archive was changed or damaged.`,
      );
  }

  /** The table as this deployment has it. */
  #known({ name, columns }: TablePart): ArchiveTable {
    const table = this.tables.get(name);
    if (!table)
      throw new ArchiveRefused(
        `The archive has a table ${name}, which this desk does not take: import it into the release that wrote it, or a newer one.`,
      );
    const unknown = columns.find((column) => !table.columns.includes(column));
    if (unknown !== undefined)
      throw new ArchiveRefused(
        `The table ${name} has a column ${unknown}, which this desk does not know: import it into the release that wrote it, or a newer one.`,
      );
    const lacking = [...table.key, table.owner].find((column) => !columns.includes(column));
    if (lacking !== undefined)
      throw new ArchiveRefused(`The table ${name} has no column ${lacking}.`);
    return table;
  }

  #note(name: string, row: Row, where: string): void {
    const { organization, log } = this.#manifest;
    if (name === 'ledger_events') {
      const problem = this.#log.take(eventOf(row) as unknown as ChainRow);
      if (problem !== null)
        throw new ArchiveRefused(`${where} breaks the chain of the log: ${problem}.`);
    } else if (name === 'ledger_heads' && (row.seq !== log.seq || hexOf(row.hash) !== log.hash))
      throw new ArchiveRefused(`${where} says that the log ends elsewhere than the manifest does.`);
    else if (name === 'organizations' && row.slug !== organization.slug)
      throw new ArchiveRefused(`${where} has another slug than the manifest.`);
    else if (name === 'memberships')
      this.#hasOwner ||= row.role === 'owner' && row.status === 'active';
    else if (name === 'files') {
      const sha256 = hexOf(row.sha256);
      // It becomes a path, so it is one as we write them.
      if (!isId(row.id)) throw new ArchiveRefused(`${where} has an id that is none.`);
      this.#files.set(sha256, { id: String(row.id), size: Number(row.size) });
      this.#missing.add(sha256);
    }
  }

  /** When the last table is read. */
  #whole(): void {
    const { tables, log, files } = this.#manifest;
    for (const name of ['organizations', 'ledger_heads'])
      if (tables.find((part) => part.name === name)?.rows !== 1)
        throw new ArchiveRefused(`The archive has not one row of ${name}.`);
    if (!this.#hasOwner) throw new ArchiveRefused('The organization of the archive has no owner.');
    if (!this.#log.isWholeTo(log))
      throw new ArchiveRefused(
        'The log ends before the event that the manifest names: some is missing.',
      );
    if (this.#files.size !== files.count)
      throw new ArchiveRefused('There are not as many files as the manifest says.');
  }

  async #file(entry: TarEntry): Promise<void> {
    const name = entry.name.slice(filePath('').length);
    if (entry.name !== filePath(name) || !this.#missing.has(name))
      throw new ArchiveRefused(
        `${JSON.stringify(entry.name)} is nothing that the archive counts, or it is there twice.`,
      );
    const digest = createHash('sha256');
    for await (const chunk of entry.content) digest.update(chunk);
    if (digest.digest('hex') !== name || entry.size !== this.#files.get(name)!.size)
      throw new ArchiveRefused(`The file ${name} has other bytes than its name says.`);
    this.#missing.delete(name);
  }
}
