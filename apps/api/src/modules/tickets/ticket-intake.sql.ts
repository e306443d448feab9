import { preparedStatement } from '#core/database/prepared-statement.js';

/** Tickets that a chain of merges is followed through. None is longer: each merge is looked at by a person. */
const LONGEST_CHAIN = 100;

/** Where mails to a ticket go that was merged, perhaps into one that was merged again. $1 ticket. No row when it is not there. */
export const endOfChain = preparedStatement(
  'ticket_end_of_chain',
  `with recursive chain as (
     select t.id, t.merged_into_id, 1 as step from tickets t where t.id = $1::uuid
     union all
     select t.id, t.merged_into_id, c.step + 1 from chain c join tickets t on t.id = c.merged_into_id
     where c.step < ${LONGEST_CHAIN}
   )
   select c.id from chain c where c.merged_into_id is null`,
);

/** A ticket, held until the end of the transaction: no merge gets between what is read here and what is written. $1 ticket. */
export const heldTicket = preparedStatement(
  'ticket_held',
  `select t.id, t.number, t.status, t.cc, t.requester_id as "requesterId", t.merged_into_id as "mergedIntoId",
     t.snoozed_until as "snoozedUntil"
   from tickets t where t.id = $1::uuid for update`,
);
