import { preparedStatement } from '#core/database/prepared-statement.js';

/**
 * Lets one transaction of the organization at a time make links that have a direction: two that each close half of a
 * circle would not see each other.
 */
export const holdLinks = preparedStatement(
  'ticket_links_hold',
  `select true as "held" from pg_advisory_xact_lock(
     hashtextextended('ticket_links:' || current_setting('app.organization_id'), 0))`,
);

/** Whether links of a kind ($3) lead from one ticket ($1) to another ($2). */
export const linksLead = preparedStatement(
  'ticket_links_lead',
  `with recursive reached (id) as (
     select $1::uuid
     union
     select l.to_id from reached r join ticket_links l on l.from_id = r.id and l.kind = $3::text
   )
   select exists (select from reached where id = $2::uuid) as "leads"`,
);
