import { folded } from './word-forms.js';

/** A piece of a text; `hit` marks what was looked for. */
export interface SnippetPart {
  text: string;
  hit: boolean;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const NOT_LATIN = /\p{Script=Arabic}|\p{Script=Hebrew}/u;
const LENGTH = 180;
const BEFORE = 60;

/**
 * Some words of `text` around the first that begins with one of `stems`, with all such marked; null when there is none.
 * `isCut` says that more stood before it. No markup: whoever shows it marks the hits.
 */
export function snippetOf(
  text: string,
  stems: readonly string[],
  isCut = false,
): SnippetPart[] | null {
  const line = text.replace(/\s+/g, ' ').trim();
  const wanted = stems.map(folded);
  const hits = [...line.matchAll(WORD)].filter(([word]) => isHit(folded(word), wanted));
  const [first] = hits;
  if (!first) return null;
  const start = line.length <= LENGTH ? 0 : wordStart(line, Math.max(0, first.index - BEFORE));
  const end = line.length <= LENGTH ? line.length : wordEnd(line, start + LENGTH);
  const parts: SnippetPart[] = [];
  let at = start;
  for (const { index, 0: word } of hits) {
    if (index + word.length > end) break;
    if (index > at) parts.push({ text: line.slice(at, index), hit: false });
    parts.push({ text: word, hit: true });
    at = index + word.length;
  }
  if (at < end) parts.push({ text: line.slice(at, end), hit: false });
  return elided(parts, isCut || start > 0, end < line.length);
}

/** Arabic and Hebrew put what is small before the word: there a word holds its stem. */
function isHit(word: string, stems: readonly string[]): boolean {
  return stems.some((stem) => (NOT_LATIN.test(stem) ? word.includes(stem) : word.startsWith(stem)));
}

function wordStart(line: string, from: number): number {
  const space = line.indexOf(' ', from);
  return from === 0 || space < 0 || space > from + BEFORE ? from : space + 1;
}

function wordEnd(line: string, to: number): number {
  if (to >= line.length) return line.length;
  const space = line.lastIndexOf(' ', to);
  return space > to - BEFORE ? space : to;
}

function elided(parts: SnippetPart[], before: boolean, after: boolean): SnippetPart[] {
  return [
    ...(before ? [{ text: '…', hit: false }] : []),
    ...parts,
    ...(after ? [{ text: '…', hit: false }] : []),
  ];
}
