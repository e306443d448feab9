import { COUNTED_AT_MOST, limitSql, type PageRequest } from '#core/database/page.js';
import {
  preparedStatement,
  statementOfShape,
  type PreparedStatement,
} from '#core/database/prepared-statement.js';
import { TICKETS_COUNTED } from './customer-terms.js';
import { prefixIn } from './prefix-search.js';

export interface CustomerFilter {
  /** How a name, its last word or an address begins. */
  q?: string | undefined;
  companyId?: string | undefined;
  email?: string | undefined;
}

const COLUMNS = `r.id, r.name, r.email, r.notes, r.fields, r.merged_into_id as "mergedIntoId", r.erased_at as "erasedAt", r.version,
  r.field_versions as "fieldVersions", r.created_at as "createdAt", r.updated_at as "updatedAt",
  r.company_id as "companyId", c.name as "companyName", c.version as "companyVersion",
  array(select a.email from requester_addresses a where a.requester_id = r.id order by a.created_at, a.email) as "addresses",
  (select count(*)::int from (select from tickets t where t.requester_id = r.id limit ${TICKETS_COUNTED}) n) as "ticketCount"`;
const FROM = 'requesters r left join companies c on c.id = r.company_id';

/** One customer, also one who was merged. $1 their id. */
export const customerById = preparedStatement(
  'customer_by_id',
  `select ${COLUMNS} from ${FROM} where r.id = $1::uuid`,
);

/** The same, held against other changes until the end of the transaction. */
export const customerToChange = preparedStatement(
  'customer_to_change',
  `select ${COLUMNS} from ${FROM} where r.id = $1::uuid for no key update of r`,
);

/**
 * Two customers who are to be one, held against everything, in one order for everybody. $1 their ids. Tickets that are
 * being opened for them are waited for, those that come later wait.
 */
export const customersToMerge = preparedStatement(
  'customers_to_merge',
  'select r.id from requesters r where r.id = any($1::uuid[]) order by r.id for update',
);

/**
 * The tickets of customer $1 follow them to company $2, or to none. Those that are closed stay with the company that they
 * were about.
 */
export const ticketsFollowCompany = preparedStatement(
  'customer_tickets_follow_company',
  `with held as materialized (
     select t.id from tickets t
     where t.requester_id = $1::uuid and t.company_id is distinct from $2::uuid
       and (t.status <> 'closed' or t.company_id is null)
     order by t.id for no key update
   )
   update tickets t set company_id = $2::uuid where t.id in (select h.id from held h)`,
);

/**
 * Gives the tickets of $1 to $2, of whom $3 is the address, $4 the name, $5 the company or null. Gives their number. Holds
 * them in the order of their ids, as everybody does who takes several: a merge of two of them must not end in a deadlock.
 */
export const moveTickets = preparedStatement(
  'customer_move_tickets',
  `with held as materialized (
     select t.id from tickets t where t.requester_id = $1::uuid order by t.id for no key update
   ), moved as (
     update tickets t set requester_id = $2::uuid, requester_email = $3, requester_name = $4,
       company_id = coalesce(t.company_id, $5::uuid)
     where t.id in (select h.id from held h) returning 1
   ) select count(*)::int as "count" from moved`,
);

/**
 * The list as one statement, the newest first: those who stand, and were not erased. A search looks at the first hundreds that begin so, and
 * never through all.
 */
export function customerList(
  filter: CustomerFilter,
  page: PageRequest,
): { statement: PreparedStatement; values: unknown[] } {
  const values: unknown[] = [];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['r.merged_into_id is null', 'r.erased_at is null'];
  if (filter.companyId !== undefined)
    conditions.push(`r.company_id = ${add(filter.companyId)}::uuid`);
  if (filter.email !== undefined)
    conditions.push(
      `r.id = (select a.requester_id from requester_addresses a where a.email = ${add(filter.email.toLowerCase())})`,
    );
  if (filter.q !== undefined) conditions.push(`r.id in (${prefixIn(SEARCHED, add(filter.q))})`);
  const counted = conditions.join(' and ');
  if (page.cursor)
    conditions.push(
      `(r.created_at, r.id) < (${add(page.cursor.key)}::timestamptz, ${add(page.cursor.id)}::uuid)`,
    );
  const text = `select ${COLUMNS},
    (select count(*)::int from (select from requesters r where ${counted} limit ${COUNTED_AT_MOST}) n) as "counted"
    from ${FROM} where ${conditions.join(' and ')}
    order by r.created_at desc, r.id desc ${limitSql(page, add)}`;
  return { statement: statementOfShape('customer_list', text), values };
}

const SEARCHED = [
  { table: 'requesters', column: 'name_key', id: 'id' },
  { table: 'requesters', column: 'surname_key', id: 'id' },
  { table: 'requester_addresses', column: 'email', id: 'requester_id' },
] as const;

/**
 * The customer of an address, made when nobody has it. $1 address in lower case, $2 id of a new one, $3 their name.
 * The row is locked against a merge and an erasure until the end of the transaction; who was erased while it waited is nobody. A new customer is of the company whose domain the
 * address is in. Gives no row when another transaction made or merged them at this very moment: ask again.
 */
export const findOrMakeCustomer = preparedStatement(
  'customer_find_or_make',
  `with found as (
     select r.id, r.email, r.name, r.company_id from requester_addresses a join requesters r on r.id = a.requester_id
     where a.email = $1::text and r.merged_into_id is null and r.erased_at is null for key share of r
   ), claimed as (
     insert into requester_addresses (email, requester_id) select $1, $2::uuid where not exists (select from found)
     on conflict (organization_id, email) do nothing returning requester_id
   ), made as (
     insert into requesters (id, email, name, company_id)
     select c.requester_id, $1, $3::text, (select d.company_id from company_domains d where d.domain = split_part($1, '@', -1))
     from claimed c returning id, email, name, company_id
   )
   select id, email, name, company_id as "companyId" from found union all select id, email, name, company_id from made`,
);

/** A customer who stands, locked against a merge. $1 their id, or that of one who was merged into them. */
export const standingCustomer = preparedStatement(
  'customer_standing',
  `with recursive chain as (
     select r.id, r.merged_into_id from requesters r where r.id = $1::uuid
     union select r.id, r.merged_into_id from requesters r join chain c on r.id = c.merged_into_id
   )
   select r.id, r.email, r.name, r.company_id as "companyId" from requesters r
   where r.id = (select c.id from chain c where c.merged_into_id is null) and r.merged_into_id is null and r.erased_at is null for key share of r`,
);
