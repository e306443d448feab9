import { preparedStatement } from '#core/database/prepared-statement.js';

/**
 * Holds back that the requesters of the tickets $1 are merged or renamed, until the end of the transaction. Before the
 * tickets are locked: whoever does that holds the customer first and the tickets then, and Postgres asks for the
 * requester of a row that is written a second time.
 */
export const holdRequesters = preparedStatement(
  'operation_hold_requesters',
  `select r.id from requesters r where r.id in (select t.requester_id from tickets t where t.id = any($1::uuid[]))
   order by r.id for key share of r`,
);

/**
 * Locks tickets and reads what an operation may change of them. In the order of their ids, as everybody does who locks
 * several: two who want the same ones wait for each other and never both.
 * $1 ids.
 */
export const lockTickets = preparedStatement(
  'operation_lock_tickets',
  `select t.id, t.number, t.subject, t.status, t.state_id as "stateId", t.type, t.priority, t.channel,
     t.assignee_id as "assigneeId", t.team_id as "teamId", t.tags, t.cc, t.fields,
     t.snoozed_until as "snoozedUntil", t.merged_into_id as "mergedIntoId", t.closed_at as "closedAt",
     t.requester_id as "requesterId", t.requester_email as "requesterEmail", t.version
   from tickets t where t.id = any($1::uuid[]) order by t.id for update`,
);

/** The ticket $1 and those that it was merged into, one after the other, as far as the chain goes. */
export const mergeChain = preparedStatement(
  'operation_merge_chain',
  `with recursive chain (id, next, place) as (
     select t.id, t.merged_into_id, 1 from tickets t where t.id = $1::uuid
     union all
     select t.id, t.merged_into_id, c.place + 1 from chain c join tickets t on t.id = c.next
   )
   select c.id from chain c order by c.place`,
);

/**
 * Writes the fields that each entry of $1 names, `[{id, data}]`, and leaves the rest; $2 is now. A `status` alone gets
 * its default state; an assignee who is not here any more is nobody. Nothing else is checked: what is written stood
 * there before, or is the mark of a merge.
 */
export const writeTickets = preparedStatement(
  'operation_write_tickets',
  `update tickets t set
     status = coalesce(s.category, w.data ->> 'status', t.status),
     state_id = coalesce(s.id, t.state_id),
     closed_at = case coalesce(s.category, w.data ->> 'status', t.status) when 'closed'
       then coalesce(t.closed_at, (w.data ->> 'closedAt')::timestamptz, $2::timestamptz) end,
     priority = coalesce(w.data ->> 'priority', t.priority),
     type = case when jsonb_exists(w.data, 'type') then w.data ->> 'type' else t.type end,
     assignee_id = case when jsonb_exists(w.data, 'assigneeId') then p.id else t.assignee_id end,
     assignee_name = case when jsonb_exists(w.data, 'assigneeId') then p.name else t.assignee_name end,
     team_id = case when jsonb_exists(w.data, 'teamId') then (w.data ->> 'teamId')::uuid else t.team_id end,
     tags = case when jsonb_exists(w.data, 'tags') then array(select jsonb_array_elements_text(w.data -> 'tags')) else t.tags end,
     cc = case when jsonb_exists(w.data, 'cc') then array(select jsonb_array_elements_text(w.data -> 'cc')) else t.cc end,
     fields = case when jsonb_exists(w.data, 'fields') then jsonb_strip_nulls(t.fields || (w.data -> 'fields')) else t.fields end,
     snoozed_until = case when jsonb_exists(w.data, 'snoozedUntil') then (w.data ->> 'snoozedUntil')::timestamptz else t.snoozed_until end,
     merged_into_id = case when jsonb_exists(w.data, 'mergedIntoId') then (w.data ->> 'mergedIntoId')::uuid else t.merged_into_id end,
     updated_at = greatest($2::timestamptz, t.updated_at + interval '1 millisecond')
   from jsonb_to_recordset($1::jsonb) as w (id uuid, data jsonb)
   left join ticket_states s on s.id = (w.data ->> 'stateId')::uuid
   left join memberships p on p.id = (w.data ->> 'assigneeId')::uuid and p.status = 'active'
   where t.id = w.id
   returning t.id, t.version, t.status, t.state_id as "stateId", t.assignee_id as "assigneeId"`,
);

