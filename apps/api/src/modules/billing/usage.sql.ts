import { preparedStatement } from '#core/database/prepared-statement.js';

/** Organizations after $2 whose log has grown since it was metered, $1 at most. Asked across organizations. */
export const grownLogs = preparedStatement(
  'usage_grown_logs',
  `select h.organization_id as "organizationId" from ledger_heads h
   left join usage_positions p on p.organization_id = h.organization_id
   where h.organization_id > $2::uuid and h.seq > coalesce(p.seq, 0) order by h.organization_id limit $1::int`,
);

/** Makes the place in the log, before it is taken. */
export const makePlace = preparedStatement(
  'usage_make_place',
  `insert into usage_positions (seq) values (0) on conflict do nothing`,
);

/** Takes the place, unless another worker is at it. A statement of its own: what follows sees what the one before wrote. */
export const takePlace = preparedStatement(
  'usage_take_place',
  `select p.seq from usage_positions p for no key update skip locked`,
);

/**
 * Meters the $2 events that follow $1, and moves the place: an event of the type $3[n] counts one of $4[n]. An event that
 * was metered is not metered again, whatever the place says.
 */
export const meterEvents = preparedStatement(
  'usage_meter_events',
  `with look as materialized (
     select e.seq, e.id, e.type, e.occurred_at from ledger_events e
     where e.seq > $1::bigint order by e.organization_id, e.seq limit $2::int
   ), made as (
     insert into usage_records (event_id, meter, quantity, occurred_at)
     select l.id, m.meter, 1, l.occurred_at from look l
     join unnest($3::text[], $4::text[]) m (type, meter) on m.type = l.type
     on conflict do nothing
   )
   update usage_positions p set seq = l.last
   from (select max(seq) as last, count(*) = $2::int as "hasMore" from look) l where l.last is not null
   returning l."hasMore"`,
);

/** What is there now, as it is counted where a limit is kept, and how many tickets were opened since $1. */
export const usedNow = preparedStatement(
  'usage_now',
  `select (select count(*)::int from memberships m where m.status = 'active') as seats,
     (select count(*)::int from tickets t where t.created_at >= $1::timestamptz) as "ticketsAMonth",
     (select coalesce(sum(f.size), 0)::bigint from files f
      where not exists (select from exports e where e.file_id = f.id and e.kind = 'organization')) as "storageBytes"`,
);

/** Notes what is there on the day $1, once. */
export const sampleDay = preparedStatement(
  'usage_sample_day',
  `insert into usage_samples (day, meter, quantity)
   select $1::date, s.meter, s.quantity from unnest($2::text[], $3::bigint[]) s (meter, quantity)
   on conflict do nothing`,
);

/** What was used on each day of UTC from $1 until before $2. */
export const usageByDay = preparedStatement(
  'usage_by_day',
  `select r.meter, to_char(r.occurred_at at time zone 'UTC', 'YYYY-MM-DD') as day, sum(r.quantity)::bigint as quantity
   from usage_records r where r.occurred_at >= $1::timestamptz and r.occurred_at < $2::timestamptz group by 1, 2
   union all
   select s.meter, to_char(s.day, 'YYYY-MM-DD'), s.quantity from usage_samples s
   where s.day >= ($1::timestamptz at time zone 'UTC')::date and s.day < ($2::timestamptz at time zone 'UTC')::date
   union all
   select 'calls', to_char(h.hour at time zone 'UTC', 'YYYY-MM-DD'), sum(h.calls)::bigint from usage_hours h
   where h.hour >= $1::timestamptz and h.hour < $2::timestamptz and h.calls > 0 group by 2
   order by 1, 2`,
);
