import { Injectable } from '@nestjs/common';
import { currentContext } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { Principal } from '#core/tenancy/principal.js';
import { Accounts } from '#modules/users/accounts.service.js';
import { personOf } from './person.js';
import { SessionsService } from './sessions.service.js';

/** What anybody who is signed in may do of themselves: leave, and change their name. */
@Injectable()
export class AuthService {
  constructor(
    private readonly system: SystemDb,
    private readonly accounts: Accounts,
    private readonly sessions: SessionsService,
    private readonly ledger: Ledger,
  ) {}

  /** Ends the principal's own session. Quiet for an API key, which has none. */
  async signOut({ organizationId, sessionId }: Principal): Promise<void> {
    if (sessionId === null) return;
    await this.system.transactionIn(organizationId, async (tx) => {
      if (!(await this.sessions.revoke(tx, sessionId))) return;
      const { address = null, userAgent = null } = currentContext()?.origin ?? {};
      this.ledger.record({
        type: 'auth.signed_out',
        subject: { type: 'session', id: sessionId },
        data: { address, userAgent },
      });
    });
    this.sessions.forget(sessionId);
  }

  /** Changes the person's name, here and for the organizations that they join later. Throws PeopleOnly. */
  async rename(principal: Principal, to: string): Promise<void> {
    const person = personOf(principal);
    const from = principal.actor.name;
    if (from === to) return;
    // An organization's own provider says who somebody is to that organization alone.
    const { method } = await this.sessions.openedBy(person.sessionId);
    const everywhere = method !== 'sso';
    await this.system.transactionIn(person.organizationId, async (tx) => {
      await this.accounts.rename(tx, person, to, everywhere);
      this.ledger.record({
        type: 'auth.profile_changed',
        subject: { type: 'user', id: person.membershipId },
        data: {},
        changes: { name: [from, to] },
      });
    });
  }
}
