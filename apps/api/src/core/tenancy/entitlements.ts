import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AppConfig } from '../config/config.module.js';
import { requireOrganizationId, runInContext } from '../context/context.js';
import { Notifications } from '../database/notifications.js';
import type { SystemTransaction } from '../database/prisma-client.js';
import { FEATURES, type Feature, type PlanAccess } from './entitlement-terms.js';
import { LimitReached, NoSeat, OnlyReading, Unpaid } from './entitlements.exceptions.js';
import { peopleWithoutSeat } from './entitlements.sql.js';
import type { Permission } from './permissions.js';
import type { TenantTransaction } from './tenant-client.js';
import { TenantDb } from './tenant-db.js';

/** What an organization may have and do. Null is any number. */
export interface Grant {
  readonly planId: string;
  readonly access: PlanAccess;
  readonly seats: number | null;
  readonly ticketsAMonth: number | null;
  readonly storageBytes: number | null;
  readonly callsAMinute: number | null;
  readonly features: ReadonlySet<string>;
  /** People for whom there is no seat, since the plan became smaller than the organization: they only read. */
  readonly seatless: ReadonlySet<string>;
}

const NOBODY: ReadonlySet<string> = new Set();

/** Of whoever runs this for themselves, and of an organization without a plan. */
const FREE_FOR_ALL: Grant = {
  planId: 'free-for-all',
  access: 'full',
  seats: null,
  ticketsAMonth: null,
  storageBytes: null,
  callsAMinute: null,
  features: new Set(FEATURES),
  seatless: NOBODY,
};

const grantSelect = {
  planId: true,
  access: true,
  seats: true,
  ticketsAMonth: true,
  storageBytes: true,
  callsAMinute: true,
  features: true,
} as const;

interface GrantRow {
  planId: string;
  access: string;
  seats: number | null;
  ticketsAMonth: number | null;
  storageBytes: bigint | null;
  callsAMinute: number | null;
  features: string[];
}

/** Milliseconds that a grant is trusted without looking again: the bound when a notification is lost. */
const TRUSTED_FOR = 30_000;
const MOST_ENTRIES = 20_000;

/** Rights that are used also by those who have not paid: to pay, to leave, and to see who they are. */
const NEVER_HALTED: ReadonlySet<Permission> = new Set([
  'billing:read',
  'billing:write',
  'organization:own',
  'organization:read',
  'users:read',
]);
/** A mail that is refused is lost. */
const NEVER_READ_ONLY: ReadonlySet<Permission> = new Set([...NEVER_HALTED, 'mail:write']);

/**
 * What each organization may have and do: one row of the database, kept in memory and dropped when the database tells of
 * a change. With BILLING_PROVIDER=none everybody may everything, and nothing is asked.
 */
@Injectable()
export class Entitlements implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Whether plans are sold here. */
  readonly areSold: boolean;
  readonly #grants = new LRUCache<string, Grant>({ max: MOST_ENTRIES, ttl: TRUSTED_FOR });
  /** Counts changes, so that a look that began before one does not keep what it read. */
  #changes = 0;
  #stopListening: (() => void) | undefined;

  constructor(
    private readonly db: TenantDb,
    private readonly notifications: Notifications,
    config: AppConfig,
  ) {
    this.areSold = config.settings.billing.provider !== 'none';
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.areSold) return;
    this.#stopListening = await this.notifications.listen(
      'entitlements',
      (organizationId) => this.forget(organizationId),
      () => this.#clear(),
    );
  }

  onApplicationShutdown(): void {
    this.#stopListening?.();
  }

  /** What is known in memory; undefined when it is to be asked for by {@link of}. */
  known(organizationId: string): Grant | undefined {
    if (!this.areSold) return FREE_FOR_ALL;
    return this.notifications.live ? this.#grants.get(organizationId) : undefined;
  }

  /** What an organization may have and do. */
  async of(organizationId: string): Promise<Grant> {
    const known = this.known(organizationId);
    if (known) return known;
    const changes = this.#changes;
    const context = { requestId: 'entitlements', organizationId };
    const grant = await runInContext(context, () => this.#read());
    if (changes === this.#changes) this.#grants.set(organizationId, grant);
    return grant;
  }

  async #read(): Promise<Grant> {
    const row = await this.db.client.organizationEntitlement.findFirst({ select: grantSelect });
    const grant = toGrant(row);
    if (grant.seats === null) return grant;
    const people = await this.db.sql<{ id: string }>(peopleWithoutSeat, [grant.seats]);
    return { ...grant, seatless: new Set(people.map(({ id }) => id)) };
  }

  /** What the organization in context may have and do. */
  own(): Promise<Grant> {
    return this.of(requireOrganizationId('what a plan lets have'));
  }

  /** The same as it stands in `tx`: for whoever counts and writes with the organization held. */
  async within(tx: SystemTransaction, organizationId: string): Promise<Grant> {
    if (!this.areSold) return FREE_FOR_ALL;
    const where = { organizationId };
    return toGrant(await tx.organizationEntitlement.findFirst({ where, select: grantSelect }));
  }

  /** The same in a transaction of the organization in context. */
  async ownWithin(tx: TenantTransaction): Promise<Grant> {
    if (!this.areSold) return FREE_FOR_ALL;
    return toGrant(await tx.organizationEntitlement.findFirst({ select: grantSelect }));
  }

  /** Forgets what is known of an organization: whoever changed it asks this process next. */
  forget(organizationId: string): void {
    this.#changes += 1;
    this.#grants.delete(organizationId);
  }

  #clear(): void {
    this.#changes += 1;
    this.#grants.clear();
  }
}

/**
 * Throws {@link LimitReached} when `grant` has no such thing. Of the grant as it stands in the transaction that makes the
 * thing: what this process knows may be of a plan that became smaller a moment ago.
 */
export function requireFeature({ features }: Grant, feature: Feature): void {
  if (!features.has(feature)) throw new LimitReached(feature, 0, 0);
}

/**
 * Throws {@link OnlyReading}, {@link Unpaid} or {@link NoSeat} when `grant` does not let `permission` be used by the one
 * with the id `by`, to read or to write.
 */
export function requireAccess(
  grant: Grant,
  permission: Permission,
  isReading: boolean,
  by: string,
): void {
  const { access, seatless } = grant;
  if (seatless.has(by) && !isReading && !NEVER_HALTED.has(permission)) throw new NoSeat();
  if (access === 'full') return;
  if (access === 'suspended' && !NEVER_HALTED.has(permission)) throw new Unpaid();
  if (!isReading && !NEVER_READ_ONLY.has(permission)) throw new OnlyReading();
}

function toGrant(row: GrantRow | null): Grant {
  if (!row) return FREE_FOR_ALL;
  return {
    ...row,
    access: row.access as PlanAccess,
    storageBytes: row.storageBytes === null ? null : Number(row.storageBytes),
    features: new Set(row.features),
    seatless: NOBODY,
  };
}
