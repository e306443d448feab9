import { preparedStatement } from '#core/database/prepared-statement.js';

/** An endpoint that is held, and what filling it needs to know. */
export interface HeldEndpoint {
  reads: string[];
  /** The replay that is under way. */
  replayId: string | null;
}

/** What one look at the log has made. */
export interface Filled {
  made: number;
  hasMore: boolean;
}

/**
 * Holds the endpoint $1, unless it takes no deliveries or another worker is at it. A statement of its own: what follows
 * in the transaction must see what the holder before has written.
 */
export const takeEndpoint = preparedStatement(
  'webhook_endpoint_take',
  `select e.reads,
     (select r.id from webhook_replays r where r.endpoint_id = e.id and r.status = 'running' limit 1) as "replayId"
   from webhook_endpoints e where e.id = $1::uuid and e.is_enabled and e.removed_at is null
   for no key update skip locked`,
);

/** Holds the endpoint $1 when it is free. */
export const holdEndpoint = preparedStatement(
  'webhook_endpoint_hold',
  `select e.id from webhook_endpoints e where e.id = $1::uuid and e.removed_at is null for no key update`,
);

/**
 * Events `l` that the endpoint `e` wants and may see ($5: types that are kept from it), numbered; `turn` counts
 * those of one subject. Then the deliveries of them: behind one of the same subject that is not settled a delivery has
 * no time yet, when the endpoint wants order.
 */
const deliveriesOf = (replayId: string): string => `
   wanted as (
     select l.*, row_number() over (order by l.seq) as place,
       row_number() over (partition by l.subject_id order by l.seq) as turn
     from look l, endpoint e
     where (cardinality(e.types) = 0 or l.type = any (e.types) or split_part(l.type, '.', 1) || '.*' = any (e.types))
       and l.type <> all ($5::text[])
   ), made as (
     insert into webhook_deliveries (id, endpoint_id, position, event_id, seq, type, subject_id, payload, replay_id, due_at, created_at)
     select gen_random_uuid(), e.id, e.last_position + w.place, w.id, w.seq, w.type, w.subject_id, e.payload, ${replayId},
       case when e.ordering = 'subject' and (w.turn > 1 or exists (
         select from webhook_deliveries d where d.endpoint_id = e.id and d.subject_id = w.subject_id and d.settled_at is null
       )) then null else $2::timestamptz end, $2::timestamptz
     from wanted w, endpoint e
     returning due_at
   ), counted as (
     select count(*)::int as made, (select count(*) from look) = $3::int as "hasMore", (select max(l.seq) from look l) as last from made
   )`;

const COUNT_THEM = `last_position = e.last_position + c.made, waiting = e.waiting + c.made,
     due_at = case when c.made > 0 then least(e.due_at, $2::timestamptz) else e.due_at end`;

/**
 * Moves the place of the endpoint $1, which is held, by up to $3 events and makes deliveries of what it wants. An
 * endpoint with $4 deliveries that are not settled waits: what is still to come stays where it is safe, in the log.
 */
export const fillFromLog = preparedStatement(
  'webhook_fill_from_log',
  `with endpoint as materialized (
     select e.* from webhook_endpoints e where e.id = $1::uuid and e.waiting < $4::int
   ), look as materialized (
     select l.* from endpoint e cross join lateral (
       select g.seq, g.id, g.type, g.subject_id from ledger_events g
       where g.seq > e.cursor_seq order by g.organization_id, g.seq limit $3::int
     ) l
   ), ${deliveriesOf('null::uuid')}
   update webhook_endpoints e set cursor_seq = c.last, ${COUNT_THEM}
   from counted c where e.id = $1::uuid and c.last is not null
   returning c.made, c."hasMore"`,
);

/** The same for the replay $6 of the endpoint $1. It is done when it has come to its end. */
export const fillFromReplay = preparedStatement(
  'webhook_fill_from_replay',
  `with endpoint as materialized (
     select e.* from webhook_endpoints e where e.id = $1::uuid and e.waiting < $4::int
   ), replay as materialized (
     select r.* from webhook_replays r where r.id = $6::uuid and r.status = 'running'
   ), look as materialized (
     select l.* from endpoint e, replay r cross join lateral (
       select g.seq, g.id, g.type, g.subject_id from ledger_events g
       where g.seq > r.at_seq and g.seq <= r.to_seq order by g.organization_id, g.seq limit $3::int
     ) l
   ), ${deliveriesOf('$6::uuid')}, moved as (
     update webhook_replays r set at_seq = coalesce(c.last, r.to_seq), made = r.made + c.made,
       status = case when c."hasMore" then 'running' else 'done' end,
       finished_at = case when c."hasMore" then null else $2::timestamptz end
     from counted c, endpoint where r.id = $6::uuid and r.status = 'running'
   )
   update webhook_endpoints e set ${COUNT_THEM}
   from counted c, endpoint where e.id = $1::uuid
   returning c.made, c."hasMore"`,
);

/** Enabled endpoints of every organization, or of $1 if it is given. Asked across organizations. */
export const enabledEndpoints = preparedStatement(
  'webhook_endpoints_enabled',
  `select e.organization_id as "organizationId", e.id from webhook_endpoints e
   where e.is_enabled and e.removed_at is null and ($1::uuid[] is null or e.organization_id = any ($1::uuid[]))`,
);
