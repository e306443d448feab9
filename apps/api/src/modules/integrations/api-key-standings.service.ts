import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { isPermission, type Permission } from '#core/tenancy/permissions.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';

/** Whether keys are still good, by themselves: work that a program asked for goes on without its secret at hand. */
@Injectable()
export class ApiKeyStandings {
  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
  ) {}

  /** What the key may do now: nothing when it was revoked, has expired, or nobody holds a secret of it any more. */
  async scopesOf(id: string): Promise<ReadonlySet<Permission>> {
    const now = this.clock.now();
    const isGood = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
    const key = await this.db.client.apiKey.findFirst({
      where: { id, ...isGood, secrets: { some: isGood } },
      select: { scopes: true },
    });
    return new Set((key?.scopes ?? []).filter(isPermission));
  }
}
