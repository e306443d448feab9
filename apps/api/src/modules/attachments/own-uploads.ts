import { currentActor } from '#core/context/context.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import {
  AttachmentInUse,
  AttachmentNotFound,
  AttachmentsTooMany,
  AttachmentTooLarge,
} from './attachments.exceptions.js';
import { attachmentSelect, toAttachmentDto } from './attachments.view.js';
import type { AttachmentDto } from './dto/attachment.dto.js';

/** Files that a message carries, and their bytes together. */
const MOST_FILES = 25;
const LARGEST_MESSAGE = 35 * 1024 * 1024;

/** Whose uploads the caller may use: their own; the product itself may use all, since it acts for somebody. */
export function uploader(): { uploadedByUserId?: string; uploadedByKeyId?: string } {
  const { type, id } = currentActor();
  if (type === 'user' && id !== null) return { uploadedByUserId: id };
  if (type === 'api_key' && id !== null) return { uploadedByKeyId: id };
  return {};
}

/**
 * Puts uploads of the caller where `place` says, inside `tx`. Gives them in the order of `ids`. Throws
 * {@link AttachmentNotFound}, {@link AttachmentInUse}, {@link AttachmentsTooMany}, {@link AttachmentTooLarge}.
 */
export async function placeUploads(
  tx: TenantClient,
  ids: readonly string[],
  place: { messageId?: string; draftId: string | null },
): Promise<AttachmentDto[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  if (wanted.length > MOST_FILES) throw new AttachmentsTooMany(MOST_FILES);
  // One statement: of two messages that want the same file one gets it and the other is told.
  const where = { id: { in: wanted }, messageId: null, ...uploader() };
  const { count } = await tx.attachment.updateMany({ where, data: place });
  if (count < wanted.length) throw await whyNotFound(tx, wanted);
  const rows = await tx.attachment.findMany({
    where: { id: { in: wanted } },
    select: attachmentSelect,
  });
  const bytes = rows.reduce((sum, { file }) => sum + Number(file.size), 0);
  if (bytes > LARGEST_MESSAGE) throw new AttachmentTooLarge(LARGEST_MESSAGE);
  const byId = new Map(rows.map((row) => [row.id, toAttachmentDto(row)]));
  return wanted.map((id) => byId.get(id)!);
}

/** Why not all of the caller's uploads were found: one of them went with a message, or is not theirs, or not there. */
export async function whyNotFound(tx: TenantClient, ids: string[]): Promise<Error> {
  const where = { id: { in: ids }, messageId: { not: null }, ...uploader() };
  return (await tx.attachment.count({ where })) > 0
    ? new AttachmentInUse()
    : new AttachmentNotFound();
}
