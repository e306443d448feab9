import { AllowedNetworks } from './allowed-networks.js';
import type { Environment } from './api-key-secret.js';

/** How far a key reaches, beside its scopes. */
export interface KeyBounds {
  environment: Environment;
  /** Never, when null. */
  expiresAt: Date | null;
  /** Anywhere, when empty. */
  allowedNetworks: string[];
}

/**
 * In what `wanted` reaches further than `maker`: nothing for a program that makes a key as narrow as its own. Without
 * this rule a key could free itself of its expiry and its allow-list by making another.
 */
export function widerThan(wanted: KeyBounds, maker: KeyBounds): (keyof KeyBounds)[] {
  const networks = new AllowedNetworks(maker.allowedNetworks);
  const wider: (keyof KeyBounds)[] = [];
  if (maker.environment === 'test' && wanted.environment !== 'test') wider.push('environment');
  if (maker.expiresAt && (!wanted.expiresAt || wanted.expiresAt > maker.expiresAt))
    wider.push('expiresAt');
  const isInside =
    wanted.allowedNetworks.length > 0 && wanted.allowedNetworks.every((n) => networks.covers(n));
  if (!networks.isAnywhere && !isInside) wider.push('allowedNetworks');
  return wider;
}
