import { createHash } from 'node:crypto';
import { SetMetadata } from '@nestjs/common';

/** Every feature that staff can turn on and off, with what goes away without it. All are on until somebody says otherwise. */
export const FEATURES = {
  mcp: 'Language models work at the desk by the Model Context Protocol.',
  presence: 'People see who else has a ticket open, and who is typing.',
} as const;

export type FeatureName = keyof typeof FEATURES;

export const FEATURE_NAMES = Object.keys(FEATURES) as FeatureName[];

export function isFeature(name: string): name is FeatureName {
  return Object.hasOwn(FEATURES, name);
}

/**
 * Whether `organizationId` is in the first `percentage` of a hundred for `feature`. Always the same answer for the same
 * three: a larger share adds organizations and drops none, and who is early for one feature is not so for the next.
 */
export function isInShare(feature: string, organizationId: string, percentage: number): boolean {
  const place = createHash('sha256').update(`${feature}:${organizationId}`).digest().readUInt32BE();
  return place / 2 ** 32 < percentage / 100;
}

export const ROUTE_FEATURE = 'manydesk:route-feature';

/** The route, or each of the controller, answers organizations that have `feature` and no other. */
export function BehindFeature(feature: FeatureName): MethodDecorator & ClassDecorator {
  return SetMetadata(ROUTE_FEATURE, feature);
}
