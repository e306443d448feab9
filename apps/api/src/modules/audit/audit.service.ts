import { Injectable } from '@nestjs/common';
import { toPage, type Page, type PageRequest } from '#core/database/page.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { trailPage } from './audit.sql.js';
import { toAuditEventDto, type TrailRow } from './audit.view.js';
import type { AuditEventDto } from './dto/audit-event.dto.js';
import type { TrailFilter } from './trail.js';

/** How a place in the trail is named: its seq. */
export const SEQ_FORM = /^\d{1,16}$/;

/** Who came in, what rights were changed, and what keys did: the trail of an organization. */
@Injectable()
export class AuditService {
  constructor(private readonly db: TenantDb) {}

  /** The events of the trail that `filter` lets through, the newest first. */
  async list(filter: TrailFilter, page: PageRequest): Promise<Page<AuditEventDto>> {
    const { statement, values } = trailPage(filter, page);
    const rows = await this.db.sql<TrailRow>(statement, values);
    const placeOf = ({ seq, id }: TrailRow) => ({ key: String(seq), id });
    return toPage(rows, page, rows[0]?.counted ?? 0, placeOf, toAuditEventDto);
  }
}
