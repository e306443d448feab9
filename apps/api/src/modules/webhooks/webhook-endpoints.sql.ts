import { preparedStatement } from '#core/database/prepared-statement.js';

/** Holds the list of endpoints until the end of the transaction: they are counted one after the other. */
export const lockEndpoints = preparedStatement(
  'webhook_endpoints_lock',
  `select pg_advisory_xact_lock(hashtextextended('webhooks ' || current_setting('app.organization_id'), 0))::text as "held"`,
);

/** The place of the newest event. */
export const headOfLog = preparedStatement(
  'webhook_log_head',
  `select h.seq as "headSeq" from ledger_heads h`,
);

/** Of the endpoint $1, which is held: what waited for its turn is due at $2. */
export const endOrder = preparedStatement(
  'webhook_order_end',
  `update webhook_deliveries d set due_at = $2::timestamptz
   where d.endpoint_id = $1::uuid and d.settled_at is null and d.due_at is null`,
);

/** Of the endpoint $1, which is held: of each subject only the first that is not settled keeps its time. */
export const beginOrder = preparedStatement(
  'webhook_order_begin',
  `update webhook_deliveries d set due_at = null
   where d.endpoint_id = $1::uuid and d.settled_at is null and d.lease_id is null and exists (
     select from webhook_deliveries p where p.endpoint_id = d.endpoint_id and p.subject_id = d.subject_id
       and p.settled_at is null and p.position < d.position
   )`,
);
