import { COUNTED_AT_MOST, limitSql, type PageRequest } from '#core/database/page.js';
import {
  preparedStatement,
  statementOfShape,
  type PreparedStatement,
} from '#core/database/prepared-statement.js';
import { TICKETS_COUNTED } from './customer-terms.js';
import { prefixIn } from './prefix-search.js';

const COLUMNS = `c.id, c.name, c.notes, c.fields, c.version, c.field_versions as "fieldVersions",
  c.created_at as "createdAt", c.updated_at as "updatedAt",
  array(select d.domain from company_domains d where d.company_id = c.id order by d.domain) as "domains",
  (select count(*)::int from (select from requesters r where r.company_id = c.id limit ${TICKETS_COUNTED}) n) as "customerCount",
  (select count(*)::int from (select from tickets t where t.company_id = c.id limit ${TICKETS_COUNTED}) n) as "ticketCount"`;

/** One company. $1 its id. */
export const companyById = preparedStatement(
  'company_by_id',
  `select ${COLUMNS} from companies c where c.id = $1::uuid`,
);

/**
 * The same, held against other changes until the end of the transaction, while others may join it: who takes its people
 * in waits for their rows, and they must not wait for it meanwhile.
 */
export const companyToChange = preparedStatement(
  'company_to_change',
  `select ${COLUMNS} from companies c where c.id = $1::uuid for no key update`,
);

/** The same, held against everything: to delete it or to give it another name, which its key holds. */
export const companyToRename = preparedStatement(
  'company_to_rename',
  `select ${COLUMNS} from companies c where c.id = $1::uuid for update`,
);

/**
 * The company $1, held against its deletion until the end of the transaction. Before the customers who join it are held:
 * whoever changes a company holds it first and its people then.
 */
export const companyToJoin = preparedStatement(
  'company_to_join',
  'select c.id, c.name from companies c where c.id = $1::uuid for key share',
);

/**
 * Makes people of the company $1 of those who have an address in one of the domains $2 and are of none, and takes their
 * tickets along. Gives how many they are.
 */
export const takeInPeople = preparedStatement(
  'company_take_in_people',
  `with people as (
     update requesters r set company_id = $1::uuid, version = r.version + 1, updated_at = now(),
       field_versions = r.field_versions || jsonb_build_object('companyId', r.version + 1)
     where r.company_id is null and r.merged_into_id is null
       and r.id in (select a.requester_id from requester_addresses a where a.domain = any($2::text[]))
     returning r.id
   ), followed as (
     update tickets t set company_id = $1::uuid where t.company_id is null and t.requester_id in (select p.id from people p)
   )
   select count(*)::int as "count" from people`,
);

/** Lets everybody of the company $1 go; their tickets follow by the foreign key. Gives how many they are. */
export const letPeopleGo = preparedStatement(
  'company_let_people_go',
  `with people as (
     update requesters r set company_id = null, version = r.version + 1, updated_at = now(),
       field_versions = r.field_versions || jsonb_build_object('companyId', r.version + 1)
     where r.company_id = $1::uuid returning 1
   ) select count(*)::int as "count" from people`,
);

/** The list as one statement, the newest first; `q` is how a name or a domain begins. */
export function companyList(
  q: string | undefined,
  page: PageRequest,
): { statement: PreparedStatement; values: unknown[] } {
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['true'];
  if (q !== undefined) conditions.push(`c.id in (${prefixIn(SEARCHED, add(q))})`);
  const counted = conditions.join(' and ');
  if (page.cursor)
    conditions.push(
      `(c.created_at, c.id) < (${add(page.cursor.key)}::timestamptz, ${add(page.cursor.id)}::uuid)`,
    );
  const text = `select ${COLUMNS},
    (select count(*)::int from (select from companies c where ${counted} limit ${COUNTED_AT_MOST}) n) as "counted"
    from companies c where ${conditions.join(' and ')}
    order by c.created_at desc, c.id desc ${limitSql(page, add)}`;
  return { statement: statementOfShape('company_list', text), values };
}

const SEARCHED = [
  { table: 'companies', column: 'name_key', id: 'id' },
  { table: 'company_domains', column: 'domain', id: 'company_id' },
] as const;
