import type { SystemTransaction } from '#core/database/prisma-client.js';
import type { Entitlements } from '#core/tenancy/entitlements.js';
import { LimitReached } from '#core/tenancy/entitlements.exceptions.js';

/**
 * Throws LimitReached when the plan of `organizationId` has no seat for one more. Asked with the organization held, and
 * before the place is written in the same transaction: of two who come at once, the second is counted with the first.
 */
export async function requireSeat(
  tx: SystemTransaction,
  entitlements: Entitlements,
  organizationId: string,
): Promise<void> {
  const { seats } = await entitlements.within(tx, organizationId);
  if (seats === null) return;
  const used = await tx.membership.count({ where: { organizationId, status: 'active' } });
  if (used >= seats) throw new LimitReached('seats', seats, used);
}
