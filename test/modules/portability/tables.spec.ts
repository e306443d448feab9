import { runInContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import {
  HEAVY,
  KEPT_IF,
  LEFT_OUT,
  PERSON_TABLE,
  REWRITTEN,
  REWRITTEN_BECAUSE,
} from '#modules/portability/archive-scope.js';
import { ArchiveWriting } from '#modules/portability/archive-writing.service.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';

const running = await useApp();

/**
 * What an archive holds. A table that is added belongs here, so that organizations take it along, or among LEFT_OUT with the
 * reason why not.
 */
const TAKEN = [
  ...[
    'api_key_addresses',
    'api_key_calls',
    'api_keys',
    'attachments',
    'canned_replies',
    'companies',
  ],
  ...['company_domains', 'custom_fields', 'drafts', 'files', 'inbound_mails', 'invitations'],
  ...['ledger_events', 'ledger_heads', 'macros', 'memberships', 'messages'],
  ...['notification_preferences', 'notifications', 'operation_items', 'operation_messages'],
  ...['operations', 'organization_logos', 'organizations', 'outbound_mails'],
  ...['requester_addresses', 'requesters', 'roles', 'scim_group_members', 'scim_groups'],
  ...['scim_users', 'team_members', 'teams', 'ticket_counters', 'ticket_links', 'ticket_states'],
  ...['tickets', 'views', 'webhook_endpoints'],
];

const names = async (query: string): Promise<string[]> =>
  asOwner(running.database, async (client) =>
    (await client.query<{ name: string }>(query)).rows.map(({ name }) => name),
  );
const sorted = (of: Iterable<string>): string[] => [...of].toSorted();
const tables = await runInContext({ requestId: 'test', organizationId: newId() }, () =>
  running.get(ArchiveWriting).tables(),
);

describe('the tables of an archive', () => {
  it('are all of an organization but those that are left out with a reason', async () => {
    expect(sorted(tables.map(({ name }) => name))).toEqual(sorted(TAKEN));
    const all = await names(
      `select c.relname as name from pg_policy p join pg_class c on c.oid = p.polrelid
       where p.polname = 'tenant_isolation'`,
    );
    expect(sorted(all)).toEqual(sorted([...TAKEN, ...Object.keys(LEFT_OUT)]));
  });

  it('are every table with a column that names the organization, or one of the deployment', async () => {
    const without = await names(
      `select distinct c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'organization_id'
         and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant_isolation')`,
    );
    // Sessions, mails to accounts, sign-ins that failed or are under way are of people, who are of the deployment; so are
    // what its staff did, and the books and certificates that outlive an organization.
    expect(sorted(without)).toEqual([
      ...['account_mails', 'erasure_certificates', 'kept_invoices', 'sessions', 'sign_in_attempts'],
      ...['sso_flows', 'staff_acts'],
    ]);
  });

  it('hold no secret and no hash of one', () => {
    const columns = tables.flatMap(({ name, columns: all }) =>
      all.map((each) => `${name}.${each}`),
    );
    expect(columns.filter((each) => /secret|sealed|password|token_|cipher/.test(each))).toEqual([]);
  });

  it('have only columns that say nothing of the deployment, or are written otherwise', async () => {
    for (const [table, rewritten] of Object.entries(REWRITTEN)) {
      const known = tables.find(({ name }) => name === table)?.columns;
      expect([table, known]).toEqual([table, expect.arrayContaining(Object.keys(rewritten))]);
    }
    const explained = sorted([...Object.keys(REWRITTEN), PERSON_TABLE]);
    expect(sorted(Object.keys(REWRITTEN_BECAUSE))).toEqual(explained);
    for (const name of [...HEAVY, ...Object.keys(KEPT_IF)]) expect(TAKEN).toContain(name);
  });

  it('refer to none that is left out', async () => {
    const references = await names(
      `select distinct k.conrelid::regclass || ' ' || k.confrelid::regclass as name from pg_constraint k where k.contype = 'f'`,
    );
    const broken = references.filter((each) => {
      const [from, to] = each.split(' ') as [string, string];
      return TAKEN.includes(from) && to in LEFT_OUT;
    });
    expect(broken).toEqual([]);
  });

  it('are those that the database lets in, which refuses what is left out by itself', async () => {
    const refused = await names('select unnest(organization_restore_refuses()) as name');
    expect(sorted(refused)).toEqual(sorted(Object.keys(LEFT_OUT)));
  });
});
