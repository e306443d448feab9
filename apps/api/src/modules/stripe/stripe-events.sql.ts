import { preparedStatement } from '#core/database/prepared-statement.js';

/**
 * $1 id, $2 type, $3 customer or null, $4 why it is ignored or '', $5 now. An event that came before changes nothing; of a
 * new one, its customer is due at once, or it is parked.
 */
export const hearEvent = preparedStatement(
  'stripe_hear_event',
  `with told as (
     select $1::text as id where not exists (select from stripe_events e where e.id = $1)
   ), heard as (
     update stripe_customers c set heard = c.heard + 1, look_at = $5
     from told where c.customer_id = $3 and $4 = '' returning c.organization_id
   ), kept as (
     insert into stripe_events (id, type, customer_id, standing, reason, received_at)
     select $1, left($2, 100), $3,
       case when $4 <> '' then 'ignored' when exists (select from heard) then 'heard' else 'parked' end, $4, $5
     from told on conflict (id) do nothing
   )
   select pg_notify('stripe', '') from heard`,
);

/** $1 now. */
export const takeUpParked = preparedStatement(
  'stripe_take_up_parked',
  `with known as (
     update stripe_events e set standing = 'heard' from stripe_customers c
     where e.standing = 'parked' and e.customer_id = c.customer_id returning c.organization_id
   )
   update stripe_customers c set heard = c.heard + 1, look_at = $1
   where c.organization_id in (select organization_id from known)`,
);

/** $1 before when. */
export const forgetEvents = preparedStatement(
  'stripe_forget_events',
  `delete from stripe_events where id in (
     select id from stripe_events where received_at < $1 order by received_at limit 1000)`,
);

/** $1 before when. A key is of use for a day. */
export const forgetRequests = preparedStatement(
  'stripe_forget_requests',
  `delete from stripe_requests where (organization_id, id) in (
     select organization_id, id from stripe_requests where created_at < $1 order by created_at limit 1000)`,
);
