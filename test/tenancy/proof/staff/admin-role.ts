import type pg from 'pg';
import { rowsOf } from '../catalog/facts.js';
import { TABLES } from '../catalog/registry.js';
import type { Findings } from '../finding.js';
import { asRole } from '../world/platform.js';
import { lookAt } from '../world/rows.js';
import type { World } from '../world/world.js';

/** Every column with words of an organization that the role of the staff can read. Whoever adds one says why. */
const STAFF_SEE: Record<string, string> = {
  'organizations.name': 'whom they find',
  'organizations.slug': 'whom they find',
  'organization_entitlements.plan_id': 'which plan it has',
  'plans.id': 'what is sold: which plan it took',
  'invoices.number': 'what was billed: the number, not for what or to whom',
  'provider_invoices.number': 'what was billed: the number, not for what or to whom',
  'erasure_certificates.name': 'whom they erased: all that is kept',
  'erasure_certificates.slug': 'whom they erased: all that is kept',
  'feature_overrides.feature': 'their own words: what they turned on or off',
  'known_staff.name': 'their own names',
  'staff_acts.address': 'where they were themselves',
  'staff_acts.data': 'what they did themselves',
  'staff_acts.request_id': 'what they did themselves',
  'staff_acts.type': 'what they did themselves',
  'support_accesses.reason': 'their own words: why they ask',
  'support_accesses.scopes': 'their own words: what they ask for',
  'support_accesses.staff_name': 'their own names',
};

/** What no login of theirs reads and a route tells them: their own words again. */
const STAFF_ARE_TOLD: Record<string, string> = {
  'entitlement_overrides.terms': 'what they gave',
  'entitlement_overrides.reason': 'why they gave it',
  'entitlement_overrides.given_by': 'who of them gave it',
};

/**
 * Tries every column of every table by the role of the staff, with the attacked organization in context, so that its
 * policy lets pass what a grant would open. Gives the words that it may see.
 */
export async function proveAdminRole(
  database: { owner: pg.Client; adminUrl: string },
  world: World,
  findings: Findings,
): Promise<Set<string>> {
  const seen = new Set<string>();
  const columns = await rowsOf<{ table: string; column: string }>(
    database.owner,
    `select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
     order by 1, 2`,
  );
  await lookAt(database.owner, world.b.organizationId);
  await asRole(database.adminUrl, async (admin) => {
    await lookAt(admin, world.b.organizationId);
    for (const { table, column } of columns) {
      findings.tried('columns that the role of the staff tries to read');
      const told = await wordsIn(admin, table, column, world);
      if (told === null || told.length === 0) continue;
      if (TABLES[table]?.kind !== 'bookkeeping' && `${table}.${column}` in STAFF_SEE)
        for (const word of told) seen.add(word);
      else findings.hole(`${table}.${column}`, `the role of the staff reads ${told[0]} in it`);
    }
  });
  for (const column of Object.keys(STAFF_ARE_TOLD)) {
    const [table = '', name = ''] = column.split('.');
    const told = await wordsIn(database.owner, table, name, world);
    if (told?.length) for (const word of told) seen.add(word);
    else findings.hole(column, 'has no words that the staff could be told');
  }
  return seen;
}

/** Words of B's in a column; null if it cannot be read. */
async function wordsIn(
  admin: pg.Client,
  table: string,
  column: string,
  { secrets }: World,
): Promise<string[] | null> {
  try {
    const rows = await rowsOf<{ value: string | null }>(
      admin,
      `select "${column}"::text as value from ${table}`,
    );
    const text = rows.map(({ value }) => value ?? '').join(' ');
    return secrets.in(text).filter((word) => word.startsWith('kanarie'));
  } catch (error) {
    if ((error as { code?: string }).code === '42501') return null;
    throw error;
  }
}