/** Counts the messages of the tickets $1 anew and says when the last one came that is no note. The tickets must be locked. */
export const recountMessages = preparedStatement(
  'operation_recount_messages',
  `update tickets t set message_count = c.messages, last_message_at = coalesce(c.last, t.created_at)
   from (
     select w.id, count(m.id)::int as messages, max(m.created_at) filter (where m.kind <> 'note') as last
     from unnest($1::uuid[]) as w (id) left join messages m on m.ticket_id = w.id group by w.id
   ) c where t.id = c.id`,
);

/**
 * Moves messages of the tickets $2 (those of $4 alone, when it is not null) to the ticket $3 for the operation $1, and
 * notes each move. A message keeps its first origin. Gives how many came from each.
 */
export const moveMessages = preparedStatement(
  'operation_move_messages',
  `with moved as (
     select m.id, m.ticket_id, m.origin_id from messages m
     where m.ticket_id = any($2::uuid[]) and ($4::uuid[] is null or m.id = any($4::uuid[]))
   ), noted as (
     insert into operation_messages (operation_id, message_id, step, from_id, to_id, origin_before)
     select $1::uuid, v.id, coalesce((select max(o.step) from operation_messages o where o.message_id = v.id), 0) + 1,
       v.ticket_id, $3::uuid, v.origin_id
     from moved v
   ), changed as (
     update messages m set ticket_id = $3::uuid, origin_id = coalesce(m.origin_id, m.ticket_id)
     from moved v where m.id = v.id
   )
   select v.ticket_id as "ticketId", count(*)::int as "messages" from moved v group by v.ticket_id`,
);

/** Where messages that the operation $1 moved are now, other than on the ticket $2. */
export const strayMessages = preparedStatement(
  'operation_stray_messages',
  `select o.from_id as "fromId", m.ticket_id as "nowId", count(*)::int as "messages"
   from operation_messages o join messages m on m.id = o.message_id
   where o.operation_id = $1::uuid and m.ticket_id <> $2::uuid group by o.from_id, m.ticket_id order by 1, 2`,
);

/**
 * Takes back the moves of the operation $1: each message returns to where it was, and further moves of it are none any
 * more, because it would not have been there to be moved.
 */
export const returnMessages = preparedStatement(
  'operation_return_messages',
  `with taken as (
     select o.message_id, o.step, o.from_id, o.origin_before from operation_messages o where o.operation_id = $1::uuid
   ), dropped as (
     delete from operation_messages o using taken k where o.message_id = k.message_id and o.step >= k.step
   ), changed as (
     update messages m set ticket_id = k.from_id, origin_id = k.origin_before from taken k where m.id = k.message_id
   )
   select k.from_id as "ticketId", count(*)::int as "messages" from taken k group by k.from_id`,
);

/** Who is to be copied on the ticket $1 because of the tickets that were merged into it, those of $2 left out. */
export const addressesMergedHere = preparedStatement(
  'operation_addresses_merged_here',
  `select t.requester_email as "requesterEmail", t.cc from tickets t where t.merged_into_id = $1::uuid and t.id <> all($2::uuid[])`,
);

/** Which addresses the merge of the ticket $1 into the ticket $2 added to the latter. */
export const addressesAddedBy = preparedStatement(
  'operation_addresses_added_by',
  `select target.after -> 'ccAdded' as "ccAdded" from operation_items source
   join operation_items target on target.operation_id = source.operation_id and target.ticket_id = $2::uuid
   where source.ticket_id = $1::uuid and source.status = 'done' and source.after ->> 'mergedIntoId' = $2::text`,
);

/**
 * A ticket for messages that are split off. $1 its id, $2 the ticket they come from, $3 subject, $4 requester, $5 now.
 * Gives no row when the requester is not there. Copies stay behind: who reads along on one matter need not on another.
 */
export const createSplitTicket = preparedStatement(
  'operation_create_split_ticket',
  `with requester as (
     select r.id, r.email, r.name, r.company_id from requesters r where r.id = $4::uuid
   ), numbered as (
     insert into ticket_counters as c (last_number) select 1 from requester
     on conflict (organization_id) do update set last_number = c.last_number + 1 returning last_number
   )
   insert into tickets (id, number, subject, priority, type, channel, requester_id, requester_email, requester_name, company_id,
     assignee_id, assignee_name, team_id, tags, created_at, updated_at, last_message_at)
   select $1::uuid, n.last_number, $3, t.priority, t.type, t.channel, r.id, r.email, r.name, r.company_id,
     t.assignee_id, t.assignee_name, t.team_id, t.tags, $5::timestamptz, $5::timestamptz, $5::timestamptz
   from tickets t, requester r, numbered n where t.id = $2::uuid
   returning number, requester_id as "requesterId", assignee_id as "assigneeId", team_id as "teamId", type, priority, tags, channel`,
);

