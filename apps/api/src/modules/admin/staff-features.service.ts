import { Injectable } from '@nestjs/common';
import { AdminDb } from '#core/database/admin-db.js';
import { wholePage, type Page } from '#core/database/page.js';
import {
  FEATURE_NAMES,
  FEATURES,
  isFeature,
  type FeatureName,
} from '#core/tenancy/feature-registry.js';
import { Features } from '#core/tenancy/features.js';
import { StaffFeatureNotFound } from './admin.exceptions.js';
import type { OrganizationFeatureDto, StaffFeatureDto } from './dto/staff-feature.dto.js';
import { StaffActs } from './staff-acts.service.js';
import { StaffOrganizations } from './staff-organizations.service.js';

/** Which features are on for whom: for a share of all organizations, and otherwise for some by name. */
@Injectable()
export class StaffFeatures {
  constructor(
    private readonly db: AdminDb,
    private readonly features: Features,
    private readonly organizations: StaffOrganizations,
    private readonly acts: StaffActs,
  ) {}

  /** Every feature that there is, with its share and how many organizations have it or not by name. */
  async list(): Promise<Page<StaffFeatureDto>> {
    const { feature, featureOverride } = this.db.client;
    const [shares, overrides] = await Promise.all([
      feature.findMany(),
      featureOverride.groupBy({ by: ['feature', 'isOn'], _count: { _all: true } }),
    ]);
    const countOf = (name: string, isOn: boolean): number =>
      overrides.find((row) => row.feature === name && row.isOn === isOn)?._count._all ?? 0;
    return wholePage(
      FEATURE_NAMES.map((name) => ({
        ...{ name, says: FEATURES[name] },
        percentage: shares.find((share) => share.name === name)?.percentage ?? 100,
        turnedOn: countOf(name, true),
        turnedOff: countOf(name, false),
      })),
    );
  }

  /** Gives the feature to a share of all organizations. Throws {@link StaffFeatureNotFound}. */
  async share(feature: string, percentage: number): Promise<Page<StaffFeatureDto>> {
    const name = known(feature);
    await this.db.transaction(async (tx) => {
      const before = await tx.feature.findFirst({ where: { name }, select: { percentage: true } });
      if ((before?.percentage ?? 100) === percentage) return;
      await tx.feature.upsert({
        where: { name },
        create: { name, percentage },
        update: { percentage },
      });
      const data = { feature: name, before: before?.percentage ?? 100, percentage };
      await this.acts.record(tx, { type: 'feature.shared', data });
    });
    await this.features.reread();
    return this.list();
  }

  /** What one organization has, and whether that was said of it by name. Throws StaffOrganizationNotFound. */
  async of(organizationId: string): Promise<Page<OrganizationFeatureDto>> {
    await this.organizations.one(organizationId);
    const { featureOverride } = this.db.client;
    const overrides = await featureOverride.findMany({ where: { organizationId } });
    return wholePage(
      FEATURE_NAMES.map((name) => ({
        ...{ name, says: FEATURES[name] },
        isOn: this.features.isOn(name, organizationId),
        isByName: overrides.some(({ feature }) => feature === name),
      })),
    );
  }

  /**
   * Turns a feature on or off for one organization by name; with null it has it by its place in the share again. Throws
   * StaffOrganizationNotFound, {@link StaffFeatureNotFound}.
   */
  async turn(
    organizationId: string,
    name: string,
    isOn: boolean | null,
  ): Promise<Page<OrganizationFeatureDto>> {
    const feature = known(name);
    await this.organizations.one(organizationId);
    const where = { organizationId, feature };
    await this.db.transaction(async (tx) => {
      const before = await tx.featureOverride.findFirst({ where, select: { isOn: true } });
      if ((before?.isOn ?? null) === isOn) return;
      await tx.featureOverride.deleteMany({ where });
      if (isOn !== null) await tx.featureOverride.createMany({ data: [{ ...where, isOn }] });
      await this.acts.record(tx, {
        type: 'feature.turned',
        organizationId,
        data: { feature, isOn },
      });
    });
    await this.features.reread();
    return this.of(organizationId);
  }
}

function known(name: string): FeatureName {
  if (!isFeature(name)) throw new StaffFeatureNotFound();
  return name;
}
