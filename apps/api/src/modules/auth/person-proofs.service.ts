import { Injectable } from '@nestjs/common';
import { SystemDb } from '#core/database/system-db.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { PrincipalResolver } from '#core/tenancy/principal.js';
import { Accounts } from '#modules/users/accounts.service.js';
import { normaliseEmail } from '#modules/users/identities.service.js';
import { InvalidCredentials } from './auth.exceptions.js';
import { KnownDevices } from './known-devices.service.js';
import { assertGoodPassword, SHORTEST_PASSWORD } from './password-policy.js';
import type { Browser } from './password-proofs.service.js';
import { hashPassword, verifyPassword } from './password.js';
import { SignInTrail } from './sign-in-trail.service.js';
import type { SignInMethod } from './sign-in.service.js';
import { Throttle } from './throttle.service.js';

export type { Browser };

/** Who somebody is, and how they have shown it. */
export interface ProvedPerson {
  identityId: string;
  how: SignInMethod;
}

/** How rooms that let somebody in learn who it is. */
@Injectable()
export class PersonProofs {
  constructor(
    private readonly system: SystemDb,
    private readonly accounts: Accounts,
    private readonly devices: KnownDevices,
    private readonly throttle: Throttle,
    private readonly trail: SignInTrail,
    private readonly principals: PrincipalResolver,
  ) {}

  /**
   * The hash of a password that somebody chooses of whom `words` are known. Throws ValidationFailed for one that is too
   * short, PasswordBreached, PasswordTooObvious.
   */
  async choose(password: string, words: string[]): Promise<string> {
    if (password.length < SHORTEST_PASSWORD) {
      const problem = `must be longer than or equal to ${SHORTEST_PASSWORD} characters`;
      throw new ValidationFailed([{ field: 'password', problem }]);
    }
    await assertGoodPassword(password, words);
    return hashPassword(password);
  }

  /** The person with this address and password. Throws {@link InvalidCredentials}, and Throttled as a sign-in does. */
  async byPassword(email: string, password: string, browser: Browser): Promise<ProvedPerson> {
    const account = normaliseEmail(email);
    const attempt = await this.throttle.begin(account, this.devices.of(browser.cookies, account));
    const applicant = await this.accounts.applicant(account);
    const isRight = await verifyPassword(applicant?.passwordHash ?? null, password);
    if (!applicant || !isRight) {
      await this.throttle.fail(attempt, 'password_of_invitation', applicant?.place ?? null);
      this.trail.tellSoon(attempt);
      throw new InvalidCredentials();
    }
    await this.throttle.succeed(attempt);
    const { identityId } = applicant;
    return { identityId, how: { method: 'password', secondFactor: false } };
  }

  /**
   * The person of an access token. Null for an API key, a session that has ended, and one that was opened by single
   * sign-on: an organization's own provider says who somebody is to that organization alone.
   */
  async bySession(credential: string): Promise<ProvedPerson | null> {
    const principal = await this.principals.resolve(credential);
    if (!principal?.identityId || !principal.sessionId) return null;
    const session = await this.system.client.session.findFirst({
      where: { id: principal.sessionId, revokedAt: null },
      select: { method: true, secondFactor: true },
    });
    if (!session || session.method === 'sso') return null;
    const { method, secondFactor } = session;
    return {
      identityId: principal.identityId,
      how: { method: method as SignInMethod['method'], secondFactor },
    };
  }
}
