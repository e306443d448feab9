/** Rows of each column that a search looks at: what begins with one letter may be half of all. */
const LOOKED_AT = 500;

/**
 * A subquery of the ids whose `column`, ordered by bytes and in lower case, begins with what `place` holds: a range
 * from it to it with the last character that there is behind it, which an index serves under row level security.
 */
export function prefixIn(
  columns: readonly { table: string; column: string; id: string }[],
  place: string,
): string {
  const least = `lower(${place}::text)`;
  return columns
    .map(
      ({ table, column, id }) =>
        `(select x.${id} from ${table} x where x.${column} >= ${least} and x.${column} < ${least} || '\u{10FFFF}'
          order by x.${column} limit ${LOOKED_AT})`,
    )
    .join(' union all ');
}
