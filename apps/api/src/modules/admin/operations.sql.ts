import { preparedStatement } from '#core/database/prepared-statement.js';

/** What goes wrong in an organization: counts alone. Mails are those since $1. */
export interface TroubleCounts {
  mailsFailed: number;
  mailsRejected: number;
  webhookEndpointsFailing: number;
  webhookEndpointsDisabled: number;
  webhookDeliveriesWaiting: number;
}

export interface TroubleRow extends TroubleCounts {
  id: string;
  name: string;
  slug: string;
  total: number;
}

export interface OverviewRow extends TroubleCounts {
  accountMailsFailed: number;
  eventsWaiting: number;
  lagSeconds: number;
}

/** Of every organization, each a short range of its own indexes. */
const TROUBLES = `
  select o.id, o.name, o.slug, o.created_at, mails.*, taken.*, hooks.*
  from organizations o,
    lateral (select count(*) filter (where m.status = 'failed')::int as "mailsFailed"
      from outbound_mails m where m.organization_id = o.id and m.created_at > $1::timestamptz) mails,
    lateral (select count(*) filter (where m.disposition = 'rejected')::int as "mailsRejected"
      from inbound_mails m where m.organization_id = o.id and m.received_at > $1::timestamptz) taken,
    lateral (select count(*) filter (where w.failing_since is not null and w.is_enabled)::int as "webhookEndpointsFailing",
        count(*) filter (where not w.is_enabled and w.disabled_because is not null)::int as "webhookEndpointsDisabled",
        coalesce(sum(w.waiting), 0)::int as "webhookDeliveriesWaiting"
      from webhook_endpoints w where w.organization_id = o.id and w.removed_at is null) hooks`;

/** The organizations in which something fails, the most failures first: those after the first $2, at most $3. */
export const troubledOrganizations = preparedStatement(
  'troubled_organizations',
  `select t.id, t.name, t.slug, t."mailsFailed", t."mailsRejected", t."webhookEndpointsFailing",
     t."webhookEndpointsDisabled", t."webhookDeliveriesWaiting", count(*) over ()::int as total
   from (${TROUBLES}) t
   where t."mailsFailed" + t."mailsRejected" + t."webhookEndpointsFailing" > 0
   order by t."mailsFailed" + t."mailsRejected" + t."webhookEndpointsFailing" desc, t.created_at desc, t.id desc
   offset $2::int limit $3::int`,
);

/** All of that together, with how far the outbox is behind, cut off where counting would cost more than it tells. */
export const operationsOverview = preparedStatement(
  'operations_overview',
  `select sums.*, mails.*, waiting.*
   from (select coalesce(sum(t."mailsFailed"), 0)::int as "mailsFailed",
           coalesce(sum(t."mailsRejected"), 0)::int as "mailsRejected",
           coalesce(sum(t."webhookEndpointsFailing"), 0)::int as "webhookEndpointsFailing",
           coalesce(sum(t."webhookEndpointsDisabled"), 0)::int as "webhookEndpointsDisabled",
           coalesce(sum(t."webhookDeliveriesWaiting"), 0)::int as "webhookDeliveriesWaiting"
         from (${TROUBLES}) t) sums,
     (select count(*) filter (where status = 'failed')::int as "accountMailsFailed"
      from account_mails where created_at > $1::timestamptz) mails,
     (select count(*)::int as "eventsWaiting",
             coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as "lagSeconds"
      from (select created_at from outbox order by organization_id, seq limit 10000) o) waiting`,
);
