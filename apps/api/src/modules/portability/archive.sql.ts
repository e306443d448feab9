import { preparedStatement } from '#core/database/prepared-statement.js';

/** A column of a tenant table as the catalog knows it. */
export interface CatalogColumn {
  table: string;
  column: string;
  type: string;
  /** Computed by the database from others. */
  isGenerated: boolean;
  /** Whether the role that asks may read it. */
  isReadable: boolean;
  /** Its place in the primary key, or null. */
  keyPlace: number | null;
}

/**
 * The columns of every tenant table: those that carry the policy of tenants. A table that is added is among them without
 * anybody's doing.
 */
export const tenantColumns = preparedStatement(
  'archive_columns',
  `select c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as "type",
     a.attgenerated <> '' as "isGenerated", has_column_privilege(c.oid, a.attnum, 'select') as "isReadable",
     array_position(k.conkey, a.attnum) as "keyPlace"
   from pg_policy p
   join pg_class c on c.oid = p.polrelid and c.relnamespace = 'public'::regnamespace
   join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
   where p.polname = 'tenant_isolation'
   order by c.relname collate "C", a.attname collate "C"`,
);

/** Which tenant table refers to which other: rows of the target are there first. */
export const tenantReferences = preparedStatement(
  'archive_references',
  `select distinct k.conrelid::regclass::text as "table", k.confrelid::regclass::text as "target"
   from pg_constraint k
   join pg_policy p on p.polrelid = k.conrelid and p.polname = 'tenant_isolation'
   join pg_policy q on q.polrelid = k.confrelid and q.polname = 'tenant_isolation'
   where k.contype = 'f' and k.conrelid <> k.confrelid`,
);

/** Puts rows into a table of the organization that the transaction has made. */
export const RESTORE_ROWS = 'select organization_restore($1, $2::text[], $3::jsonb, $4) as "count"';

/** Names the organization that the rest of the transaction speaks for. */
export const SPEAK_FOR = "select set_config('app.organization_id', $1, true)";

/**
 * Holds the files of that organization until its rows are there: to the sweep that forgets the files of organizations that are
 * gone it looks like one of them.
 */
export const HOLD_FILES =
  "select pg_advisory_xact_lock(hashtextextended('files ' || current_setting('app.organization_id'), 0))";

/** Whatever was put off is checked now, and not at the commit. */
export const CHECK_REFERENCES = 'set constraints all immediate';

/** Finds a person, or makes one who has no password yet. */
export const FIND_PERSON = 'select id from identities where email = $1';
export const MAKE_PERSON = 'insert into identities (id, email, name) values ($1, $2, $3)';
