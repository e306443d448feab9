/** The statements of the raw application. */
const ticketColumns = `t.id, t.number, t.subject, t.status, t.priority, t.tags, t.channel, t.message_count as "messageCount",
  t.created_at as "createdAt", t.updated_at as "updatedAt", t.last_message_at as "lastMessageAt", t.closed_at as "closedAt",
  t.requester_id as "requesterId", t.requester_email as "requesterEmail", t.requester_name as "requesterName",
  t.assignee_id as "assigneeId", t.assignee_name as "assigneeName", t.state_id as "stateId", t.type, t.team_id as "teamId",
  t.company_id as "companyId", t.snoozed_until as "snoozedUntil", t.merged_into_id as "mergedIntoId", t.cc, t.version`;
const detailColumns = `${ticketColumns}, t.fields`;
export const caller = {
  name: 'caller',
  text: `select k.organization_id as "organizationId", k.id, k.name from api_key_secrets s
    join api_keys k on k.organization_id = s.organization_id and k.id = s.key_id
    where s.secret_hash = $1 and s.revoked_at is null and k.revoked_at is null`,
};

export const openTickets = {
  name: 'open_tickets',
  text: `select ${ticketColumns},
      (select count(*) from (select from tickets where organization_id = $1 and status = $2 limit 101) as c) as counted
    from tickets t where t.organization_id = $1 and t.status = $2 order by t.updated_at desc, t.id desc limit $3`,
};

export const ticket = {
  name: 'ticket',
  text: `select ${detailColumns}, (select m.number from tickets m where m.organization_id = $1 and m.id = t.merged_into_id) as "mergedIntoNumber"
    from tickets t where t.organization_id = $1 and t.id = $2`,
};

const messageColumns = `m.id, m.ticket_id as "ticketId", m.kind, m.body, m.html, m.quote, m.cc, m.bcc, m.channel, m.created_at as "createdAt", m.author_name as "authorName",
  case when m.author_user_id is not null then 'user' when m.author_requester_id is not null then 'requester' else 'api_key' end as "authorType",
  coalesce(m.author_user_id, m.author_requester_id, m.author_api_key_id) as "authorId",
  m.delivery_status as "deliveryStatus", m.delivered_at as "sentAt"`;

export const messages = {
  name: 'messages',
  text: `select ${messageColumns},
      case when m.origin_id is not null then (select o.number from tickets o where o.organization_id = $1 and o.id = m.origin_id) end as "originNumber",
      case when m.mentions <> '{}' then (
        select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.name, u.id)
        from memberships u where u.organization_id = $1 and u.id = any (m.mentions)
      ) end as mentioned, m.origin_id as "originId",
      (select t.message_count from tickets t where t.organization_id = $1 and t.id = $2) as counted
    from messages m where m.organization_id = $1 and m.ticket_id = $2 order by m.created_at, m.id limit $3`,
};

export const events = {
  name: 'events',
  text: `select organization_id as "organizationId", seq, id, type, occurred_at as "occurredAt",
      actor_type as "actorType", actor_id as "actorId", subject_type as "subjectType", subject_id as "subjectId",
      data, changes, request_id as "requestId", causation_id as "causationId", operation_id as "operationId", depth,
      (select seq from ledger_heads where organization_id = $1) as "headSeq"
    from ledger_events where organization_id = $1 and seq > $2 order by seq limit $3`,
};

/**
 * The event of a write: the organization's head is locked, the event is chained to it, the outbox gets its row. The
 * same columns and hashes as the product's `ledger_append`. `payload` gives the text of the event's payload as SQL.
 */
