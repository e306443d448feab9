import { preparedStatement } from '../database/prepared-statement.js';

/**
 * Who has no seat when there are $1: owners sit first, and then whoever came first. An owner is never without one, since
 * nobody else could mend it.
 */
export const peopleWithoutSeat = preparedStatement(
  'people_without_seat',
  `select p.id from (
     select m.id, m.role, row_number() over (order by (m.role = 'owner') desc, m.created_at, m.id) as place
     from memberships m where m.status = 'active'
   ) p where p.place > $1::int and p.role <> 'owner'`,
);