/**
 * The messages $2 of the ticket $1, the oldest first, and who asked in each: whoever they turned out to be, when two
 * customers were found to be one. $3 whether the caller may see notes: for anybody else none of them is a note.
 */
export const messagesToSplit = preparedStatement(
  'operation_messages_to_split',
  `with recursive who (message_id, requester_id, next) as (
     select m.id, r.id, r.merged_into_id from messages m join requesters r on r.id = m.author_requester_id
     where m.ticket_id = $1::uuid and m.id = any($2::uuid[])
     union all
     select w.message_id, r.id, r.merged_into_id from who w join requesters r on r.id = w.next
   )
   select m.id, w.requester_id as "requesterId" from messages m left join who w on w.message_id = m.id and w.next is null
   where m.ticket_id = $1::uuid and m.id = any($2::uuid[]) and ($3::boolean or m.kind <> 'note') order by m.created_at, m.id`,
);

/**
 * Holds back, until the end of the transaction, that whoever asks on the ticket $1 or in its messages $2 is merged away.
 * Before the ticket is locked: whoever merges customers holds them first and their tickets then.
 */
export const holdAskers = preparedStatement(
  'operation_hold_askers',
  `with recursive who (id, next) as (
     select r.id, r.merged_into_id from requesters r
     where r.id in (select t.requester_id from tickets t where t.id = $1::uuid)
       or r.id in (select m.author_requester_id from messages m where m.ticket_id = $1::uuid and m.id = any($2::uuid[]))
     union
     select r.id, r.merged_into_id from who w join requesters r on r.id = w.next
   )
   select r.id from requesters r where r.id in (select w.id from who w) order by r.id for key share of r`,
);

/** Puts the tickets $2 on the list of the bulk operation $1, in that order. Gives how many there are. */
export const listTickets = preparedStatement(
  'operation_list_tickets',
  `with listed as (
     insert into operation_items (operation_id, position, ticket_id)
     select $1::uuid, w.place::int, t.id from unnest($2::uuid[]) with ordinality as w (id, place) join tickets t on t.id = w.id
     returning 1
   )
   select count(*)::int as "listed" from listed`,
);

/** What became of items of the operation $1: $2 is `[{position, status, problem, before, after, version}]`. */
export const noteItems = preparedStatement(
  'operation_note_items',
  `update operation_items i set status = w.status, problem = w.problem, before = coalesce(w.before, i.before),
     after = coalesce(w.after, i.after), version = coalesce(w.version, i.version)
   from jsonb_to_recordset($2::jsonb) as w (position integer, status text, problem text, before jsonb, after jsonb, version integer)
   where i.operation_id = $1::uuid and i.position = w.position`,
);

/** Holds the operation $1, so that of two who run or undo it one goes first. Gives no row when it is not there. */
export const lockOperation = preparedStatement(
  'operation_lock',
  'select o.id from operations o where o.id = $1::uuid for update',
);

/** Items of the operation $1 that were done and are not settled otherwise, after the position $2, $3 at most. */
export const doneItems = preparedStatement(
  'operation_done_items',
  `select i.position, i.ticket_id as "ticketId", i.before, i.after from operation_items i
   where i.operation_id = $1::uuid and i.status = 'done' and i.problem is null and i.position > $2::int
   order by i.position limit $3::int`,
);

/** Items of the operation $1 that wait, $2 at most. */
export const pendingItems = preparedStatement(
  'operation_pending_items',
  `select i.position, i.ticket_id as "ticketId" from operation_items i
   where i.operation_id = $1::uuid and i.status = 'pending' order by i.position limit $2::int`,
);

/** How many items of the operation $1 are in each status. */
export const itemCounts = preparedStatement(
  'operation_item_counts',
  `select i.status, count(*)::int as "items" from operation_items i where i.operation_id = $1::uuid group by i.status`,
);

/** Gives up on the items of the operation $1 that wait; $2 says why. */
export const failPending = preparedStatement(
  'operation_fail_pending',
  `update operation_items i set status = 'failed', problem = $2 where i.operation_id = $1::uuid and i.status = 'pending'`,
);

/** Leaves the items of the operation $1 that were not given back; $2 says why. */
export const keepDone = preparedStatement(
  'operation_keep_done',
  `update operation_items i set problem = $2 where i.operation_id = $1::uuid and i.status = 'done' and i.problem is null`,
);

/** Tickets as they are now, without holding them. $1 ids. */
export const ticketsNow = preparedStatement(
  'operation_tickets_now',
  lockTickets.text.replace(' for update', ''),
);
