import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';

const ID_BYTES = 16;
const TAG_BYTES = 32;

/** What a token is made of: a resent invitation has another version, and so another token. */
export interface LinkedInvitation {
  organizationId: string;
  id: string;
  version: number;
  email: string;
}

/** The tokens of invitations: two ids and an HMAC, kept nowhere. */
@Injectable()
export class InvitationLinks {
  readonly #secrets;

  constructor(config: AppConfig) {
    this.#secrets = config.settings.secrets;
  }

  tokenOf(invitation: LinkedInvitation): string {
    const ids = [invitation.organizationId, invitation.id].map(bytesOf);
    return Buffer.concat([...ids, this.#tag(invitation)]).toString('base64url');
  }

  /** Which invitation `token` speaks of, still to be checked by {@link isOf}; null when it is none of ours by its form. */
  read(token: string): { organizationId: string; id: string } | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== 2 * ID_BYTES + TAG_BYTES) return null;
    return {
      organizationId: idOf(bytes.subarray(0, ID_BYTES)),
      id: idOf(bytes.subarray(ID_BYTES, 2 * ID_BYTES)),
    };
  }

  /** Whether `token` was made for `invitation` as it is now. Takes the same time whatever differs. */
  isOf(token: string, invitation: LinkedInvitation): boolean {
    const tag = Buffer.from(token, 'base64url').subarray(2 * ID_BYTES);
    return tag.length === TAG_BYTES && timingSafeEqual(tag, this.#tag(invitation));
  }

  #tag({ organizationId, id, version, email }: LinkedInvitation): Buffer {
    return this.#secrets.tag('invitation', `${organizationId}|${id}|${version}|${email}`);
  }
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function idOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
