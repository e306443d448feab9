import { Injectable } from '@nestjs/common';
import { Ledger } from '#core/ledger/ledger.service.js';
import { ROLE_PERMISSIONS } from '#core/tenancy/permissions.js';
import type { Principal } from '#core/tenancy/principal.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { ProviderSessions } from '#modules/auth/provider-sessions.service.js';
import { requireCover } from '#modules/users/people.service.js';
import { UsersService } from '#modules/users/users.service.js';

/** Which person of an organization is which subject of its providers. */
@Injectable()
export class SsoLinks {
  constructor(
    private readonly db: TenantDb,
    private readonly users: UsersService,
    private readonly sessions: ProviderSessions,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Forgets who a person is at the providers, so that the next sign-in finds them by their address again: for when a
   * provider made them anew. The sessions that they opened there end. Quiet when nothing is known. Throws RoleTooHigh,
   * UserNotFound.
   */
  async forget(by: Principal, userId: string): Promise<void> {
    requireCover(by, ROLE_PERMISSIONS.admin);
    await this.users.get(userId);
    await this.db.transaction(async (tx) => {
      const { count } = await tx.ssoSubject.deleteMany({ where: { membershipId: userId } });
      if (count === 0) return;
      this.ledger.record({ type: 'sso.unlinked', subject: { type: 'user', id: userId }, data: {} });
    });
    await this.sessions.end([userId]);
  }
}
