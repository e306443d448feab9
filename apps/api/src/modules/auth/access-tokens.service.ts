import { createHash, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { Strategy, type JwtFromRequestFunction } from 'passport-jwt';
import { Clock } from '#core/context/clock.js';
import { isId } from '#core/context/ids.js';
import { SigningKeys } from './signing-keys.service.js';

/** Seconds that an access token is good. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;
const ALGORITHM = 'HS256';
const AUDIENCE = 'manydesk-api';
const MOST_KNOWN = 10_000;
/** The longest head of a token that is read: ours are shorter. */
const LONGEST_HEAD = 200;

/** What an access token says (RFC 7519): the person's place, their session, and the organization of both. */
export interface AccessClaims {
  sub: string;
  sid: string;
  org: string;
  exp: number;
}

interface KnownToken {
  claims: AccessClaims;
  /** The key that it was found good with: a token is no better than its key. */
  kid: string;
}

/** A passport strategy that is called by itself: we need its verdict, not a middleware. */
class TokenStrategy extends Strategy {
  declare success: (claims: unknown) => void;
  declare fail: (challenge: unknown) => void;
  declare error: (error: Error) => void;
}

const tokenOf: JwtFromRequestFunction = (request) =>
  (request as unknown as { token: string }).token;

/**
 * Makes and checks access tokens. Checking a signature costs far more than a look into a map, so a token that was
 * found good is remembered by its hash until it expires; whether its session still lives is asked each time.
 */
@Injectable()
export class AccessTokens {
  readonly #strategy: TokenStrategy;
  readonly #known = new LRUCache<string, KnownToken>({ max: MOST_KNOWN });

  constructor(
    private readonly clock: Clock,
    private readonly keys: SigningKeys,
  ) {
    this.#strategy = new TokenStrategy(
      {
        jwtFromRequest: tokenOf,
        // A KeyObject: a string would be turned into a key anew for each token.
        secretOrKeyProvider: (request, _token, done) =>
          done(null, (request as unknown as { key: KeyObject }).key as unknown as Buffer),
        algorithms: [ALGORITHM],
        audience: AUDIENCE,
        // Expiry is checked here against the injected clock, on the remembered path too.
        ignoreExpiration: true,
      },
      (claims: unknown, done: (error: null, claims: unknown) => void) => done(null, claims),
    );
  }

  /** A token for a session, good for {@link ACCESS_TOKEN_SECONDS}. Its head names the key (RFC 7515, 4.1.4). */
  sign(claims: Omit<AccessClaims, 'exp'>): string {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const payload = { ...claims, aud: AUDIENCE, iat: now, exp: now + ACCESS_TOKEN_SECONDS };
    const { id: keyid, key } = this.keys.current();
    return jwt.sign(payload, key, { algorithm: ALGORITHM, keyid });
  }

  /** The claims of a good token; null for any other. */
  verify(token: string): AccessClaims | null {
    const digest = createHash('sha256').update(token).digest('base64');
    const known = this.#known.get(digest) ?? this.#check(token);
    if (known === null || !this.keys.find(known.kid)) return null;
    if (known.claims.exp * 1000 <= this.clock.now().getTime()) return null;
    this.#known.set(digest, known);
    return known.claims;
  }

  /** The same for a token that names a key which another process has just made: looks for it first. */
  async verifyLater(token: string): Promise<AccessClaims | null> {
    const kid = kidOf(token);
    return kid !== null && (await this.keys.look(kid)) ? this.verify(token) : null;
  }

  /** Whether the token names a key that this process does not know. */
  namesUnknownKey(token: string): boolean {
    const kid = kidOf(token);
    return kid !== null && !this.keys.find(kid);
  }

  #check(token: string): KnownToken | null {
    const kid = kidOf(token);
    const key = kid === null ? undefined : this.keys.find(kid);
    if (kid === null || !key) return null;
    let verdict: unknown = null;
    // Strategies keep their verdict methods on the instance: one made for this call, over the shared settings.
    const strategy = Object.create(this.#strategy) as TokenStrategy;
    strategy.success = (claims) => (verdict = claims);
    strategy.fail = () => undefined;
    strategy.error = () => undefined;
    strategy.authenticate({ token, key } as never);
    const { sub, sid, org, exp } = (verdict ?? {}) as Partial<AccessClaims>;
    return isId(sub) && isId(sid) && isId(org) && Number.isInteger(exp)
      ? { claims: { sub, sid, org, exp: exp! }, kid }
      : null;
  }
}

/** The key that the head of a token names; null when it names none of ours. Says nothing of whether it is good. */
function kidOf(token: string): string | null {
  const end = token.indexOf('.');
  if (end < 1 || end > LONGEST_HEAD) return null;
  try {
    const head = JSON.parse(Buffer.from(token.slice(0, end), 'base64url').toString()) as {
      kid?: unknown;
    } | null;
    return isId(head?.kid) ? head.kid : null;
  } catch {
    return null;
  }
}
