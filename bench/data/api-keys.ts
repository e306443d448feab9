import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The secret of the one API key of the organization of `rank`, in the product's form: 36 characters and a checksum of 6. */
export function apiKeyOf(rank: number): string {
  const random = createHash('sha256').update(`benchmark ${rank}`).digest('hex').slice(0, 36);
  let rest = crc32(random);
  let checksum = '';
  for (let i = 0; i < 6; i += 1) {
    checksum = ALPHABET[rest % ALPHABET.length] + checksum;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return `md_live_${random}${checksum}`;
}

/** What the database keeps of a secret. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
