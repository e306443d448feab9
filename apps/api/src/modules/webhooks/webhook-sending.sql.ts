import { preparedStatement } from '#core/database/prepared-statement.js';

/** Endpoints whose time has come, the longest waiting first; none of the organizations $3. Asked across organizations. */
export const dueEndpoints = preparedStatement(
  'webhook_endpoints_due',
  `select e.organization_id as "organizationId", e.id from webhook_endpoints e
   where e.is_enabled and e.removed_at is null and e.due_at <= $1::timestamptz and e.organization_id <> all ($3::uuid[])
   order by e.due_at limit $2::int`,
);

/** Seconds that the endpoint which waits longest is past its time at $1. Asked across organizations. */
export const longestDue = preparedStatement(
  'webhook_longest_due',
  `select coalesce(greatest(0, extract(epoch from $1::timestamptz - min(e.due_at))), 0)::float8 as seconds
   from webhook_endpoints e where e.is_enabled and e.removed_at is null and e.due_at is not null`,
);

/** A delivery that is ours to send until its lease ends. */
export interface ClaimedRow {
  id: string;
  eventId: string;
  seq: number | null;
  type: string;
  payload: string;
  attempts: number;
  createdAt: string;
  url: string;
  reads: string[];
}

/**
 * Takes up to $3 deliveries of the endpoint $1, which is held, until $4 under the lease $5: as many as may be under way
 * at once and as the rate has room for (a bucket of one second). What somebody took and did not bring back by then is
 * due again. Notes when to look at the endpoint next.
 */
export const claimDeliveries = preparedStatement(
  'webhook_deliveries_claim',
  `with endpoint as materialized (
     select e.id, e.url, e.reads, e.rate_per_second, e.max_concurrency,
       least(e.rate_per_second, e.rate_tokens + e.rate_per_second
         * greatest(0, extract(epoch from $2::timestamptz - coalesce(e.rate_at, $2::timestamptz - interval '1 second')))::float8) as tokens,
       (select count(*) from webhook_deliveries d where d.endpoint_id = e.id and d.settled_at is null
          and d.lease_id is not null and d.due_at > $2::timestamptz) as busy
     from webhook_endpoints e where e.id = $1::uuid
   ), taken as (
     update webhook_deliveries d set lease_id = $5::uuid, due_at = $4::timestamptz
     where d.id in (
       select w.id from webhook_deliveries w
       where w.endpoint_id = $1::uuid and w.settled_at is null and w.due_at <= $2::timestamptz
       order by w.due_at, w.position
       limit (select greatest(0, least($3::int, e.max_concurrency - e.busy, floor(e.tokens)::int)) from endpoint e)
     )
     returning d.id, d.event_id, d.seq, d.type, d.payload, d.attempts, d.created_at, d.position
   ), rest as (
     select (select count(*)::int from taken) as count, min(w.due_at) as due from webhook_deliveries w
     where w.endpoint_id = $1::uuid and w.settled_at is null and w.due_at is not null and w.id not in (select t.id from taken t)
   ), noted as (
     update webhook_endpoints e set rate_tokens = o.tokens - r.count, rate_at = $2::timestamptz,
       due_at = case
         when r.due is null or r.due > $2::timestamptz then least(r.due, case when r.count > 0 then $4::timestamptz end)
         when o.tokens - r.count < 1 then $2::timestamptz + interval '1 second' * (1 - o.tokens + r.count) / o.rate_per_second
         when o.busy + r.count >= o.max_concurrency then $4::timestamptz
         else $2::timestamptz
       end
     from endpoint o, rest r where e.id = o.id
   )
   select t.id, t.event_id as "eventId", t.seq, t.type, t.payload, t.attempts, t.created_at as "createdAt", e.url, e.reads
   from taken t, endpoint e order by t.position`,
);

/** What became of an endpoint by a try. */
export interface Settled {
  attempts: number;
  failingSince: string | null;
  url: string;
}

/**
 * Notes how the try of the delivery $2 ended, if it is still held under the lease $3: its status is $4, and it is due
 * again at $5 or never. When it is over, the next of its subject that waits behind it becomes due. $6 is now, $7
 * whether the try went well. The endpoint $1 is held.
 */
export const settleDelivery = preparedStatement(
  'webhook_delivery_settle',
  `with tried as (
     update webhook_deliveries d set status = $4::text, attempts = d.attempts + 1, due_at = $5::timestamptz, lease_id = null,
       settled_at = case when $4::text = 'waiting' then null else $6::timestamptz end
     where d.id = $2::uuid and d.lease_id = $3::uuid and d.settled_at is null
     returning d.attempts, d.subject_id, d.settled_at
   ), next as (
     select w.id, w.due_at from tried t cross join lateral (
       select d.id, d.due_at from webhook_deliveries d
       where d.endpoint_id = $1::uuid and d.subject_id = t.subject_id and d.settled_at is null and d.id <> $2::uuid
       order by d.position limit 1
     ) w where t.settled_at is not null
   ), freed as (
     update webhook_deliveries d set due_at = $6::timestamptz from next n where d.id = n.id and n.due_at is null returning 1
   )
   update webhook_endpoints e set
     waiting = e.waiting - case when t.settled_at is null then 0 else 1 end,
     failing_since = case when $7::boolean then null else coalesce(e.failing_since, $6::timestamptz) end,
     last_delivered_at = case when $7::boolean then $6::timestamptz else e.last_delivered_at end,
     due_at = least($5::timestamptz, case when exists (select from freed) then $6::timestamptz end,
       (select min(d.due_at) from webhook_deliveries d
        where d.endpoint_id = $1::uuid and d.settled_at is null and d.due_at is not null and d.id <> $2::uuid))
   from tried t where e.id = $1::uuid
   returning t.attempts, e.failing_since as "failingSince", e.url`,
);

/** An event of the log as it is sent. */
export interface SentEventRow {
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
}

/** The events at the places $1. */
export const eventsAt = preparedStatement(
  'webhook_events_at',
  `select l.organization_id as "organizationId", l.seq, l.id, l.type, l.occurred_at as "occurredAt",
     l.actor_type as "actorType", l.actor_id as "actorId", l.subject_type as "subjectType", l.subject_id as "subjectId",
     l.data, l.changes, l.request_id as "requestId", l.causation_id as "causationId", l.operation_id as "operationId", l.depth
   from ledger_events l where l.seq = any ($1::bigint[])`,
);
