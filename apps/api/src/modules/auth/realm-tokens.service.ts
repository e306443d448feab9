import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import jwt from 'jsonwebtoken';
import { Clock } from '#core/context/clock.js';
import { isId } from '#core/context/ids.js';
import { SigningKeys } from './signing-keys.service.js';

/** What a token beside the access tokens of people is for. No two of them are signed with the same key. */
export type Realm = 'manydesk-staff' | 'manydesk-staff-challenge' | 'manydesk-support';

/** Characters of a token that are looked at: ours are shorter. */
const LONGEST = 1_000;
const ALGORITHM = 'HS256';

/**
 * Tokens of realms apart from that of tenants' people. Each realm signs with a key of its own, derived from the signing
 * key, and names itself as the audience: a token of one is worth nothing in another, by either of the two.
 */
@Injectable()
export class RealmTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /** A token of `realm` that says `claims`, good for `seconds` (RFC 7519). */
  sign(realm: Realm, claims: Record<string, string>, seconds: number): string {
    const { id: keyid, key } = this.keys.current();
    const iat = this.#now();
    const payload = { ...claims, aud: realm, iat, exp: iat + seconds };
    return jwt.sign(payload, keyOf(realm, key), { algorithm: ALGORITHM, keyid });
  }

  /** The claims of a good token of `realm`; null for any other. */
  async verify(realm: Realm, token: string): Promise<Record<string, unknown> | null> {
    if (token.length > LONGEST) return null;
    const kid = jwt.decode(token, { complete: true })?.header.kid;
    if (!isId(kid) || !(await this.keys.look(kid))) return null;
    const key = this.keys.find(kid);
    if (!key) return null;
    try {
      const rules = { algorithms: [ALGORITHM], audience: realm } satisfies jwt.VerifyOptions;
      const claims = jwt.verify(token, keyOf(realm, key), {
        ...rules,
        clockTimestamp: this.#now(),
      });
      return typeof claims === 'object' ? claims : null;
    } catch (error) {
      if (error instanceof jwt.JsonWebTokenError) return null;
      throw error;
    }
  }

  #now(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

function keyOf(realm: Realm, key: KeyObject): KeyObject {
  return createSecretKey(createHmac('sha256', key).update(`realm ${realm}`).digest());
}
