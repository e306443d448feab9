import { createHash } from 'node:crypto';
import { ArchiveRefused } from './archive.exceptions.js';
import { HEAVY } from './archive-scope.js';

const MEGABYTE = 1024 * 1024;
/** Bytes of the longest line: no row that the product writes comes near it. */
const LONGEST_LINE = 8 * MEGABYTE;
/** A received mail is a row, in hexadecimal. */
const LONGEST_HEAVY_LINE = 96 * MEGABYTE;
const LINE_FEED = 0x0a;

/** The lines of a table while they are read, and what they come to. */
export class TableLines {
  rows = 0;
  readonly #digest = createHash('sha256');
  readonly #longest: number;

  constructor(private readonly name: string) {
    this.#longest = HEAVY.has(name) ? LONGEST_HEAVY_LINE : LONGEST_LINE;
  }

  /** Each line with its line feed. Throws ArchiveRefused for one that is too long, and for an end in the middle of one. */
  async *of(content: AsyncIterable<Buffer>): AsyncGenerator<string> {
    let parts: Buffer[] = [];
    let length = 0;
    for await (const chunk of content) {
      this.#digest.update(chunk);
      let start = 0;
      for (;;) {
        const end = chunk.indexOf(LINE_FEED, start);
        const part = chunk.subarray(start, end === -1 ? undefined : end + 1);
        length += part.length;
        if (length > this.#longest) throw this.#tooLong();
        parts.push(part);
        if (end === -1) break;
        this.rows += 1;
        yield Buffer.concat(parts).toString('utf8');
        parts = [];
        length = 0;
        start = end + 1;
      }
    }
    if (length > 0)
      throw new ArchiveRefused(`The table ${this.name} ends in the middle of a line.`);
  }

  /** SHA-256 of all that was read, in hex. Once, at the end. */
  digest(): string {
    return this.#digest.digest('hex');
  }

  #tooLong(): ArchiveRefused {
    return new ArchiveRefused(
      `Line ${this.rows + 1} of the table ${this.name} is longer than ${this.#longest / MEGABYTE} MiB: no archive of ours has such a line.`,
    );
  }
}
