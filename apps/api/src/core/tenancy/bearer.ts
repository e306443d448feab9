import type { Principal } from './principal.js';

/** What is known of a request before the guard looks at it. */
export interface PresentedCredential {
  /** Who it is from, when that was found out in this very moment; null when its credential is not good. */
  presented?: Principal | null;
}

/** The token of an `Authorization: Bearer` header (RFC 6750, 2.1), or null. */
export function bearer(header: string | undefined): string | null {
  const match =
    header === undefined ? null : /^Bearer +([A-Za-z0-9._~+/=-]{1,4096})$/i.exec(header);
  return match ? match[1]! : null;
}
