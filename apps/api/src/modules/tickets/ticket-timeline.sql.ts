import { COUNTED_AT_MOST, limitSql, type PageRequest } from '#core/database/page.js';
import { statementOfShape, type PreparedStatement } from '#core/database/prepared-statement.js';

/** The name of whoever did it, as it is now; people, keys and customers stay when they have left. */
const ACTOR_NAME = `case e.actor_type
  when 'user' then (select m.name from memberships m where m.organization_id = e.organization_id and m.id = e.actor_id)
  when 'api_key' then (select k.name from api_keys k where k.organization_id = e.organization_id and k.id = e.actor_id)
  when 'requester' then (select r.name from requesters r where r.organization_id = e.organization_id and r.id = e.actor_id)
  end`;

/**
 * What happened to a ticket, the newest first, each with a count that stops at {@link COUNTED_AT_MOST}; notes are told
 * only to whom they are for. No row when there is nothing (more) to tell.
 */
export function ticketTimeline(
  ticketId: string,
  { seesNotes }: { seesNotes: boolean },
  page: PageRequest,
): { statement: PreparedStatement; values: unknown[] } {
  const values: unknown[] = [ticketId];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const ofTicket = `from ledger_events e where e.subject_type = 'ticket' and e.subject_id = $1
    ${seesNotes ? '' : `and e.type <> 'ticket.noted'`}`;
  const after = page.cursor ? `and e.seq < ${add(page.cursor.key)}::bigint` : '';
  const text = `select e.seq, e.id, e.type, e.occurred_at as "occurredAt", e.actor_type as "actorType", e.actor_id as "actorId",
     ${ACTOR_NAME} as "actorName", e.changes, e.data, e.operation_id as "operationId",
     (select count(*)::int from (select ${ofTicket} limit ${COUNTED_AT_MOST}) c) as "counted"
   ${ofTicket} ${after} order by e.seq desc ${limitSql(page, add)}`;
  return { statement: statementOfShape('ticket_timeline', text), values };
}
