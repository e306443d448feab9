import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

/** What a derived key is for. Two purposes never share a key. */
export type SecretPurpose =
  | 'refresh-token'
  | 'mail-address'
  | 'account-link'
  | 'invitation'
  | 'known-device'
  | 'recovery-code'
  | 'sign-in-challenge'
  | 'account-hash'
  | 'file-link'
  | 'notification-link'
  | 'erasure-certificate'
  | `sealed:${'kept-answer' | 'signing-key' | 'totp' | 'staff-totp' | 'sso-client' | 'webhook'}`
  | `database-role:${string}`;

/**
 * Every key of the product, derived from `MANYDESK_SECRET` by HKDF-SHA256 (RFC 5869) with the purpose as its
 * info, so that an operator keeps one secret and a leaked key opens one door.
 */
export class Secrets {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** 32 bytes for `purpose`. */
  bytes(purpose: SecretPurpose): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#root, 'manydesk', purpose, 32));
  }

  /** The same as a key object, which node:crypto and jsonwebtoken use without hashing it anew each time. */
  key(purpose: SecretPurpose): KeyObject {
    return createSecretKey(this.bytes(purpose));
  }

  /** HMAC-SHA256 of `text` under the key of `purpose`: a token that needs to be kept nowhere. */
  tag(purpose: SecretPurpose, text: string): Buffer {
    return createHmac('sha256', this.key(purpose)).update(text).digest();
  }

  /**
   * `plain` sealed by AES-256-GCM: nonce, tag, ciphertext. `context` (the row it belongs to) is authenticated, so that
   * what was sealed for one row cannot be opened in another.
   */
  seal(
    purpose: `sealed:${string}` & SecretPurpose,
    context: string,
    plain: Buffer,
  ): Buffer<ArrayBuffer> {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key(purpose), nonce);
    cipher.setAAD(Buffer.from(context));
    const text = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]) as Buffer<ArrayBuffer>;
  }

  /** What {@link seal} sealed for the same purpose and context. Throws when it was not, or was changed. */
  unseal(purpose: `sealed:${string}` & SecretPurpose, context: string, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed);
    const cipher = createDecipheriv('aes-256-gcm', this.key(purpose), bytes.subarray(0, 12), {
      authTagLength: 16,
    });
    cipher.setAAD(Buffer.from(context));
    cipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]);
  }

  /** The password of a login role that we provision ourselves: 43 URL-safe characters. */
  databasePassword(role: string): string {
    return this.bytes(`database-role:${role}`).toString('base64url');
  }

  /** Keeps the secret out of logs and dumps. */
  toJSON(): string {
    return `[secret ${createHash('sha256').update(this.#root).digest('hex').slice(0, 6)}]`;
  }
}
