/** A line longer than this is none of an export's: a request's body, of which an event says less, is smaller. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** A line is longer than any of an export; the rest is not read. */
export class LineTooLong extends Error {
  constructor(readonly line: number) {
    super(`line ${line} is longer than any of an export`);
  }
}

/**
 * The lines of a file that need not fit into memory, without their ends (LF or CRLF) and without a byte order mark.
 * Throws {@link LineTooLong}: what has no line ends would be read whole otherwise.
 */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest: string[] = [];
  let length = 0;
  let lines = 0;
  let isFirst = true;
  for await (const chunk of chunks) {
    const parts = (isFirst ? chunk.replace(/^\uFEFF/, '') : chunk).split('\n');
    isFirst = false;
    for (const part of parts.slice(0, -1)) {
      lines += 1;
      yield [...rest, part].join('').replace(/\r$/, '');
      rest = [];
      length = 0;
    }
    const open = parts.at(-1)!;
    rest.push(open);
    length += open.length;
    if (length > LONGEST_LINE) throw new LineTooLong(lines + 1);
  }
  if (length > 0) yield rest.join('').replace(/\r$/, '');
}
