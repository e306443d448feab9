import { preparedStatement } from '#core/database/prepared-statement.js';

/** Holds all states until the end of a transaction: of two that are made the default at once one comes after the other. */
export const holdStates = preparedStatement(
  'ticket_states_hold',
  'select s.id from ticket_states s order by s.id for no key update',
);
