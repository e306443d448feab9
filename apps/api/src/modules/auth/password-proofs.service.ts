import { Injectable } from '@nestjs/common';
import { Accounts, type Applicant } from '#modules/users/accounts.service.js';
import { PasswordWrong } from './auth.exceptions.js';
import { KnownDevices } from './known-devices.service.js';
import { verifyPassword } from './password.js';
import type { SignedInPerson } from './person.js';
import { SignInTrail } from './sign-in-trail.service.js';
import { Throttle } from './throttle.service.js';

/** What a browser sends beside the body: its cookies. */
export interface Browser {
  cookies: string | undefined;
}

/** Asks for the password once more before a change of the account: who found a session open is not its owner. */
@Injectable()
export class PasswordProofs {
  constructor(
    private readonly accounts: Accounts,
    private readonly devices: KnownDevices,
    private readonly throttle: Throttle,
    private readonly trail: SignInTrail,
  ) {}

  /** The person, if `password` is theirs. Throws {@link PasswordWrong}, and Throttled as a sign-in does. */
  async prove(
    person: SignedInPerson,
    password: string,
    browser: Browser,
  ): Promise<Omit<Applicant, 'place'>> {
    const account = await this.accounts.person(person.identityId);
    const device = this.devices.of(browser.cookies, account.email);
    const attempt = await this.throttle.begin(account.email, device);
    if (!(await verifyPassword(account.passwordHash, password))) {
      await this.throttle.fail(attempt, 'password_of_session', person);
      this.trail.tellSoon(attempt);
      throw new PasswordWrong();
    }
    await this.throttle.succeed(attempt);
    return account;
  }
}
