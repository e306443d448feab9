import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import { Clock } from '#core/context/clock.js';

/** Seconds that a code is shown for. */
const STEP = 30;
/** Steps before and after the present one whose codes are taken: for clocks that are off (RFC 6238, 5.2). */
const WINDOW = 1;
/** The length that RFC 4226 recommends, 4. */
const SECRET_BYTES = 20;

/** What an app is set up with: the secret to type, or the same as an address to scan. */
export interface NewTotp {
  secret: string;
  otpauthUrl: string;
}

/** The codes of authenticator apps (RFC 6238). Keeps nothing: whose secret it is, and which step was used, is the caller's. */
@Injectable()
export class TotpCodes {
  constructor(private readonly clock: Clock) {}

  /** A new secret, and how an app is told of it; `label` is what the app calls the account. */
  make(label: string): { bytes: Buffer; shown: NewTotp } {
    const bytes = randomBytes(SECRET_BYTES);
    const totp = totpOf(bytes, label);
    return { bytes, shown: { secret: totp.secret.base32, otpauthUrl: totp.toString() } };
  }

  /** The time step of `code`, or null when it is none of those that are taken now. */
  stepOf(secret: Buffer, code: string): bigint | null {
    const timestamp = this.clock.now().getTime();
    const delta = totpOf(secret, '').validate({ token: code, timestamp, window: WINDOW });
    return delta === null ? null : BigInt(Math.floor(timestamp / 1000 / STEP) + delta);
  }
}

function totpOf(secret: Buffer, label: string): TOTP {
  return new TOTP({
    issuer: 'Manydesk',
    label,
    // What every app can do; several ignore another algorithm and show wrong codes.
    algorithm: 'SHA1',
    digits: 6,
    period: STEP,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
  });
}
