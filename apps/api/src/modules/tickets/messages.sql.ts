import { limitSql, type PageRequest } from '#core/database/page.js';
import {
  preparedStatement,
  statementOfShape,
  type PreparedStatement,
} from '#core/database/prepared-statement.js';

/** The columns of a message under their names. */
const COLUMNS = `m.id, m.ticket_id as "ticketId", m.kind, m.channel, m.author_user_id as "authorUserId",
  m.author_requester_id as "authorRequesterId", m.author_api_key_id as "authorApiKeyId", m.author_name as "authorName",
  m.body, m.html, m.quote, m.cc, m.bcc, m.attachment_count as "attachmentCount", m.origin_id as "originId",
  m.delivery_status as "deliveryStatus", m.delivered_at as "deliveredAt", m.created_at as "createdAt"`;

/**
 * The first thirteen values of a new message: $1 ticket, $2 message, $3 kind, $4 channel, $5 author as a user or null,
 * $6 author as a key or null, $7 author's name, $8 body, $9 HTML or null, $10 Cc or null for that of the ticket, $11
 * Bcc, $12 who is mentioned, $13 how many files come with it. $14 is now.
 */
const WRITTEN = `insert into messages (id, ticket_id, kind, channel, author_user_id, author_api_key_id, author_name, body, html,
    cc, bcc, mentions, attachment_count, delivery_status, created_at)
  select $2::uuid, t.id, $3::text, $4::text, $5::uuid, $6::uuid, $7::text, $8::text, $9::text, coalesce($10::text[], t.cc),
    $11::text[], $12::uuid[], $13::int, case $3::text when 'reply' then 'queued' end, $14::timestamptz from t returning *`;

/** A note moves no time of the ticket: who may not read notes would see in the times, and in the order of the list, that there is one. */
const COUNTED = `message_count = t.message_count + 1,
  updated_at = case $3::text when 'note' then t.updated_at else greatest(t.updated_at, $14::timestamptz) end,
  last_message_at = case $3::text when 'note' then t.last_message_at else greatest(t.last_message_at, $14::timestamptz) end`;

/** Ids of what the customer wrote after a message ($16 in a write, $2 by itself) of the ticket $1. */
const wroteAfter = (seen: string): string => `select m.id from messages l, messages m
  where l.id = ${seen}::uuid and l.ticket_id = $1::uuid and m.ticket_id = $1::uuid and m.kind = 'inbound'
    and (m.created_at, m.id) > (l.created_at, l.id)`;

/**
 * A reply or a note in one statement. $1 to $14 as above, $15 the event. Gives no row, and has written nothing, when the
 * ticket is not there or was merged away.
 */
export const addMessage = preparedStatement(
  'message_add',
  `with t as (
     update tickets t set ${COUNTED} where t.id = $1::uuid and t.merged_into_id is null returning t.id, t.cc
   ), m as (${WRITTEN}), appended as (
     select ledger_append(jsonb_build_array($15::jsonb)) from m
   )
   select ${COLUMNS} from m, appended`,
);

/**
 * The same for somebody who has seen the message $16. Gives no row also when that is none of the ticket's, when the
 * customer wrote after it, and when another message came in at this very moment: a statement sees what was there when
 * it began, and only the ticket's row as it is when it is written.
 */
export const addMessageAfter = preparedStatement(
  'message_add_after',
  `with seen as (
     select t.message_count from tickets t join messages l on l.ticket_id = t.id
     where t.id = $1::uuid and l.id = $16::uuid and not exists (${wroteAfter('$16')})
   ), t as (
     update tickets t set ${COUNTED} from seen
     where t.id = $1::uuid and t.merged_into_id is null and t.message_count = seen.message_count returning t.id, t.cc
   ), m as (${WRITTEN}), appended as (
     select ledger_append(jsonb_build_array($15::jsonb)) from m
   )
   select ${COLUMNS} from m, appended`,
);

/** The same inside a transaction, which appends the event itself and holds the ticket. $1 to $14. */
export const writeMessage = preparedStatement(
  'message_write',
  `with t as (
     update tickets t set ${COUNTED} where t.id = $1::uuid returning t.id, t.cc
   ), m as (${WRITTEN})
   select ${COLUMNS} from m`,
);

/** Holds the ticket $1 until the end of the transaction, so that nothing is added to it meanwhile. */
export const ticketToWriteOn = preparedStatement(
  'message_hold_ticket',
  `select t.merged_into_id as "mergedIntoId", (select n.number from tickets n where n.id = t.merged_into_id) as "mergedIntoNumber"
   from tickets t where t.id = $1::uuid for no key update`,
);

/** Where the message $1 is: a merge, a split and their undoing take messages along. */
export const ticketOfMessage = preparedStatement(
  'message_ticket',
  `select t.id as "ticketId", t.number from messages m join tickets t on t.organization_id = m.organization_id and t.id = m.ticket_id
   where m.id = $1::uuid`,
);

/** What the customer wrote on the ticket $1 after the message $2, the oldest first. */
export const customerWroteAfter = preparedStatement(
  'message_customer_wrote',
  `${wroteAfter('$2')} order by m.created_at, m.id limit 50`,
);

/**
 * A conversation, the oldest first, each with the number of all. One row of nulls when there is none left, no row when
 * the ticket is not there. For a reader who may not see notes there are none, and none are counted.
 */
export function messagesOfTicket(
  ticketId: string,
  { seesNotes }: { seesNotes: boolean },
  page: PageRequest,
): { statement: PreparedStatement; values: unknown[] } {
  const values: unknown[] = [ticketId];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const { cursor } = page;
  const conditions = ['m.ticket_id = t.id'];
  if (!seesNotes) conditions.push(`m.kind <> 'note'`);
  if (cursor)
    conditions.push(
      `(m.created_at, m.id) > (${add(cursor.key)}::timestamptz, ${add(cursor.id)}::uuid)`,
    );
  const counted = seesNotes
    ? 't.message_count'
    : `(select count(*)::int from messages c where c.ticket_id = t.id and c.kind <> 'note')`;
  const text = `select ${COLUMNS},
     case when m.origin_id is not null then (select o.number from tickets o where o.id = m.origin_id) end as "originNumber",
     case when m.mentions <> '{}' then (
       select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.name, u.id)
       from memberships u where u.id = any (m.mentions)
     ) end as "mentioned",
     ${counted} as "counted"
   from tickets t left join lateral (
     select * from messages m where ${conditions.join(' and ')}
     order by m.created_at, m.id ${limitSql(page, add)}
   ) m on true
   where t.id = $1 order by m.created_at, m.id`;
  return { statement: statementOfShape('ticket_messages', text), values };
}

/** How many messages of the tickets $1 are no notes. */
export const visibleSizes = preparedStatement(
  'message_visible_sizes',
  `select m.ticket_id as "id", count(*)::int as "size" from messages m
   where m.ticket_id = any ($1::uuid[]) and m.kind <> 'note' group by m.ticket_id`,
);
