import { COUNTED_AT_MOST, type AddValue, type PageRequest } from '#core/database/page.js';
import { preparedStatement, type PreparedStatement } from '#core/database/prepared-statement.js';
import { conditionsSql } from './ticket-conditions.sql.js';
import { choiceToWalk } from './ticket-list-choice.js';
import type { TicketFilter } from './ticket-list-filter.js';
import { orderedPage, where } from './ticket-list-order.sql.js';
import type { TicketSort } from './ticket-terms.js';
import { TICKET_COLUMNS } from './tickets.sql.js';

interface Bound {
  statement: PreparedStatement;
  values: unknown[];
}

/** The shapes that are asked for again and again, each prepared once a connection. */
const prepared = new Map<string, PreparedStatement>();
/** Shapes past these are planned each time they are asked: a server keeps every prepared statement of every connection. */
const MOST_PREPARED = 200;

/**
 * The list as one statement of one round trip: the page, and beside it a count that stops at
 * {@link COUNTED_AT_MOST}. No organization is named: row level security adds it as an index condition, and every
 * other condition is one that an index can serve under it.
 */
export function ticketList(
  filter: TicketFilter,
  sort: TicketSort,
  page: PageRequest,
  { withFields = false } = {},
): Bound {
  const values: unknown[] = [];
  const add: AddValue = (value) => `$${values.push(value)}`;
  const conditions = filterSql(filter, add);
  const { walks, others } = choiceToWalk(filter, sort);
  const text = orderedPage({
    columns: withFields ? `${TICKET_COLUMNS}, t.fields` : TICKET_COLUMNS,
    counted: `(select count(*)::int from (select from tickets t ${where(conditions)} limit ${COUNTED_AT_MOST}) c) as "counted"`,
    conditions: walks.length > 0 ? filterSql(others, add) : conditions,
    walks,
    sort,
    page,
    add,
  });
  return { statement: statementOf('ticket_list', text, filter), values };
}

/** How many there are, counting no further than `most` and one. */
export function ticketCount(filter: TicketFilter, most: number): Bound {
  const values: unknown[] = [];
  const add: AddValue = (value) => `$${values.push(value)}`;
  const conditions = where(filterSql(filter, add));
  const text = `select count(*)::int as "counted" from (select from tickets t ${conditions} limit ${add(most + 1)}) c`;
  return { statement: statementOf('ticket_count', text, filter), values };
}

/** The ids alone, last changed first. */
export function ticketIds(filter: TicketFilter, most: number): Bound {
  const values: unknown[] = [];
  const add: AddValue = (value) => `$${values.push(value)}`;
  const conditions = where(filterSql(filter, add));
  const text = `select t.id from tickets t ${conditions} order by t.updated_at desc, t.id desc limit ${add(most)}`;
  return { statement: statementOf('ticket_ids', text, filter), values };
}

function isFree(filter: TicketFilter): boolean {
  return filter.conditions !== undefined || filter.viewConditions !== undefined;
}

/** What is asked of the index of words. */
export interface WordsAsked {
  /** The text of a tsquery. */
  query: string;
  /** Whose words are looked through: see the table `search_tickets`. */
  readers: readonly string[];
  /** Numbers below this one; null for all. */
  below: number | null;
  most: number;
}

/** The newest tickets in whose words `asked` is found, and of each whether `filter` lets it through. */
export function ticketsFound(filter: TicketFilter, asked: WordsAsked): Bound {
  const values: unknown[] = [asked.query, asked.readers, asked.below, asked.most];
  const conditions = filterSql(filter, (value) => `$${values.push(value)}`);
  const found = 'search_ticket_ids($1::text, $2::text[], $3::int, $4::int) s';
  const narrowed = `left join tickets t on t.id = s.ticket_id and ${conditions.join(' and ')}`;
  const text =
    conditions.length === 0
      ? `select s.ticket_id as "id", s.number, s.in_head as "inHead", true as "passes" from ${found} order by s.number desc`
      : `select s.ticket_id as "id", s.number, s.in_head as "inHead", t.id is not null as "passes"
         from ${found} ${narrowed} order by s.number desc`;
  return { statement: statementOf('tickets_found', text, filter), values };
}

