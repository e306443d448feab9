import { preparedStatement } from '#core/database/prepared-statement.js';
import { visibleEventData } from '#core/ledger/event-visibility.js';
import type { Permission } from '#core/tenancy/permissions.js';
import type { EventDto } from './dto/event.dto.js';

export const eventSelect = {
  organizationId: true,
  seq: true,
  id: true,
  type: true,
  occurredAt: true,
  actorType: true,
  actorId: true,
  subjectType: true,
  subjectId: true,
  data: true,
  changes: true,
  requestId: true,
  causationId: true,
  operationId: true,
  depth: true,
} as const;

/** How far one look goes for events of the types that are asked for: a rare one costs no more than this. */
export const LONGEST_LOOK = 5000;

/** The columns of {@link eventSelect}, by hand. */
const COLUMNS = `organization_id as "organizationId", seq, id, type, occurred_at as "occurredAt",
     actor_type as "actorType", actor_id as "actorId", subject_type as "subjectType", subject_id as "subjectId",
     data, changes, request_id as "requestId", causation_id as "causationId", operation_id as "operationId", depth`;

/**
 * All events after $1, $2 at most: by hand, since the feed is read all day by every integration. The log has no gaps, so
 * its head says how many events there are without counting them.
 */
export const eventsAfter = preparedStatement(
  'events_after',
  `select ${COLUMNS}, (select h.seq from ledger_heads h) as "headSeq"
   from ledger_events where seq > $1 order by organization_id, seq limit $2`,
);

/**
 * Some of the next {@link LONGEST_LOOK} events after $1, $2 at most: of the types $3 or any, never of the types $4, about
 * $5 or anything. There is always a row, which says where the log ends; it may have no event.
 */
export const eventsAmong = preparedStatement(
  'events_among',
  `select e.*, h.seq as "headSeq" from ledger_heads h left join lateral (
     select ${COLUMNS} from ledger_events
     where seq > $1::bigint and seq <= $1::bigint + ${LONGEST_LOOK}
       and ($3::text[] is null or type = any ($3::text[])) and type <> all ($4::text[])
       and ($5::uuid is null or subject_id = $5::uuid)
     order by organization_id, seq limit $2
   ) e on true order by e.seq`,
);

/** Where the log ends. */
export const logHead = preparedStatement('events_head', `select h.seq from ledger_heads h`);

/**
 * The first event that happened at $1 or later, or the place after the last: by halving, since the log is in the order of
 * its time and its numbers have no gaps.
 */
export const oldestSince = preparedStatement(
  'events_oldest_since',
  `with recursive halved(old, young) as (
     select 0::bigint, h.seq + 1 from ledger_heads h
     union all
     select case when is_old then middle else old end, case when is_old then young else middle end
     from (
       select old, young, (old + young) / 2 as middle,
         (select e.occurred_at < $1::timestamptz from ledger_events e where e.seq = (old + young) / 2) as is_old
       from halved where young - old > 1
     ) step
   ) select young as "oldest" from halved order by young - old limit 1`,
);

export interface EventRow {
  organizationId: string;
  seq: number;
  id: string;
  type: string;
  occurredAt: string;
  actorType: string;
  actorId: string | null;
  subjectType: string;
  subjectId: string;
  data: Record<string, unknown> | null;
  changes: Record<string, unknown> | null;
  requestId: string | null;
  causationId: string | null;
  operationId: string | null;
  depth: number;
  headSeq: number;
}

/**
 * The event as a reader gets it. From where somebody signed in or used a key is personal, and for those alone who may
 * see the trail; that it happened is for every reader, because the log has no gaps.
 */
export function toEventDto(row: EventRow, permissions: ReadonlySet<Permission>): EventDto {
  const { actorType, actorId, subjectType, subjectId, headSeq: _, ...event } = row;
  const data = visibleEventData(event.type, event.data, permissions);
  return {
    ...event,
    data: permissions.has('audit:read') ? data : withoutPlace(data),
    actor: { type: actorType, id: actorId },
    subject: { type: subjectType, id: subjectId },
  };
}

function withoutPlace(data: EventRow['data']): EventRow['data'] {
  if (data === null || !('address' in data || 'userAgent' in data)) return data;
  const { address: _, userAgent: __, ...rest } = data;
  return rest;
}
