import { TOTP } from 'otpauth';
import { SystemDb } from '#core/database/system-db.js';
import {
  SignInChallenges,
  type ChallengePurpose,
} from '#modules/factors/sign-in-challenges.service.js';
import type { RunningApp } from './app.js';
import { expectStatus, type Answer } from './as.js';
import { SoftwareAuthenticator, type Behaviour } from './authenticator.js';
import { asOwner, workerDatabase } from './database.js';
import { PASSWORD, type Person } from './given.js';

/** An authenticator app that was set up, on a phone whose clock is the product's. */
export class AuthenticatorApp {
  readonly #totp: TOTP;

  constructor(
    private readonly running: RunningApp,
    readonly secret: string,
  ) {
    this.#totp = new TOTP({ secret });
  }

  /** The code that it shows now, or that many steps later. */
  code(steps = 0): string {
    const timestamp = this.running.clock.now().getTime() + steps * 30_000;
    return this.#totp.generate({ timestamp });
  }

  /** The next code, which was not shown to anybody: time goes on until it is there. */
  fresh(): string {
    this.running.clock.advance(30_000);
    return this.code();
  }

  /** A code that is none of those that are taken now. */
  wrong(nth = 0): string {
    const near = [-2, -1, 0, 1, 2].map((steps) => this.code(steps));
    const codes = Array.from({ length: 100 }, (_, at) => String(111_111 + at * 7_919));
    return codes.filter((code) => !near.includes(code))[nth]!;
  }
}

/** Sets an app up for `person`. */
export async function withApp(
  running: RunningApp,
  person: Person,
): Promise<{ app: AuthenticatorApp; recoveryCodes: string[] }> {
  const begun = await person.post('/me/factors/totp', { password: PASSWORD });
  const app = new AuthenticatorApp(running, expectStatus(begun, 201).body.data.secret);
  const confirmed = await person.post('/me/factors/totp/confirmation', { code: app.code() });
  return { app, recoveryCodes: expectStatus(confirmed, 201).body.data.recoveryCodes };
}

/** Adds a passkey for `person`. */
export async function withPasskey(
  person: Person,
  name = 'Laptop',
  behaviour: Behaviour = {},
): Promise<{ passkey: SoftwareAuthenticator; id: string; recoveryCodes: string[] | null }> {
  const passkey = new SoftwareAuthenticator();
  const { options } = expectStatus(
    await person.post('/me/passkeys/options', { password: PASSWORD }),
    200,
  ).body.data;
  const response = passkey.create(options, behaviour);
  const { id, recoveryCodes } = expectStatus(
    await person.post('/me/passkeys', { name, response }),
    201,
  ).body.data;
  return { passkey, id, recoveryCodes };
}

/** Who somebody is behind their memberships. */
export async function identityOf(running: RunningApp, { user }: Person): Promise<string> {
  const row = await running.get(SystemDb).client.membership.findFirstOrThrow({
    where: { id: user.id },
    select: { identityId: true },
  });
  return row.identityId;
}

/** The challenge of somebody who has shown their password. */
export async function challengeOf(
  running: RunningApp,
  person: Person,
  purpose: ChallengePurpose = 'second_factor',
): Promise<string> {
  const { organizationId, identityId } = await running
    .get(SystemDb)
    .client.membership.findFirstOrThrow({
      where: { id: person.user.id },
      select: { organizationId: true, identityId: true },
    });
  return running.get(SignInChallenges).issue({
    ...{ purpose, method: 'password', membershipId: person.user.id },
    ...{ organizationId, identityId },
  });
}

/** The cookie pair `name=value` of an answer, or undefined. */
export function cookieNamed(answer: Answer, name: string): string | undefined {
  return answer.cookies.find((cookie) => cookie.startsWith(`${name}=`))?.split(';')[0];
}

/** Has an organization require a second factor of everybody, or no longer. */
export async function requireSecondFactor(organizationId: string, required = true): Promise<void> {
  const text = 'update organizations set second_factor_required = $2 where id = $1';
  await asOwner(await workerDatabase(), (client) => client.query(text, [organizationId, required]));
}
