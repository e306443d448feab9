import { randomBytes } from 'node:crypto';

/** The random end of a slug: without it a slug would say whose names are taken. */
const TAIL = /-[0-9a-f]{8}$/;
const LONGEST_WORDS = 40;

/** A new slug out of `name`. */
export function slugOf(name: string): string {
  return `${wordsOf(name) || 'desk'}-${randomBytes(4).toString('hex')}`;
}

/** `slug` with other words and the end that it has. Null when there is no letter or digit in `text`. */
export function reworded(slug: string, text: string): string | null {
  const tail = TAIL.exec(slug)?.[0] ?? `-${randomBytes(4).toString('hex')}`;
  // Whoever sends the whole slug back means its words.
  const words = wordsOf(text.endsWith(tail) ? text.slice(0, -tail.length) : text);
  return words === '' ? null : `${words}${tail}`;
}

function wordsOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_WORDS)
    .replace(/^-|-$/g, '');
}
