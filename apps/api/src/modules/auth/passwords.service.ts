import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentContext } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Factors } from '#modules/factors/factors.service.js';
import { Notices, type Notice, type QueuedNotice } from '#modules/notices/notices.service.js';
import { Accounts, type Applicant } from '#modules/users/accounts.service.js';
import { PersonPlaces } from '#modules/users/person-places.service.js';
import { AccountLinks } from './account-links.service.js';
import { deviceWords } from './device-words.js';
import { assertGoodPassword } from './password-policy.js';
import { hashPassword } from './password.js';
import { SessionsService } from './sessions.service.js';

type Person = Omit<Applicant, 'place'>;

/** How a password becomes another one, whichever way it was proved that it may. */
@Injectable()
export class Passwords implements OnModuleInit {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: SessionsService,
    private readonly links: AccountLinks,
    private readonly factors: Factors,
    private readonly places: PersonPlaces,
    private readonly notices: Notices,
    private readonly system: SystemDb,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.notices.register('password_changed', (queued) => this.#notice(queued));
  }

  /**
   * Gives `person` a new password, in one transaction with `within`, and ends their other sessions, mailed links and
   * remembered devices: who knew the old one is out everywhere. Throws PasswordBreached, PasswordTooObvious.
   */
  async change(
    person: Person,
    password: string,
    how: { type: 'auth.password_changed' | 'auth.password_reset'; sparedSession: string | null },
    within?: (tx: SystemTransaction) => Promise<void>,
  ): Promise<void> {
    const { identityId, email, name } = person;
    const organizations = await this.accounts.organizationNames(identityId);
    await assertGoodPassword(password, [email, name, ...organizations.values()]);
    const passwordHash = await hashPassword(password);
    const now = this.clock.now();
    const { address = null, userAgent = null } = currentContext()?.origin ?? {};
    const ended = await this.system.transaction(async (tx) => {
      await within?.(tx);
      const proved = how.type === 'auth.password_reset';
      await this.accounts.setPassword(tx, identityId, passwordHash, { now, proved });
      await this.links.end(tx, { identityId });
      await this.factors.forgetDevices(tx, identityId);
      const revoked = await this.sessions.revokeAll(tx, { identityId }, how.sparedSession);
      const data = { address, userAgent };
      const [place] = await this.places.record(tx, identityId, { type: how.type, data });
      const device = deviceWords(userAgent);
      await this.notices.post(tx, {
        kind: 'password_changed',
        to: email,
        ...(place ? { locale: place.locale } : {}),
        data: { name, device, time: now.toISOString() },
      });
      return revoked;
    });
    for (const { id } of ended) this.sessions.forget(id);
  }

  #notice({ data }: QueuedNotice): Promise<Notice> {
    return Promise.resolve({ values: data as Notice['values'], path: '/forgot-password' });
  }
}
