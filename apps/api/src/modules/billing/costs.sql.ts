import { preparedStatement } from '#core/database/prepared-statement.js';

/** What an organization took and paid from $1 until before $2. Sums of bills are `{"EUR": 8700}`. */
export interface SpentRow {
  id: string;
  slug: string;
  name: string;
  calls: number;
  callMs: number;
  databaseMs: number;
  jobMs: number;
  /** Bytes times days. */
  byteDays: number;
  mails: number;
  tickets: number;
  billed: Record<string, number>;
}

/** Each organization by itself, so that each is found by its key: their records are the longest table of all. */
export const spentByOrganization = preparedStatement(
  'billing_spent_by_organization',
  `select o.id, o.slug, o.name, h.calls, h.call_ms as "callMs", h.database_ms as "databaseMs", h.job_ms as "jobMs",
     s.byte_days as "byteDays", r.mails, r.tickets, i.billed
   from organizations o
   cross join lateral (
     select coalesce(sum(u.calls), 0)::bigint as calls, coalesce(sum(u.call_ms), 0)::bigint as call_ms,
       coalesce(sum(u.database_ms), 0)::bigint as database_ms, coalesce(sum(u.job_ms), 0)::bigint as job_ms
     from usage_hours u where u.organization_id = o.id and u.hour >= $1::timestamptz and u.hour < $2::timestamptz
   ) h
   cross join lateral (
     select coalesce(sum(d.quantity), 0)::float8 as byte_days from usage_samples d
     where d.organization_id = o.id and d.meter = 'storageBytes'
       and d.day >= ($1::timestamptz at time zone 'UTC')::date and d.day < ($2::timestamptz at time zone 'UTC')::date
   ) s
   cross join lateral (
     select coalesce(sum(q.quantity) filter (where q.meter = 'mails'), 0)::bigint as mails,
       coalesce(sum(q.quantity) filter (where q.meter = 'tickets'), 0)::bigint as tickets
     from usage_records q
     where q.organization_id = o.id and q.occurred_at >= $1::timestamptz and q.occurred_at < $2::timestamptz
   ) r
   cross join lateral (
     select coalesce(jsonb_object_agg(b.currency, b.net), '{}'::jsonb) as billed from (
       select a.currency, sum(a.net)::bigint as net from (
         select v.currency, v.net from invoices v
         where v.organization_id = o.id and v.issued_at >= $1::timestamptz and v.issued_at < $2::timestamptz
         union all
         select p.currency, p.net - case when p.total = 0 then 0 else round(p.net::numeric * p.credited / p.total) end
         from provider_invoices p
         where p.organization_id = o.id and p.issued_at >= $1::timestamptz and p.issued_at < $2::timestamptz
       ) a group by a.currency
     ) b
   ) i
   order by o.slug`,
);
