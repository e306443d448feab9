import { Injectable } from '@nestjs/common';
import { Log } from '#core/logging/log.js';
import { Accounts, type Applicant } from '#modules/users/accounts.service.js';
import { normaliseEmail } from '#modules/users/identities.service.js';
import { InvalidCredentials } from './auth.exceptions.js';
import type { SignInDto } from './dto/auth.dto.js';
import { KnownDevices } from './known-devices.service.js';
import { hashPassword, isOutdated, verifyPassword } from './password.js';
import type { Browser } from './password-proofs.service.js';
import { SignInTrail } from './sign-in-trail.service.js';
import { SignIn, type OpenedSession } from './sign-in.service.js';
import { Throttle } from './throttle.service.js';

/** Signs in by address and password. */
@Injectable()
export class PasswordSignIn {
  constructor(
    private readonly accounts: Accounts,
    private readonly devices: KnownDevices,
    private readonly throttle: Throttle,
    private readonly trail: SignInTrail,
    private readonly signIns: SignIn,
    private readonly log: Log,
  ) {}

  /**
   * Opens a session. Throws {@link InvalidCredentials} at the same cost and with the same statements whatever was
   * wrong, Throttled whoever it is about, and, for a right password, what SignIn.check throws.
   */
  async signIn(
    { email, password, organizationId }: SignInDto,
    browser: Browser & { rememberedDevice: string | null },
  ): Promise<OpenedSession> {
    const account = normaliseEmail(email);
    const attempt = await this.throttle.begin(account, this.devices.of(browser.cookies, account));
    const applicant = await this.accounts.applicant(account, organizationId);
    const isRight = await verifyPassword(applicant?.passwordHash ?? null, password);
    const place = applicant?.place ?? null;
    if (!isRight || applicant === null || place === null) {
      await this.throttle.fail(attempt, reasonOf(applicant, isRight), place);
      this.trail.tellSoon(attempt);
      this.log.warn('auth.login_failed', { reason: 'invalid_credentials' });
      throw new InvalidCredentials();
    }
    await this.throttle.succeed(attempt);
    await this.#rehash(applicant, password);
    const first = { method: 'password', secondFactor: false } as const;
    const { rememberedDevice } = browser;
    const how = await this.signIns.check(place, { ...first, rememberedDevice });
    return this.signIns.open(place, how, async (tx) => {
      // Changed since it was looked at: the session would outlive the change, which ends all that there were.
      if (!(await this.accounts.hasPasswordOf(tx, applicant))) throw new InvalidCredentials();
    });
  }

  /** The password is at hand once a sign-in: then its hash is brought up to today's parameters. */
  async #rehash({ identityId, passwordHash }: Applicant, password: string): Promise<void> {
    if (passwordHash === null || !isOutdated(passwordHash)) return;
    await this.accounts.rehash(identityId, passwordHash, await hashPassword(password));
  }
}

/** For the log of the organization; the client is told one thing. */
function reasonOf(applicant: Applicant | null, isRight: boolean): string {
  if (applicant === null) return 'no_account';
  if (!isRight) return 'password';
  return 'no_place';
}
