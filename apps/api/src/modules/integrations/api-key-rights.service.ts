import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import type { Principal } from '#core/tenancy/principal.js';
import { networkOf } from './allowed-networks.js';
import { widerThan, type KeyBounds } from './api-key-bounds.js';
import { ApiKeyPrincipals } from './api-key-principals.service.js';
import type { Environment } from './api-key-secret.js';
import { ScopeNotHeld, WiderThanMaker } from './integrations.exceptions.js';

const A_DAY = 24 * 3_600_000;
/** A key that is made to try something is forgotten; it ends by itself. */
const LONGEST_TEST = 30 * A_DAY;

/** A year of five digits is written in another form. */
const THE_END = Date.parse('9999-12-31T23:59:59.999Z');

/** What somebody may make of a key. */
@Injectable()
export class ApiKeyRights {
  constructor(
    private readonly principals: ApiKeyPrincipals,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws {@link ScopeNotHeld} when `scopes` hold something that `by` does not have, and {@link WiderThanMaker} when
   * `by` is a program and the key would reach further than its own.
   */
  require(by: Principal, scopes: readonly string[], bounds: KeyBounds): void {
    const held: ReadonlySet<string> = by.permissions;
    const missing = [...new Set(scopes)].filter((scope) => !held.has(scope));
    if (missing.length > 0) throw new ScopeNotHeld(missing);
    const own = this.principals.presentedBy(by.actor);
    const wider = own === null ? [] : widerThan(bounds, own.bounds);
    if (wider.length > 0) throw new WiderThanMaker(wider);
  }

  /**
   * The membership that a secret is issued to: of the person who asks, or of whoever was shown the secret of the
   * program that asks. So nobody keeps a way in by having a key make them another.
   */
  holderOf(by: Principal): string | null {
    if (by.actor.type === 'user') return by.actor.id;
    return this.principals.presentedBy(by.actor)?.issuedToId ?? null;
  }

  /** When a key ends that is to end at `wanted`. Throws ValidationFailed for the past and, for a test key, beyond 30 days. */
  expiryOf(wanted: string | null, environment: Environment): Date | null {
    const now = this.clock.now();
    const latest = new Date(now.getTime() + LONGEST_TEST);
    if (wanted === null) return environment === 'test' ? latest : null;
    const expiresAt = new Date(wanted);
    // ISO 8601 has weeks and days of the year too, which no program of ours reads.
    if (!(expiresAt.getTime() < THE_END)) throw wrongExpiry('is no date and time that can be kept');
    if (expiresAt <= now) throw wrongExpiry('must be in the future');
    if (environment === 'test' && expiresAt > latest)
      throw wrongExpiry('must be within 30 days, because it is a test key');
    return expiresAt;
  }
}

/** The blocks in the form in which they are kept, each once. Throws ValidationFailed that names those that are none. */
export function networksOf(texts: readonly string[]): string[] {
  const networks = texts.map((text) => networkOf(text.trim()));
  const wrong = networks.flatMap((network, at) =>
    network === null
      ? [{ field: `allowedNetworks.${at}`, problem: 'is no address and no CIDR block' }]
      : [],
  );
  if (wrong.length > 0) throw new ValidationFailed(wrong);
  return [...new Set(networks as string[])];
}

function wrongExpiry(problem: string): ValidationFailed {
  return new ValidationFailed([{ field: 'expiresAt', problem }]);
}
