import type pg from 'pg';
import { rowsOf } from '../catalog/facts.js';
import { TABLES } from '../catalog/registry.js';
import { organizationColumn } from '../catalog/tables.js';
import { Secrets } from './secrets.js';

/** Tables of the deployment whose rows name an organization, or a person. */
const OF_AN_ORGANIZATION = [
  ...['sessions', 'account_mails', 'sign_in_attempts', 'sso_flows'],
  ...['kept_invoices', 'erasure_certificates', 'staff_acts'],
];
/** Of the deployment itself: the same to both. */
const EVERYBODYS = [
  ...['signing_keys', 'plans', 'invoice_series', 'stripe_events', 'staff_members'],
  ...['staff_sessions', 'features', 'announcements'],
];
const OF_A_PERSON = [
  'account_links',
  'totp_factors',
  'recovery_codes',
  'passkeys',
  'passkey_challenges',
  'remembered_devices',
  'factor_guesses',
];

/** Which rows of a table are an organization's; `$1` is the organization. */
function conditionOf(table: string): string | null {
  const rule = TABLES[table]!;
  if (rule.kind === 'tenant' || rule.kind === 'root')
    return `${organizationColumn(rule)} = $1::uuid`;
  if (OF_AN_ORGANIZATION.includes(table)) return 'organization_id = $1::uuid';
  if (OF_A_PERSON.includes(table)) {
    return 'identity_id in (select identity_id from memberships where organization_id = $1::uuid)';
  }
  if (EVERYBODYS.includes(table)) return '$1::uuid is not null';
  if (table === 'identities') {
    return 'id in (select identity_id from memberships where organization_id = $1::uuid)';
  }
  return null;
}

/** Tables that hold rows of organizations, with the condition that finds one's. */
export function tablesWithRows(): { table: string; condition: string }[] {
  return Object.keys(TABLES).flatMap((table) => {
    const condition = conditionOf(table);
    return condition === null ? [] : [{ table, condition }];
  });
}

/** Lets the owner's connection see the rows of `organizationId`: an owner that is no superuser is under the policies too. */
export async function lookAt(owner: pg.Client, organizationId: string): Promise<void> {
  await owner.query("select set_config('app.organization_id', $1, false)", [organizationId]);
}

/** One number for all rows of an organization: it changes when any of them does. Asked often, so it is prepared. */
export async function checksumOf(owner: pg.Client, organizationId: string): Promise<string> {
  await lookAt(owner, organizationId);
  const { rows } = await owner.query<{ sum: string }>({
    name: 'checksum',
    text: checksumText(),
    values: [organizationId],
  });
  return rows[0]!.sum;
}

function checksumText(): string {
  const parts = tablesWithRows().map(
    ({ table, condition }) =>
      `(select '${table} ' || count(*) || md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) from ${table} t where ${condition})`,
  );
  return `select concat_ws('; ', ${parts.join(', ')}) as sum`;
}

/** The tables whose part of two checksums differs. */
export function changedTables(before: string, after: string): string[] {
  const old = before.split('; ');
  return after.split('; ').flatMap((part) => (old.includes(part) ? [] : [part.split(' ')[0]!]));
}

/** Everything that is `organizationId`'s and not also `other`'s. */
export async function secretsOf(
  owner: pg.Client,
  organizationId: string,
  other: string,
): Promise<Secrets> {
  const secrets = new Secrets();
  const others = new Secrets();
  for (const [id, learn] of [
    [other, false],
    [organizationId, true],
  ] as const) {
    await lookAt(owner, id);
    for (const { table, condition } of tablesWithRows()) {
      const rows = await rowsOf<{ row: Record<string, unknown> }>(
        owner,
        `select to_jsonb(t) as row from ${table} t where ${condition}`,
        [id],
      );
      for (const { row } of rows) {
        const text = JSON.stringify(row);
        const into = learn ? secrets : others;
        into.learn(text);
        for (const value of Object.values(row)) learnBytes(into, value);
      }
    }
  }
  secrets.forget(others);
  return secrets;
}

/** `\x…`: bytes as Postgres writes them; an answer could carry them as hexadecimal or base64. */
function learnBytes(secrets: Secrets, value: unknown): void {
  if (typeof value !== 'string') return;
  if (value.startsWith('$argon2')) secrets.learnValue(value);
  if (!/^\\x[0-9a-f]{32,}$/.test(value) || /^\\x0+$/.test(value)) return;
  const bytes = Buffer.from(value.slice(2), 'hex');
  if (bytes.length > 64) return secrets.learn(bytes.toString('latin1'));
  for (const form of ['hex', 'base64', 'base64url'] as const)
    secrets.learnValue(bytes.toString(form));
}
