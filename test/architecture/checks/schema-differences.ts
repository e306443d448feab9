/**
 * What the migrations hold and the schema files need not say, because nothing that Prisma does depends on it:
 * foreign keys to tables that no query walks to, stronger keys, unique indexes that only those keys need, defaults.
 */
const ONLY_IN_THE_DATABASE = [
  /^ALTER TABLE "\w+" DROP CONSTRAINT "\w+_fkey"$/,
  /^DROP INDEX "\w+_repeated_key"$/,
  /^ALTER TABLE "\w+" ALTER COLUMN "\w+" DROP DEFAULT$/,
];

const ADDED_KEY =
  /^ALTER TABLE "(\w+)" ADD CONSTRAINT "\w+" FOREIGN KEY \((.+?)\) REFERENCES "(\w+)"\((.+?)\) /;

/** A foreign key of the database. */
export interface ForeignKey {
  table: string;
  columns: string[];
  target: string;
}

/**
 * The statements of a script from migrated database to schema that are a real disagreement: a column, type,
 * nullability, index or relation that one of them has and the other has not. A relation is there when the database
 * has a foreign key of at least its columns to the same table.
 */
export function disagreements(script: string, keys: ForeignKey[]): string[] {
  return script
    .split(/;\s*$/m)
    .map((statement) => statement.replace(/^\s*--.*$/gm, '').trim())
    .filter((statement) => statement !== '')
    .filter((statement) => !ONLY_IN_THE_DATABASE.some((harmless) => harmless.test(statement)))
    .filter((statement) => !isHeldByAStrongerKey(statement, keys));
}

function isHeldByAStrongerKey(statement: string, keys: ForeignKey[]): boolean {
  const [, table, columns, target] = ADDED_KEY.exec(statement) ?? [];
  if (!columns) return false;
  const names = columns.split(', ').map((name) => name.replaceAll('"', ''));
  return keys.some(
    (key) =>
      key.table === table &&
      key.target === target &&
      names.every((name) => key.columns.includes(name)),
  );
}
