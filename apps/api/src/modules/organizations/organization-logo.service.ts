import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { LogoNotFound, LogoTooLarge, LogoTypeWrong } from './organizations.exceptions.js';
import { pictureType } from './picture-type.js';

const MOST_BYTES = 256 * 1024;

export interface Logo {
  bytes: Buffer;
  type: string;
  /** SHA-256 of the bytes: the same picture is the same everywhere. */
  digest: string;
}

/** The picture that stands for the organization in context. */
@Injectable()
export class OrganizationLogo {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  async exists(): Promise<boolean> {
    return (await this.db.client.organizationLogo.count()) > 0;
  }

  /** Throws LogoNotFound. */
  async get(): Promise<Logo> {
    const row = await this.db.client.organizationLogo.findFirst({
      select: { bytes: true, mediaType: true, digest: true },
    });
    if (!row) throw new LogoNotFound();
    return { bytes: Buffer.from(row.bytes), type: row.mediaType, digest: row.digest };
  }

  /** Takes the picture in the place of the one before. Throws LogoTypeWrong by what it is, LogoTooLarge. */
  async put(bytes: Buffer<ArrayBuffer>): Promise<void> {
    if (bytes.length > MOST_BYTES) throw new LogoTooLarge(MOST_BYTES);
    const mediaType = pictureType(bytes);
    if (mediaType === null) throw new LogoTypeWrong();
    const digest = createHash('sha256').update(bytes).digest('hex');
    await this.#replace(digest, async (tx) => {
      await tx.organizationLogo.create({
        data: { mediaType, bytes, digest, updatedAt: this.clock.now() },
        select: { digest: true },
      });
    });
  }

  /** Takes it away. Quiet when there is none. */
  async remove(): Promise<void> {
    await this.#replace(null, () => Promise.resolve());
  }

  async #replace(digest: string | null, write: (tx: TenantClient) => Promise<void>): Promise<void> {
    const id = requireOrganizationId('the logo');
    await this.db.transaction(async (tx) => {
      const before = await tx.organizationLogo.findFirst({ select: { digest: true } });
      const old = before?.digest ?? null;
      if (old === digest) return;
      await tx.organizationLogo.deleteMany({});
      await write(tx);
      this.ledger.record({
        type: 'organization.updated',
        subject: { type: 'organization', id },
        data: {},
        changes: { logo: [old, digest] },
      });
    });
  }
}
