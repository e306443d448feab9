/** A row of an archive: a member for each column. */
export type Row = Record<string, unknown>;

/** The row that `line` holds, or null when it is no object with these members and no other. */
export function parseRow(line: string, columns: readonly string[]): Row | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const names = Object.keys(value);
  return names.length === columns.length && columns.every((each) => Object.hasOwn(value, each))
    ? (value as Row)
    : null;
}

/** Below 0 when `a` comes before `b`: numbers by size, texts by their bytes, as the database was asked to sort them. */
export function compareKeys(a: readonly unknown[], b: readonly unknown[]): number {
  for (const [at, left] of a.entries()) {
    const right = b[at];
    const order =
      typeof left === 'string' && typeof right === 'string'
        ? Buffer.compare(Buffer.from(left), Buffer.from(right))
        : Number(left) - Number(right);
    if (order !== 0) return order;
  }
  return 0;
}

/** A row of the log with the names that its proof knows. */
export function eventOf(row: Row): Row {
  const named = Object.entries(row).map(([name, value]) => {
    const isHash = name === 'hash' || name.endsWith('_hash');
    return [camelOf(name), isHash ? hexOf(value) : value];
  });
  return Object.fromEntries(named) as Row;
}

/** Bytes as the database writes them in JSON, `\x…`, in hex alone. */
export function hexOf(bytea: unknown): string {
  return String(bytea).slice(2);
}

function camelOf(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
