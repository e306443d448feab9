import { Injectable } from '@nestjs/common';
import { Notifications } from '../database/notifications.js';
import { SystemDb } from '../database/system-db.js';
import { Log } from '../logging/log.js';
import { FEATURE_NAMES, isInShare, type FeatureName } from './feature-registry.js';
import { ToldMemory } from './told-memory.js';

/** Which features an organization has: all that was ever said about features is a few rows. */
@Injectable()
export class Features extends ToldMemory {
  #shares = new Map<string, number>();
  #overrides = new Map<string, boolean>();

  constructor(
    private readonly system: SystemDb,
    notifications: Notifications,
    log: Log,
  ) {
    super(notifications, log, { channel: 'features', failure: 'feature.not_read' });
  }

  /** Whether the organization has the feature: as was said of it alone, else by its place in the share of all. */
  isOn(feature: FeatureName, organizationId: string): boolean {
    const override = this.#overrides.get(`${organizationId} ${feature}`);
    return override ?? isInShare(feature, organizationId, this.#shares.get(feature) ?? 100);
  }

  /** The features that the organization has. */
  of(organizationId: string): FeatureName[] {
    return FEATURE_NAMES.filter((feature) => this.isOn(feature, organizationId));
  }

  protected async read(): Promise<void> {
    const { feature, featureOverride } = this.system.client;
    const [shares, overrides] = await Promise.all([
      feature.findMany({ select: { name: true, percentage: true } }),
      featureOverride.findMany({ select: { organizationId: true, feature: true, isOn: true } }),
    ]);
    this.#shares = new Map(shares.map(({ name, percentage }) => [name, percentage]));
    this.#overrides = new Map(
      overrides.map((row) => [`${row.organizationId} ${row.feature}`, row.isOn]),
    );
  }
}
