import { preparedStatement } from '#core/database/prepared-statement.js';

/**
 * Who is at a ticket: one row each, one row of nulls when nobody is, no row when the ticket is not there. $1 ticket, $2
 * the moment since which they were seen.
 */
export const presentAt = preparedStatement(
  'presence_list',
  `select p.user_id as "id", p.name, p.state, p.seen_at as "seenAt"
   from tickets t left join lateral (
     select p.user_id, m.name, p.state, p.seen_at from ticket_presences p
     join memberships m on m.organization_id = p.organization_id and m.id = p.user_id and m.status = 'active'
     where p.ticket_id = t.id and p.seen_at > $2
   ) p on true
   where t.id = $1 order by p.name, p.user_id`,
);

/** Says that $2 is at the ticket $1, doing $3, at $4. Gives a row when the ticket is there. */
export const showPresence = preparedStatement(
  'presence_show',
  `insert into ticket_presences (ticket_id, user_id, state, seen_at) select t.id, $2, $3, $4 from tickets t where t.id = $1
   on conflict (organization_id, ticket_id, user_id) do update set state = excluded.state, seen_at = excluded.seen_at
   returning ticket_id as "ticketId"`,
);
