import { preparedStatement } from '#core/database/prepared-statement.js';

export interface TurnRow {
  organizationId: string;
  customerId: string | null;
  turn: string;
  heard: number;
}

const COLUMNS = `organization_id as "organizationId", customer_id as "customerId", turn, heard`;

/** $1 organization, $2 now. */
export const openCustomer = preparedStatement(
  'stripe_open_customer',
  `insert into stripe_customers (organization_id, created_at) values ($1, $2) on conflict (organization_id) do nothing`,
);

/** $1 organization, $2 now, $3 until, $4 turn. */
export const takeTurn = preparedStatement(
  'stripe_take_turn',
  `update stripe_customers set turn = $4, turn_until = $3
   where organization_id = $1 and (turn_until is null or turn_until <= $2)
   returning ${COLUMNS}`,
);

/** $1 now, $2 until, $3 turn, $4 most. Skips those that another worker takes this moment. */
export const takeDueTurns = preparedStatement(
  'stripe_take_due_turns',
  `update stripe_customers set turn = $3, turn_until = $2
   where organization_id in (
     select organization_id from stripe_customers
     where look_at <= $1 and (turn_until is null or turn_until <= $1)
     order by look_at limit $4 for update skip locked)
   returning ${COLUMNS}`,
);

/** $1 organization, $2 turn, $3 until. */
export const extendTurn = preparedStatement(
  'stripe_extend_turn',
  `update stripe_customers set turn_until = $3 where organization_id = $1 and turn = $2 returning ${COLUMNS}`,
);
