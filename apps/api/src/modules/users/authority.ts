import { currentActor } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { permissionsOf, ROLE_PERMISSIONS, type Permission } from '#core/tenancy/permissions.js';
import { RoleTooHigh } from './users.exceptions.js';

/** What somebody who changes people and roles may do themselves. A principal is one, of a person or of a program. */
export interface Authority {
  permissions: ReadonlySet<Permission>;
  /** Of a program: the membership of whoever was shown its secret, and so answers for what it does. */
  holderId?: string | null;
}

/** A connected directory (SCIM) keeps everybody in step but the owners, as an administrator may. */
export const DIRECTORY: Authority = { permissions: ROLE_PERMISSIONS.admin };

/** Throws {@link RoleTooHigh} when `rights` hold something that `by` does not have. */
export function requireCover(by: Authority, rights: Iterable<Permission>): void {
  const missing = [...rights].filter((permission) => !by.permissions.has(permission));
  if (missing.length > 0) throw new RoleTooHigh(missing);
}

/**
 * Asks, with the organization held, whether the person who asks still has the rights that they came with: their change
 * may have waited for the very one that took them away. Throws {@link RoleTooHigh}. A program's secret is asked for
 * with each request alone.
 */
export async function requireStill(
  tx: Pick<SystemTransaction, 'membership'>,
  organizationId: string,
  by: Authority,
): Promise<void> {
  const { type, id } = currentActor();
  if (type !== 'user' || id === null) return;
  const row = await tx.membership.findFirst({
    where: { organizationId, id, status: 'active' },
    select: { role: true, customRole: { select: { permissions: true } } },
  });
  const permissions = row
    ? permissionsOf(row.role, row.customRole?.permissions ?? null)
    : new Set<Permission>();
  requireCover({ permissions }, by.permissions);
}
