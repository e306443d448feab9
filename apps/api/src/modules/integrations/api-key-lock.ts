import type { TenantClient } from '#core/tenancy/tenant-client.js';
import type { Environment } from './api-key-secret.js';
import { ApiKeyNotFound, ApiKeyRevoked } from './integrations.exceptions.js';

const changeable = {
  name: true,
  environment: true,
  scopes: true,
  allowedNetworks: true,
  expiresAt: true,
} as const;

/** What a key may do, as it is now. */
export interface LockedKey {
  name: string;
  environment: Environment;
  scopes: string[];
  allowedNetworks: string[];
  expiresAt: Date | null;
}

/**
 * The key as it is, held until the end of the transaction: two rotations at once would otherwise leave three live
 * secrets, and a right could be checked against scopes that are being widened. Writing null over null is what locks a
 * row through the tenant handle, which knows no `for update`. Throws {@link ApiKeyNotFound}, {@link ApiKeyRevoked}.
 */
export async function lockKey(tx: TenantClient, id: string): Promise<LockedKey> {
  const [key] = await tx.apiKey.updateManyAndReturn({
    where: { id, revokedAt: null },
    data: { revokedAt: null },
    select: changeable,
  });
  if (key) return { ...key, environment: key.environment as Environment };
  const isThere = (await tx.apiKey.count({ where: { id } })) > 0;
  throw isThere ? new ApiKeyRevoked() : new ApiKeyNotFound();
}
