import { preparedStatement } from '#core/database/prepared-statement.js';

/** Organizations of which nothing says what they may have, $1 at most. */
export const unplannedOrganizations = preparedStatement(
  'billing_unplanned',
  `select o.id from organizations o
   where not exists (select from organization_entitlements e where e.organization_id = o.id) limit $1::int`,
);