/**
 * Tickets by their ids ($1) or numbers ($2) that the filter lets through. One after the other, behind a fence: for
 * "one of thirty" the planner weighs an index of which the id is the last column, and reads an organization of average
 * size to its end; the largest has two hundred times as many.
 */
export function ticketsNamed(
  filter: TicketFilter,
  ids: readonly string[],
  numbers: readonly number[] = [],
): Bound {
  const values: unknown[] = [ids, numbers];
  const conditions = filterSql(filter, (value) => `$${values.push(value)}`);
  const each = (...these: string[]): string =>
    `cross join lateral (select * from tickets t ${where([...these, ...conditions])} offset 0) t`;
  const text = `select ${TICKET_COLUMNS} from (select distinct unnest($1::uuid[]) as id) n ${each('t.id = n.id')}
    union all
    select ${TICKET_COLUMNS} from (select distinct unnest($2::int[]) as number) n ${each('t.number = n.number', 't.id <> all($1::uuid[])')}`;
  return { statement: statementOf('tickets_named', text, filter), values };
}

/** Tickets that the filter lets through after the id `after`, with their custom fields, in the order of ids. */
export function ticketsToWalk(filter: TicketFilter, after: string, most: number): Bound {
  const values: unknown[] = [];
  const add: AddValue = (value) => `$${values.push(value)}`;
  const conditions = filterSql(filter, add);
  const text = `select ${TICKET_COLUMNS}, t.fields from tickets t
    ${where([...conditions, `t.id > ${add(after)}::uuid`])} order by t.id limit ${add(most)}`;
  return { statement: statementOf('tickets_to_walk', text, filter), values };
}

/** Messages of the tickets $1 after the place $3, $4, $5 (or nulls), $6 at most. Notes only if $2. */
export const messagesToWalk = preparedStatement(
  'ticket_messages_to_walk',
  `select m.id, m.ticket_id as "ticketId", m.kind, m.channel, m.author_name as "authorName", m.body, m.created_at as "createdAt"
   from messages m where m.ticket_id = any($1::uuid[]) and ($2::boolean or m.kind <> 'note')
     and ($3::uuid is null or (m.ticket_id, m.created_at, m.id) > ($3::uuid, $4::timestamptz, $5::uuid))
   order by m.ticket_id, m.created_at, m.id limit $6::int`,
);

/** Conditions have any number of shapes, so they are planned each time, and then for the values that they have. */
function statementOf(label: string, text: string, filter: TicketFilter): PreparedStatement {
  const known = prepared.get(text);
  if (known) return known;
  if (isFree(filter) || prepared.size >= MOST_PREPARED) return { name: '', text };
  const statement = preparedStatement(label, text);
  prepared.set(text, statement);
  return statement;
}

function filterSql(filter: TicketFilter, add: AddValue): string[] {
  const conditions: string[] = [];
  const equal = (column: string, value: string | number | null | undefined): void => {
    if (value === null) conditions.push(`${column} is null`);
    else if (value !== undefined) conditions.push(`${column} = ${add(value)}`);
  };
  const isSet = (column: string, value: boolean | undefined): void => {
    if (value !== undefined) conditions.push(`${column} is ${value ? 'not ' : ''}null`);
  };
  equal('t.number', filter.number);
  equal('t.status', filter.status);
  equal('t.state_id', filter.stateId);
  equal('t.priority', filter.priority);
  equal('t.type', filter.type);
  equal('t.assignee_id', filter.assigneeId);
  equal('t.team_id', filter.teamId);
  equal('t.requester_id', filter.requesterId);
  equal('t.company_id', filter.companyId);
  isSet('t.snoozed_until', filter.snoozed);
  isSet('t.merged_into_id', filter.merged);
  if (filter.updatedSince !== undefined)
    conditions.push(`t.updated_at >= ${add(filter.updatedSince)}`);
  if (filter.tag !== undefined)
    conditions.push(
      `t.id in (select g.ticket_id from ticket_tags g where g.tag = ${add(filter.tag)})`,
    );
  if (filter.subject !== undefined)
    conditions.push(`t.id in (select ticket_ids_by_subject(${add(filter.subject)}))`);
  const reader = { me: filter.me ?? null, now: filter.now ?? new Date() };
  for (const asked of [filter.conditions, filter.viewConditions])
    if (asked) conditions.push(conditionsSql(asked, reader, add));
  return conditions;
}
