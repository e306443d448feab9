import { hash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** What a secret says of itself before anything else: `md_live_` or `md_test_`. */
export const ENVIRONMENTS = ['live', 'test'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
const PREFIX_LENGTH = 'md_live_'.length;
/** 62^36 is more than 2^214: beyond guessing. */
const RANDOM_LENGTH = 36;
/** 62^6 is more than 2^32: room for a CRC-32. */
const CHECKSUM_LENGTH = 6;
const FORM = new RegExp(
  `^md_(?:${ENVIRONMENTS.join('|')})_[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`,
);

export interface NewSecret {
  secret: string;
  prefix: string;
  hash: Buffer<ArrayBuffer>;
}

/** A new secret, its public beginning, and the hash that is stored. The secret is shown once and kept nowhere. */
export function newApiKeySecret(environment: Environment = 'live'): NewSecret {
  const random = Array.from(
    { length: RANDOM_LENGTH },
    () => ALPHABET[randomInt(ALPHABET.length)],
  ).join('');
  const secret = `md_${environment}_${random}${checksumOf(random)}`;
  return { secret, prefix: secret.slice(0, PREFIX_LENGTH + 4), hash: hashApiKeySecret(secret) };
}

/**
 * Whether `text` has the form and the checksum of a secret: decides without a look-up, so that a scanner can tell
 * a fake offline and a flood of guesses costs no database.
 */
export function looksLikeApiKey(text: string): boolean {
  if (!FORM.test(text)) return false;
  const random = text.slice(PREFIX_LENGTH, -CHECKSUM_LENGTH);
  return checksumOf(random) === text.slice(-CHECKSUM_LENGTH);
}

/** SHA-256: a slow hash buys nothing for a secret of 214 random bits. */
export function hashApiKeySecret(secret: string): Buffer<ArrayBuffer> {
  return hash('sha256', secret, 'buffer') as Buffer<ArrayBuffer>;
}

/** CRC-32 of the random part (as in zlib), in base 62 with the digits of {@link ALPHABET}, the highest first. */
function checksumOf(random: string): string {
  let rest = crc32(random);
  let digits = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i += 1) {
    digits = ALPHABET[rest % ALPHABET.length] + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}
