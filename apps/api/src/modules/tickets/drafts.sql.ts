import { preparedStatement } from '#core/database/prepared-statement.js';

const COLUMNS = `d.id, d.kind, d.html, d.cc, d.bcc, d.mentions, d.version, d.updated_at as "updatedAt"`;

/** The drafts of $2 on the ticket $1. One row of nulls when there are none, no row when the ticket is not there. */
export const draftsOfTicket = preparedStatement(
  'drafts_of_ticket',
  `select ${COLUMNS} from tickets t left join drafts d
     on d.organization_id = t.organization_id and d.ticket_id = t.id and d.user_id = $2
   where t.id = $1 order by d.kind desc`,
);

/**
 * Keeps a draft. $1 a new id, $2 person, $3 ticket, $4 kind, $5 HTML, $6 Cc, $7 Bcc, $8 mentions, $9 now, $10 the version
 * that the writer knows (null for any, 0 for "there is none"), $11 the version that a new one begins with. Gives no row,
 * and has written nothing, when the ticket is not there or the draft is not the one that the writer knows.
 */
export const putDraft = preparedStatement(
  'draft_put',
  `insert into drafts as d (id, user_id, ticket_id, kind, html, cc, bcc, mentions, version, created_at, updated_at)
   select $1::uuid, $2::uuid, t.id, $4::text, $5::text, $6::text[], $7::text[], $8::uuid[], $11::int, $9::timestamptz, $9::timestamptz
   from tickets t where t.id = $3::uuid and ($10::int is null or $10::int = 0 or exists (
     select from drafts o where o.user_id = $2::uuid and o.ticket_id = t.id and o.kind = $4::text))
   on conflict (organization_id, user_id, ticket_id, kind) do update set html = excluded.html, cc = excluded.cc,
     bcc = excluded.bcc, mentions = excluded.mentions, updated_at = excluded.updated_at, version = d.version + 1
     where $10::int is null or d.version = $10::int
   returning ${COLUMNS}`,
);

/**
 * The drafts of $1, the newest first. $2 and $3 the place to go on after (or nulls), $4 limit, $5 skip. Of the HTML only
 * the beginning: an excerpt is made of it.
 */
export const draftsOfPerson = preparedStatement(
  'drafts_of_person',
  `select d.id, d.ticket_id as "ticketId", t.number, t.subject, d.kind, left(d.html, 4000) as "html", d.updated_at as "updatedAt",
     (select count(*)::int from (select from drafts c where c.user_id = $1 limit 101) c) as "counted"
   from drafts d join tickets t on t.organization_id = d.organization_id and t.id = d.ticket_id
   where d.user_id = $1 and ($2::timestamptz is null or (d.updated_at, d.id) < ($2, $3::uuid))
   order by d.updated_at desc, d.id desc limit $4 offset $5`,
);
