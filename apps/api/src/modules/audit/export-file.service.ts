import { createReadStream } from 'node:fs';
import { LogChain, type Gap } from './log-chain.js';
import { headingOf, readLine, UnreadableLine, type ExportEnd, type Format } from './log-format.js';
import type { LogLine } from './log-line.js';
import { linesOf, LineTooLong } from './text-lines.js';

/** What a look at a file has come to, in sentences for whoever asked. */
export interface Verdict {
  isValid: boolean;
  sentences: string[];
}

/** Something that is wrong with the file: at which line, the first being 1. */
interface Fault {
  line: number;
  what: string;
}

/**
 * Verifies an export of a log, offline and in memory that does not grow with it: nothing but the file is asked. `head`
 * is the hash that the desk gives for the end of its log, if whoever asks has it.
 */
export async function verifyExportFile(path: string, head?: string): Promise<Verdict> {
  const chunks = createReadStream(path, { encoding: 'utf8', highWaterMark: 256 * 1024 });
  try {
    return await verifyExport(chunks, head);
  } catch (error) {
    return { isValid: false, sentences: [`${path} ${sentenceOf(error)}`] };
  }
}

/** The same for the text of a file. Throws what reading it throws. */
export async function verifyExport(chunks: AsyncIterable<string>, head?: string): Promise<Verdict> {
  const file = new ExportFile();
  for await (const text of linesOf(chunks)) file.take(text);
  return file.verdict(head);
}

class ExportFile {
  readonly #chain = new LogChain();
  #format: Format | null = null;
  #line = 0;
  #events = 0;
  #organizationId: string | null = null;
  #fault: Fault | null = null;
  /** The first events that are missing: by right, if the export was of some events only. */
  #gap: (Gap & { line: number }) | null = null;
  #end: (ExportEnd & { line: number }) | null = null;

  take(text: string): void {
    this.#line += 1;
    if (this.#format === null) {
      this.#format = formatOf(text);
      if (this.#format === 'csv') return;
    }
    // An empty line at the very end is what many editors leave.
    if (text === '') return;
    if (this.#end !== null) return this.#wrong('stands after the last line of the export');
    try {
      const read = readLine(this.#format, text);
      if ('end' in read) this.#takeEnd(read.end, read.organizationId);
      else this.#takeEvent(read);
    } catch (error) {
      if (!(error instanceof UnreadableLine)) throw error;
      this.#wrong(error.message);
    }
  }

  #takeEvent(line: LogLine): void {
    this.#events += 1;
    this.#organizationId ??= line.organizationId;
    const { problem, gap } = this.#chain.take(line);
    if (gap !== null && this.#gap === null) this.#gap = { ...gap, line: this.#line };
    if (problem !== null) this.#wrong(`is event ${line.seq}, but ${problem}`);
  }

  #takeEnd(end: ExportEnd, organizationId: string): void {
    this.#end = { ...end, line: this.#line };
    if (this.#organizationId !== null && organizationId !== this.#organizationId)
      return this.#wrong('ends the export of another organization');
    if (end.events !== this.#events)
      this.#wrong(`says that ${end.events} events are before it, but there are ${this.#events}`);
  }

  #wrong(what: string): void {
    this.#fault ??= { line: this.#line, what };
  }

  verdict(head: string | undefined): Verdict {
    if (this.#format === null) throw new NoExport('is empty');
    const fault = this.#firstFault(head);
    if (fault === null) return { isValid: true, sentences: this.#proofs(head) };
    const sentences = [
      `NOT VALID. Line ${fault.line} ${fault.what}.`,
      'Nothing after it is to be relied on. Export the log anew, and ask who had this file.',
    ];
    return { isValid: false, sentences };
  }

  #firstFault(head: string | undefined): Fault | null {
    const end = this.#end;
    const faults: (Fault | null)[] = [this.#fault];
    if (end === null)
      faults.push({
        line: this.#line,
        what: 'is not the last line of an export: the file was cut off',
      });
    else if (isWhole(end)) faults.push(this.#missing(), this.#wrongHead(end.line, end));
    if (end !== null && head !== undefined && head.toLowerCase() !== end.headHash)
      faults.push({
        line: end.line,
        what: `says that the log ended with ${end.headHash}, and not with ${head}`,
      });
    return faults.filter((fault) => fault !== null).toSorted((a, b) => a.line - b.line)[0] ?? null;
  }

  #missing(): Fault | null {
    if (this.#gap === null) return null;
    const { from, to, line } = this.#gap;
    const events = from === to ? `event ${from} is` : `events ${from} to ${to} are`;
    return { line, what: `comes too early: ${events} missing before it` };
  }

  #wrongHead(line: number, { headSeq, headHash }: ExportEnd): Fault | null {
    const last = this.#chain.last;
    if (last.seq === headSeq && last.hash === headHash) return null;
    return {
      line,
      what: `says that the log ends with event ${headSeq}, but the file ends with event ${last.seq}`,
    };
  }

  #proofs(head: string | undefined): string[] {
    const { proved, erased, linked, first, last } = this.#chain;
    const end = this.#end!;
    const whole = isWhole(end);
    return [
      `VALID. ${proved} events of organization ${this.#organizationId ?? 'none'}, seq ${first ?? 0} to ${last.seq}.`,
      'Proved: each event is as it was recorded' +
        (whole
          ? ', each follows from the one before it, and none is missing.'
          : `, and ${linked} of them follow from the one before them.`),
      ...(erased > 0
        ? [
            `Not proved: what ${erased} events said. It was erased; that they happened, when and by whom is proved.`,
          ]
        : []),
      ...(whole
        ? []
        : [
            `Not proved: that no other event matched (${scopeOf(end)}). An export with scope=all and no filter proves that.`,
          ]),
      head === undefined
        ? `Not proved: that the whole log was not made anew. It was not if headHash of GET /api/v1/audit/verification, or one noted before, is ${end.headHash} at event ${end.headSeq}.`
        : `Proved: the log ended at event ${end.headSeq} with the hash that you gave.`,
    ];
  }
}

function isWhole({ scope, filters }: ExportEnd): boolean {
  return scope === 'all' && Object.keys(filters).length === 0;
}

function scopeOf({ scope, filters }: ExportEnd): string {
  return `scope=${scope}${Object.keys(filters).length > 0 ? ` ${JSON.stringify(filters)}` : ''}`;
}

/** The file is no export at all. The message goes on from its name. */
class NoExport extends Error {}

function formatOf(firstLine: string): Format {
  if (firstLine === headingOf('csv').trimEnd()) return 'csv';
  if (firstLine.startsWith('{')) return 'jsonl';
  throw new NoExport(
    firstLine === ''
      ? 'is empty'
      : 'is neither the CSV nor the JSON lines of an export: its first line is another',
  );
}

function sentenceOf(error: unknown): string {
  if (error instanceof NoExport) return `${error.message}.`;
  if (error instanceof LineTooLong) return `is no export: ${error.message}.`;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'does not exist.';
  if (code === 'EISDIR') return 'is a folder: name the file.';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user.';
  if (code !== undefined) return `cannot be read (${code}).`;
  throw error;
}
