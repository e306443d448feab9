import { preparedStatement } from '#core/database/prepared-statement.js';

/** Holds all teams until the end of a transaction: of two that are made the default at once one comes after the other. */
export const holdTeams = preparedStatement(
  'teams_hold',
  'select t.id from teams t order by t.id for no key update',
);
