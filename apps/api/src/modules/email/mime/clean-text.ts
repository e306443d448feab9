/** Embeddings and overrides of the text direction: they let a name or file name show as another one. */
const directionMarks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Cuts to at most `max` UTF-16 units, never through the middle of a character. */
export function clip(value: string, max: number): string {
  if (value.length <= max) {
    return value;
  }
  const last = value.charCodeAt(max - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return value.slice(0, splitsPair ? max - 1 : max);
}

/**
 * One safe line: no control characters (Postgres text cannot hold NUL, a line break could forge a
 * header), no lone surrogates, no marks that turn the text around, runs of white space folded.
 */
export function cleanLine(value: string, max: number): string {
  const line = value
    .replace(/\p{Cs}/gu, '')
    .replace(directionMarks, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return clip(line, max).trimEnd();
}

/** Safe text of several lines: LF line ends, no other control characters than tabs, well-formed. */
export function cleanText(value: string): string {
  const text = value
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Cs}/gu, '')
    .trimEnd();
  // Leading blank lines go, the indentation of the first line stays. By search, since a repeated
  // group in a pattern overflows the stack on a million empty lines.
  const first = text.search(/\S/);
  return first < 0 ? '' : text.slice(text.lastIndexOf('\n', first) + 1);
}
