import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import type { Page, PageRequest } from '#core/database/page.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { countAlone } from '#core/tenancy/limit-lock.js';
import type { Principal } from '#core/tenancy/principal.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { FileLinkDto } from '#modules/attachments/dto/attachment.dto.js';
import { FileLinks } from '#modules/attachments/file-links.service.js';
import {
  ArchiveExpired,
  ArchiveNotFound,
  ArchiveNotReady,
  TooManyArchives,
} from './archives.exceptions.js';
import { ARCHIVE, toArchiveDto } from './archives.view.js';
import type { ArchiveDto } from './dto/archive.dto.js';
import { ExportRows } from './export-rows.service.js';
import { askedBy, exportSelect, isExpired, UNDER_WAY, type ExportRow } from './exports.view.js';

/** Archives of an organization that are kept. */
const MOST_KEPT = 3;

/** The whole organization as a file, for who owns it. Written in the background: `archive-making.service.ts`. */
@Injectable()
export class Archives {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly links: FileLinks,
    private readonly rows: ExportRows,
  ) {}

  /** Asks for an archive. Throws {@link TooManyArchives}. */
  async request({ actor }: Principal): Promise<ArchiveDto> {
    const now = this.clock.now();
    const data = {
      ...{ ...ARCHIVE, id: newId(), format: 'tar', parameters: {}, createdAt: now },
      ...askedBy(actor),
    };
    const row = await this.db.transaction(async (tx) => {
      await countAlone(tx, 'exports');
      const underWay = { ...ARCHIVE, status: UNDER_WAY };
      const kept = { ...ARCHIVE, status: 'done', expiresAt: { gt: now } };
      const isFull =
        (await tx.export.count({ where: underWay, take: 1 })) > 0 ||
        (await tx.export.count({ where: kept, take: MOST_KEPT })) === MOST_KEPT;
      if (isFull) throw new TooManyArchives(MOST_KEPT);
      await tx.export.createMany({ data: [data] });
      this.ledger.record({
        type: 'organization.archive_requested',
        subject: { type: 'organization', id: requireOrganizationId('an archive') },
        data: { archiveId: data.id },
      });
      return tx.export.findFirstOrThrow({ where: { id: data.id }, select: exportSelect });
    });
    return toArchiveDto(row, now);
  }

  /** The archives, the newest first. */
  list(page: PageRequest): Promise<Page<ArchiveDto>> {
    return this.rows.page(ARCHIVE, page, toArchiveDto);
  }

  /** One archive. Throws {@link ArchiveNotFound}. */
  async get(id: string): Promise<ArchiveDto> {
    return toArchiveDto(await this.#find(id), this.clock.now());
  }

  /** A link to the file. Throws {@link ArchiveNotFound}, {@link ArchiveNotReady}, {@link ArchiveExpired}. */
  async link(by: Principal, id: string): Promise<FileLinkDto> {
    const row = await this.#find(id);
    if (isExpired(row, this.clock.now())) throw new ArchiveExpired();
    if (row.status !== 'done' || row.fileId === null) throw new ArchiveNotReady(row.status);
    const name = `organization-${row.createdAt.toISOString().slice(0, 10)}.tar`;
    return this.links.to(by, {
      kind: 'file',
      id: row.fileId,
      needs: ['organization:export'],
      name,
    });
  }

  async #find(id: string): Promise<ExportRow> {
    const row = await this.rows.find(ARCHIVE, id);
    if (!row) throw new ArchiveNotFound();
    return row;
  }
}