const append = (p: {
  id: string;
  type: string;
  at: string;
  actor: string;
  subject: string;
  request: string;
  payload: string;
  from: string;
}) => `
  head as (select seq, hash from ledger_heads where organization_id = $1 for update),
  fact as (
    select h.seq + 1 as seq, h.hash as before, e.payload::jsonb as payload, sha256(convert_to(e.payload, 'UTF8')) as digest
    from head h, (select ${p.payload} as payload from ${p.from}) as e
  ),
  link as (
    select f.*, sha256(f.before || f.digest || convert_to(concat($1::uuid, '|', f.seq, '|', ${p.id}::uuid, '|', '${p.type}', '|', ${p.at}::text, '|',
      'api_key', '|', ${p.actor}::uuid, '||', 'ticket', '|', ${p.subject}::uuid, '|', ${p.request}::text, '|||0'), 'UTF8')) as hash
    from fact f
  ),
  event as (
    insert into ledger_events (organization_id, seq, id, type, occurred_at, actor_type, actor_id, subject_type, subject_id,
      data, request_id, data_hash, prev_hash, hash)
    select $1, seq, ${p.id}, '${p.type}', ${p.at}::text::timestamptz, 'api_key', ${p.actor}, 'ticket', ${p.subject},
      payload -> 'data', ${p.request}::text, digest, before, hash from link returning seq
  ),
  queued as (insert into outbox (organization_id, seq, type) select $1, seq, '${p.type}' from event),
  moved as (update ledger_heads set seq = link.seq, hash = link.hash from link where organization_id = $1)`;

/** $1 organization, $2 ticket, $3 subject, $4 priority, $5 tags, $6 new requester, $7 email, $8 name, $9 message, $10 body,
 * $11 event, $12 now, $13 key, $14 request, $15 to $17 the event's payload around its number and its requester. */
export const createTicket = {
  name: 'create_ticket',
  text: `with known as (select id, email, name from requesters where organization_id = $1 and email = $7),
  made as (
    insert into requesters (organization_id, id, email, name) select $1, $6, $7, $8 where not exists (select from known)
    on conflict (organization_id, email) do update set email = excluded.email returning id, email, name
  ),
  requester as (select * from known union all select * from made),
  counter as (
    insert into ticket_counters as c (organization_id, last_number) values ($1, 1)
    on conflict (organization_id) do update set last_number = c.last_number + 1 returning last_number
  ),
  t as (
    insert into tickets (organization_id, id, number, subject, priority, channel, requester_id, requester_email, requester_name, tags,
      message_count, created_at, updated_at, last_message_at)
    select $1, $2, c.last_number, $3, $4, 'api', r.id, r.email, r.name, $5, 1, $12::text::timestamptz, $12::text::timestamptz, $12::text::timestamptz
    from requester r, counter c returning *
  ),
  message as (
    insert into messages (organization_id, id, ticket_id, kind, channel, author_requester_id, author_name, body, created_at)
    select $1, $9, id, 'inbound', 'api', requester_id, requester_name, $10, created_at from t
  ),${append({
    id: '$11',
    type: 'ticket.created',
    at: '$12',
    actor: '$13',
    subject: '$2',
    request: '$14',
    payload: '$15::text || t.number || $16::text || t.requester_id || $17::text',
    from: 't',
  })}
  select ${detailColumns}, null::int as "mergedIntoNumber" from t`,
};

/** $1 organization, $2 ticket, $3 message, $4 body, $5 now, $6 key, $7 its name, $8 event, $9 request, $10 payload. */
export const reply = {
  name: 'reply',
  text: `with t as (
    update tickets set message_count = message_count + 1, updated_at = $5::text::timestamptz, last_message_at = $5::text::timestamptz
    where organization_id = $1 and id = $2 returning id
  ),
  m as (
    insert into messages (organization_id, id, ticket_id, kind, channel, author_api_key_id, author_name, body, delivery_status, created_at)
    select $1, $3, id, 'reply', 'api', $6, $7, $4, 'queued', $5::text::timestamptz from t returning *
  ),${append({
    id: '$8',
    type: 'ticket.replied',
    at: '$5',
    actor: '$6',
    subject: '$2',
    request: '$9',
    payload: '$10::text',
    from: 't',
  })}
  select ${messageColumns} from m`,
};
