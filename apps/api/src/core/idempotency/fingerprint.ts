import { createHash } from 'node:crypto';
import { canonicalJson } from '../ledger/canonical-json.js';

/** What makes two requests the same: SHA-256 of method, URL and body, however its members are ordered. */
export function fingerprintOf(method: string, url: string, body: unknown): Buffer {
  const hash = createHash('sha256').update(`${method} ${url}\n`);
  if (Buffer.isBuffer(body)) hash.update(body);
  else if (body !== undefined) hash.update(canonicalJson(body));
  return hash.digest();
}
