const LEXEME = /'((?:[^']|'')+)'/g;
const ENDINGS = /(?<=.{3})[iy]$/u;
const MARKS = /\p{M}/gu;

/** In small letters and without marks: `Häuser` and `hauser` are one word to whoever looks for it. */
export function folded(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(MARKS, '').normalize('NFC');
}

/**
 * The beginnings by which words are known again in a text: of words as they were written, and of lexemes in the text of
 * a tsquery (`'happi' & 'day'`), which are cut off where the word changes (happy, happiness).
 */
export function stemsOf(texts: readonly string[]): string[] {
  const stems = texts.flatMap((text) => {
    const lexemes = [...text.matchAll(LEXEME)].map(([, lexeme]) =>
      lexeme!.replaceAll("''", "'").replace(ENDINGS, ''),
    );
    return lexemes.length > 0 ? lexemes : text.toLowerCase().split(/[^\p{L}\p{N}\p{M}]+/u);
  });
  return shortest(stems.filter((stem) => stem !== '')).slice(0, 200);
}

/** Without those that begin with another: where `happiness` stands, `happ` stands too. */
function shortest(stems: readonly string[]): string[] {
  const sorted = [...new Set(stems)].sort((a, b) => a.length - b.length);
  const kept: string[] = [];
  for (const stem of sorted) if (!kept.some((each) => stem.startsWith(each))) kept.push(stem);
  return kept;
}

/** How many letters are to be put in, left out, replaced or swapped with their neighbour to make `to` of `from`. */
export function stepsBetween(from: string, to: string): number {
  const [a, b] = [[...from], [...to]];
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
