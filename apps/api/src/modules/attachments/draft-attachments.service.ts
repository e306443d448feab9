import { Injectable } from '@nestjs/common';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { attachmentSelect, toAttachmentDto } from './attachments.view.js';
import type { AttachmentDto } from './dto/attachment.dto.js';
import { placeUploads } from './own-uploads.js';

/** Uploads that wait in a draft. They are kept for as long as the draft is. */
@Injectable()
export class DraftAttachments {
  constructor(private readonly db: TenantDb) {}

  /**
   * Keeps these uploads of the caller, and no others, for their draft, inside `tx`. Throws AttachmentNotFound,
   * AttachmentInUse, AttachmentsTooMany, AttachmentTooLarge.
   */
  async hold(tx: TenantClient, draftId: string, ids: readonly string[]): Promise<AttachmentDto[]> {
    await tx.attachment.updateMany({
      where: { draftId, id: { notIn: [...ids] } },
      data: { draftId: null },
    });
    return placeUploads(tx, ids, { draftId });
  }

  /** What a draft holds, inside `tx`. */
  async held(tx: TenantClient, draftId: string): Promise<AttachmentDto[]> {
    const rows = await tx.attachment.findMany({
      where: { draftId },
      select: attachmentSelect,
      orderBy: { id: 'asc' },
    });
    return rows.map(toAttachmentDto);
  }

  /** What drafts hold, by the id of each. Nothing stands under a draft that holds none. */
  async of(draftIds: readonly string[]): Promise<Map<string, AttachmentDto[]>> {
    const rows = await this.db.client.attachment.findMany({
      where: { draftId: { in: [...draftIds] } },
      select: { ...attachmentSelect, draftId: true },
      orderBy: { id: 'asc' },
    });
    const byDraft = Map.groupBy(rows, ({ draftId }) => draftId!);
    return new Map([...byDraft].map(([id, group]) => [id, group.map(toAttachmentDto)]));
  }
}
