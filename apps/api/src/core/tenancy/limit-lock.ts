import { preparedStatement } from '../database/prepared-statement.js';
import type { TenantTransaction } from './tenant-client.js';

/** One at a time for each kind of thing ($1) of an organization: nobody waits for another organization's. */
const holdLimit = preparedStatement(
  'limit_hold',
  `select true as "held"
   from pg_advisory_xact_lock(hashtextextended('limit ' || current_setting('app.organization_id') || ' ' || $1::text, 0))`,
);

/**
 * Lets nobody else of the organization make a thing of the kind `what` until the end of `tx`. Called before what is
 * there is counted: two who count at once would both find room for one more.
 */
export async function countAlone(tx: TenantTransaction, what: string): Promise<void> {
  await tx.sql(holdLimit, [what]);
}
