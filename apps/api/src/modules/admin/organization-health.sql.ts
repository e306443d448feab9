import { preparedStatement } from '#core/database/prepared-statement.js';

/** What {@link healthOf} gives: counts and times alone. */
export interface HealthRow {
  lastActiveAt: string | null;
  lastEventAt: string | null;
  activePeople: number;
  tickets: number;
  ticketsAMonth: number;
  events: number;
  eventsWaiting: number;
  mailsFailed: number;
  mailsSent: number;
  mailsRejected: number;
  webhookEndpoints: number;
  webhookEndpointsFailing: number;
  webhookEndpointsDisabled: number;
  webhookDeliveriesWaiting: number;
  storageUsed: number;
}

/** How the organization $1 fares; mails are those since $2, tickets of a month those since $3. Each part is a range of one index. */
export const healthOf = preparedStatement(
  'organization_health',
  `select people.*, log.*, mails.*, taken.*, hooks.*,
     coalesce((select last_number from ticket_counters where organization_id = $1), 0)::int as "tickets",
     (select count(*)::int from tickets where organization_id = $1 and created_at >= $3::timestamptz) as "ticketsAMonth",
     coalesce((select sum(f.size) from files f where f.organization_id = $1 and not exists (select from exports e
       where e.organization_id = $1 and e.file_id = f.id and e.kind = 'organization')), 0)::bigint as "storageUsed",
     (select count(*)::int from outbox where organization_id = $1) as "eventsWaiting"
   from (select count(*) filter (where status = 'active')::int as "activePeople", max(last_active_at) as "lastActiveAt"
         from memberships where organization_id = $1) people,
     (select coalesce(max(h.seq), 0)::bigint as "events",
             (select e.occurred_at from ledger_events e where e.organization_id = $1 and e.seq = max(h.seq)) as "lastEventAt"
      from ledger_heads h where h.organization_id = $1) log,
     (select count(*) filter (where status = 'failed')::int as "mailsFailed",
             count(*) filter (where status = 'sent')::int as "mailsSent"
      from outbound_mails where organization_id = $1 and created_at > $2::timestamptz) mails,
     (select count(*) filter (where disposition = 'rejected')::int as "mailsRejected"
      from inbound_mails where organization_id = $1 and received_at > $2::timestamptz) taken,
     (select count(*)::int as "webhookEndpoints",
             count(*) filter (where failing_since is not null and is_enabled)::int as "webhookEndpointsFailing",
             count(*) filter (where not is_enabled)::int as "webhookEndpointsDisabled",
             coalesce(sum(waiting), 0)::int as "webhookDeliveriesWaiting"
      from webhook_endpoints where organization_id = $1 and removed_at is null) hooks`,
);
