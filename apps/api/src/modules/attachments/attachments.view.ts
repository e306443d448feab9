import type { AttachmentDto } from './dto/attachment.dto.js';

/** What of an attachment leaves the room. */
export const attachmentSelect = {
  id: true,
  name: true,
  contentId: true,
  inline: true,
  file: { select: { mediaType: true, size: true } },
} as const;

export interface AttachmentRow {
  id: string;
  name: string;
  contentId: string | null;
  inline: boolean;
  file: { mediaType: string; size: bigint };
}

export function toAttachmentDto({
  id,
  name,
  contentId,
  inline,
  file,
}: AttachmentRow): AttachmentDto {
  return { id, name, mediaType: file.mediaType, size: Number(file.size), inline, contentId };
}
