import { preparedStatement } from '#core/database/prepared-statement.js';

/** Holds a field until the end of a transaction: of two who change it at once the second sees what the first left. */
export const holdField = preparedStatement(
  'field_hold',
  'select f.id from custom_fields f where f.id = $1::uuid for no key update',
);
