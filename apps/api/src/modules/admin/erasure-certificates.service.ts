import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { AdminDb } from '#core/database/admin-db.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import type { ErasureCertificateDto } from './dto/erasure-certificate.dto.js';

/** That organizations were deleted. The database writes each line in the transaction that deletes the last row. */
@Injectable()
export class ErasureCertificates {
  readonly #secrets;

  constructor(
    private readonly db: AdminDb,
    { settings }: AppConfig,
  ) {
    this.#secrets = settings.secrets;
  }

  /** All of them, the newest first. */
  async list(page: PageRequest): Promise<Page<ErasureCertificateDto>> {
    const { erasureCertificate } = this.db.client;
    const [rows, counted] = await Promise.all([
      erasureCertificate.findMany(newestFirst(page)),
      erasureCertificate.count({ take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, (row) => {
      const shown = {
        id: row.id,
        organizationId: row.organizationId,
        name: row.name,
        slug: row.slug,
        foundedAt: row.foundedAt.toISOString(),
        dueAt: row.dueAt?.toISOString() ?? null,
        createdAt: row.createdAt.toISOString(),
      };
      const signed = this.#secrets.tag('erasure-certificate', Object.values(shown).join('|'));
      return { ...shown, signature: signed.toString('hex') };
    });
  }
}
