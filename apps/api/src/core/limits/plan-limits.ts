import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AppConfig } from '../config/config.module.js';
import { Entitlements, type Grant } from '../tenancy/entitlements.js';

/** How much an organization may ask for. Zero takes the limit away. */
export interface OrganizationLimits {
  /** What all callers of the organization may cost together in a minute; an ordinary call costs 1. */
  readonly perMinute: number;
  /** What one person, or one API key, may cost in a minute. */
  readonly perCallerPerMinute: number;
  /** Calls of the organization that one process answers at the same time. */
  readonly concurrent: number;
}

/** What an organization's plan lets it ask for. Asked for every call, so it answers at once and from memory. */
export abstract class PlanLimits {
  abstract of(organizationId: string): OrganizationLimits;
}

const MOST_KEPT = 20_000;

/**
 * What the operator set, and instead of what an organization may ask for in a minute what its plan says. An organization
 * whose plan is not in memory yet has the operator's; its first call brings it there.
 */
@Injectable()
export class OperatorLimits extends PlanLimits {
  readonly #limits: OrganizationLimits;
  /** One object for each plan that is known: whoever holds it sees by it that nothing has changed. */
  readonly #ofGrant = new LRUCache<Grant, OrganizationLimits>({ max: MOST_KEPT });

  constructor(
    config: AppConfig,
    private readonly entitlements: Entitlements,
  ) {
    super();
    this.#limits = config.settings.limits;
  }

  of(organizationId: string): OrganizationLimits {
    if (!this.entitlements.areSold) return this.#limits;
    const grant = this.entitlements.known(organizationId);
    if (grant === undefined || grant.callsAMinute === null) return this.#limits;
    const kept = this.#ofGrant.get(grant);
    if (kept) return kept;
    const limits = { ...this.#limits, perMinute: grant.callsAMinute };
    this.#ofGrant.set(grant, limits);
    return limits;
  }
}
