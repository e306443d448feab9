import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { SessionsService } from './sessions.service.js';

// A room is entered by its service: sign-ins at providers are counted by the same clients.
export { clientNetwork } from './client-network.js';

/** Sessions that were opened on the word of an organization's own provider: they end with that word. */
@Injectable()
export class ProviderSessions {
  constructor(
    private readonly system: SystemDb,
    private readonly sessions: SessionsService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Ends those of these people in the organization in context. Sessions that they opened by other ways stay. */
  async end(membershipIds: string[]): Promise<void> {
    if (membershipIds.length === 0) return;
    const organizationId = requireOrganizationId('sessions of a provider');
    const ended = await this.system.transactionIn(organizationId, async (tx) => {
      const rows = await tx.session.updateManyAndReturn({
        where: {
          ...{ organizationId, method: 'sso', revokedAt: null },
          membershipId: { in: membershipIds },
        },
        data: { revokedAt: this.clock.now() },
        select: { id: true, membershipId: true },
      });
      for (const { id, membershipId: userId } of rows)
        this.ledger.record({
          type: 'auth.session_revoked',
          subject: { type: 'session', id },
          data: { userId },
        });
      return rows;
    });
    for (const { id } of ended) this.sessions.forget(id);
  }
}
