import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import type { Secrets } from '#core/config/secrets.js';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import type { StandingActor } from '#core/tenancy/actor-rights.js';
import { SupportReadsOnly } from '#core/tenancy/access.exceptions.js';
import type { Principal } from '#core/tenancy/principal.js';
import type { FileLinkDto } from './dto/attachment.dto.js';
import { FileLinkDead } from './attachments.exceptions.js';

/** Milliseconds that a link is good for: long enough to begin a download, too short to be passed around. */
export const LINK_LIFE = 5 * 60_000;
/** Bytes of a name inside a link: with all else it must fit into one part of a path. */
const LONGEST_NAME = 200;
const ID_BYTES = 16;
/** Kind, asker and rights, end of life; organization, thing, asker, their session. */
const FLAG_BYTES = 3;
const HEADER_BYTES = FLAG_BYTES + 6 + 4 * ID_BYTES;
const TAG_BYTES = 32;
const KINDS = ['attachment', 'file'] as const;
const ASKERS = ['user', 'api_key'] as const;
const RIGHTS = ['tickets:read', 'notes:read', 'tickets:export', 'organization:export'] as const;
const NO_SESSION = '00000000-0000-0000-0000-000000000000';

/** What a link leads to. `name` is that of a file that is no attachment. */
export interface LinkTarget {
  kind: (typeof KINDS)[number];
  organizationId: string;
  id: string;
  name: string;
  /** Who asked for it. */
  by: StandingActor;
  /** What they needed for it, and must still have when it is followed. */
  needs: LinkRight[];
}

type LinkRight = (typeof RIGHTS)[number];

/** What the caller has found, and what they needed for it. */
export interface NewLink {
  kind: LinkTarget['kind'];
  id: string;
  needs: readonly LinkRight[];
  name?: string;
}

/**
 * Links that carry their own right: organization, thing, asker and end of life, signed. Made only by who has looked the
 * thing up in the organization in context; looked up there once more when they are followed, and good only while the
 * asker has what they needed for it.
 */
@Injectable()
export class FileLinks {
  readonly #secrets: Secrets;

  constructor(
    private readonly clock: Clock,
    { settings }: AppConfig,
  ) {
    this.#secrets = settings.secrets;
  }

  /** A link to what the caller has just found in the organization in context. Throws SupportReadsOnly for staff. */
  to({ actor, sessionId }: Principal, { kind, id, needs, name = '' }: NewLink): FileLinkDto {
    // A link outlives the moment in which staff may look, and nobody would know of what it shows.
    if (actor.type === 'staff') throw new SupportReadsOnly();
    const expires = this.clock.now().getTime() + LINK_LIFE;
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt8(KINDS.indexOf(kind), 0);
    header.writeUInt8(ASKERS.indexOf(actor.type), 1);
    header.writeUInt8(bitsOf(needs), 2);
    header.writeUIntBE(expires, FLAG_BYTES, 6);
    const ids = [requireOrganizationId('a link'), id, actor.id, sessionId ?? NO_SESSION];
    header.write(ids.map(hexOf).join(''), FLAG_BYTES + 6, 'hex');
    const body = Buffer.concat([header, Buffer.from(name.slice(0, LONGEST_NAME / 4))]);
    const token = Buffer.concat([this.#tag(body), body]).toString('base64url');
    return { url: `/api/v1/files/${token}`, expiresAt: new Date(expires).toISOString() };
  }

  /** What `token` leads to. Throws {@link FileLinkDead}. */
  read(token: string): LinkTarget {
    const bytes = Buffer.from(token, 'base64url');
    const [tag, body] = [bytes.subarray(0, TAG_BYTES), bytes.subarray(TAG_BYTES)];
    // Spelled in one way only: what decodes to the same bytes is not the same link.
    const isOurs =
      body.length >= HEADER_BYTES &&
      bytes.toString('base64url') === token &&
      timingSafeEqual(tag, this.#tag(body));
    if (!isOurs || body.readUIntBE(FLAG_BYTES, 6) <= this.clock.now().getTime())
      throw new FileLinkDead();
    const [organizationId, id, actorId, session] = [0, 1, 2, 3].map((at) => idAt(body, at));
    const sessionId = session === NO_SESSION ? null : session!;
    return {
      kind: KINDS[body.readUInt8(0) as 0 | 1],
      organizationId: organizationId!,
      id: id!,
      name: body.subarray(HEADER_BYTES).toString('utf8'),
      by: { type: ASKERS[body.readUInt8(1) as 0 | 1], id: actorId!, sessionId },
      needs: RIGHTS.filter((right) => (body.readUInt8(2) & bitsOf([right])) > 0),
    };
  }

  #tag(body: Buffer): Buffer {
    return this.#secrets.tag('file-link', body.toString('base64url'));
  }
}

function hexOf(id: string): string {
  return id.replaceAll('-', '');
}

function bitsOf(rights: readonly LinkRight[]): number {
  return rights.reduce((bits, right) => bits | (1 << RIGHTS.indexOf(right)), 0);
}

/** The id that stands at place `at` of the header. */
function idAt(body: Buffer, at: number): string {
  const start = FLAG_BYTES + 6 + at * ID_BYTES;
  const hex = body.subarray(start, start + ID_BYTES).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
