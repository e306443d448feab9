import type { Principal } from './principal.js';

/** How a credential of one of the staff begins that an organization, or two operators, let in. */
export const SUPPORT_PREFIX = 'mdsupport_';

/** Turns such a credential into a principal of that organization, who reads. The room of the accesses provides it. */
export abstract class SupportPrincipals {
  /** Gives null for one that is unknown, over or taken back; never says which. */
  abstract resolve(credential: string): Promise<Principal | null>;
}
