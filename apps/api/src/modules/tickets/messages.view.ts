import type { AttachmentDto } from '#modules/attachments/dto/attachment.dto.js';
import type { MessageDto } from './dto/message.dto.js';
import { iso } from './tickets.view.js';

/** What of a message leaves the room, as a statement of `messages.sql.ts` reads it. */
export interface MessageRow {
  id: string;
  ticketId: string;
  kind: string;
  channel: string;
  authorUserId: string | null;
  authorRequesterId: string | null;
  authorApiKeyId: string | null;
  authorName: string;
  body: string;
  html: string | null;
  quote: string | null;
  cc: string[];
  bcc: string[];
  attachmentCount: number;
  originId: string | null;
  /** Absent where the message was just written: it comes from nowhere else. */
  originNumber?: number | null;
  mentioned?: { id: string; name: string }[] | null;
  deliveryStatus: string | null;
  deliveredAt: string | null;
  createdAt: string;
}

export function toMessageDto(row: MessageRow, attachments: AttachmentDto[] = []): MessageDto {
  const { originId, originNumber = null } = row;
  return {
    id: row.id,
    ticketId: row.ticketId,
    kind: row.kind,
    channel: row.channel,
    author: authorOf(row),
    body: row.body,
    html: row.html,
    quote: row.quote,
    cc: row.cc,
    bcc: row.bcc,
    mentions: row.mentioned ?? [],
    attachments,
    originTicket:
      originId === null || originNumber === null ? null : { id: originId, number: originNumber },
    delivery:
      row.deliveryStatus === null
        ? null
        : {
            status: row.deliveryStatus,
            sentAt: row.deliveredAt === null ? null : iso(row.deliveredAt),
          },
    createdAt: iso(row.createdAt),
  };
}

/** Exactly one of the three is set: the table checks it. */
function authorOf(row: MessageRow): MessageDto['author'] {
  if (row.authorUserId !== null)
    return { type: 'user', id: row.authorUserId, name: row.authorName };
  if (row.authorApiKeyId !== null)
    return { type: 'api_key', id: row.authorApiKeyId, name: row.authorName };
  return { type: 'requester', id: row.authorRequesterId!, name: row.authorName };
}
