import { preparedStatement } from '#core/database/prepared-statement.js';

/** The columns of `ticketSelect` under their names. */
export const TICKET_COLUMNS = `t.id, t.number, t.subject, t.status, t.priority, t.channel,
  t.requester_id as "requesterId", t.requester_email as "requesterEmail", t.requester_name as "requesterName",
  t.assignee_id as "assigneeId", t.assignee_name as "assigneeName", t.tags, t.message_count as "messageCount",
  t.created_at as "createdAt", t.updated_at as "updatedAt", t.last_message_at as "lastMessageAt", t.closed_at as "closedAt",
  t.state_id as "stateId", t.type, t.team_id as "teamId", t.company_id as "companyId", t.snoozed_until as "snoozedUntil",
  t.merged_into_id as "mergedIntoId", t.cc, t.version`;

/** The columns of `ticketDetailSelect`: what one ticket has beside its row of a list. */
const DETAIL_COLUMNS = `${TICKET_COLUMNS}, t.fields`;

/** One ticket, with the number of the one that it was merged into. */
export const ticketById = preparedStatement(
  'ticket_by_id',
  `select ${DETAIL_COLUMNS}, (select m.number from tickets m where m.id = t.merged_into_id) as "mergedIntoNumber"
   from tickets t where t.id = $1`,
);

/**
 * A ticket that is about to be changed, inside a transaction: until its end nobody else changes it, so what is decided
 * by its values is still true when it is written.
 */
export const ticketToChange = preparedStatement(
  'ticket_to_change',
  `select ${DETAIL_COLUMNS}, t.field_versions as "fieldVersions",
     (select m.number from tickets m where m.id = t.merged_into_id) as "mergedIntoNumber"
   from tickets t where t.id = $1::uuid for no key update`,
);

/**
 * Holds back that the requester of the ticket $1 is merged or renamed, until the end of the transaction. For whoever
 * writes the ticket twice, before they hold it: Postgres asks for the requester of a row that is written a second time,
 * and whoever merges or renames customers holds them first and their tickets then.
 */
export const holdRequester = preparedStatement(
  'ticket_hold_requester',
  `select r.id from requesters r where r.id = (select t.requester_id from tickets t where t.id = $1::uuid) for key share of r`,
);

/** How many tickets were opened since $1, by whatever way. */
export const ticketsSince = preparedStatement(
  'tickets_since',
  `select count(*)::int as used from tickets t where t.created_at >= $1::timestamptz`,
);

/** The person $1 of this organization, as the key of a lock: nobody waits for another organization's. */
const PERSON = `hashtextextended('assignee:' || current_setting('app.organization_id') || ':' || $1::text, 0)`;

/**
 * Holds a person back from being let go of ($1, as text), inside a transaction: whoever gives them work is waited for
 * before their work is taken from them, or finds them gone. See {@link letGo}.
 */
export const holdPerson = preparedStatement(
  'ticket_hold_person',
  `select true as "held" from pg_advisory_xact_lock_shared(${PERSON})`,
);

/** The other side of {@link holdPerson}. */
export const letGo = preparedStatement(
  'ticket_let_go',
  `select true as "held" from pg_advisory_xact_lock(${PERSON})`,
);

/**
 * A new ticket in one statement: requester found or made, number taken, ticket and first message written, event
 * appended last. $1 ticket, $2 message, $3 new requester, $4 email, $5 name, $6 subject, $7 body, $8 priority, $9 tags,
 * $10 channel, $11 assignee or null, $12 now, $13 the event, $14 the placeholder of its number, $15 type, $16 team and $17 state
 * or null for the default ones, $18 status, $19 custom fields, $20 Cc, $21 the placeholder of the default team, which goes when there is none.
 *
 * The requester is whose address it is. Their row is locked against a merge, which would carry their tickets away and
 * leave this one behind. A new one is of the company whose domain the address is in.
 *
 * Gives no row when the assignee is not there, or when another transaction made or merged the requester at this very
 * moment; nothing of a ticket is written then.
 */
export const createTicket = preparedStatement(
  'ticket_create',
  `with found as (
     select r.id, r.email, r.name, r.company_id from requester_addresses a join requesters r on r.id = a.requester_id
     where a.email = $4 and r.merged_into_id is null for key share of r
   ), claimed as (
     insert into requester_addresses (email, requester_id) select $4, $3 where not exists (select from found)
     on conflict (organization_id, email) do nothing returning requester_id
   ), made as (
     insert into requesters (id, email, name, company_id)
     select c.requester_id, $4, $5, (select d.company_id from company_domains d where d.domain = split_part($4, '@', -1))
     from claimed c returning id, email, name, company_id
   ), ready as (
     select r.id, r.email, r.name, r.company_id, m.id as assignee_id, m.name as assignee_name
     from (select * from found union all select * from made) r
     left join memberships m on m.id = $11::uuid and m.status = 'active'
     where $11::uuid is null or m.id is not null
   ), numbered as (
     insert into ticket_counters as c (last_number) select 1 from ready
     on conflict (organization_id) do update set last_number = c.last_number + 1 returning last_number
   ), t as (
     insert into tickets (id, number, subject, priority, channel, requester_id, requester_email, requester_name, company_id,
       assignee_id, assignee_name, tags, message_count, created_at, updated_at, last_message_at,
       type, team_id, state_id, status, fields, cc)
     select $1, n.last_number, $6, $8, $10, r.id, r.email, r.name, r.company_id,
       r.assignee_id, r.assignee_name, $9, 1, $12, $12, $12, $15, $16::uuid, $17::uuid, $18, $19::jsonb, $20
     from ready r, numbered n returning *
   ), message as (
     insert into messages (id, ticket_id, kind, channel, author_requester_id, author_name, body, created_at)
     select $2, t.id, 'inbound', $10, t.requester_id, t.requester_name, $7, $12 from t returning id
   ), appended as (
     select ledger_append(jsonb_build_array(jsonb_set($13::jsonb, '{payload}',
       to_jsonb(replace(replace(replace($13::jsonb ->> 'payload', $3::text, t.requester_id::text), '"' || $14 || '"', t.number::text),
         ',"teamId":"' || $21 || '"', coalesce(',"teamId":"' || t.team_id || '"', ''))))))
     from t, message
   )
   select ${DETAIL_COLUMNS} from t, appended`,
);
