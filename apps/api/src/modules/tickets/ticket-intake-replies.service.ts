import { Injectable } from '@nestjs/common';
import { preparedStatement } from '#core/database/prepared-statement.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';

/** What is needed to mail a reply. */
export interface ReplyToDeliver {
  messageId: string;
  ticketId: string;
  ticketNumber: number;
  subject: string;
  requester: { email: string; name: string };
  /** Who gets a copy, seen by all; and unseen. */
  cc: string[];
  bcc: string[];
  authorName: string;
  body: string;
  html: string | null;
  attachmentCount: number;
  createdAt: Date;
  /** The mails of the conversation before it, the oldest first: received ones by their Message-ID, replies by their own id. */
  earlier: { messageId: string; mailMessageId: string | null }[];
}

const MOST_EARLIER = 20;
const asker = { requesterEmail: true, requesterName: true } as const;

const replySelect = {
  ...{ id: true, authorName: true, body: true, html: true, cc: true, bcc: true },
  ...{ attachmentCount: true, createdAt: true },
  ticket: { select: { id: true, number: true, subject: true, ...asker } },
  // A merge may have carried it off before it was mailed: it is still for whom it was written.
  origin: { select: asker },
} as const;

/** Whom the reply $1 is for. Nobody changes or erases them until the end of the transaction. */
const heldRecipient = preparedStatement(
  'ticket_reply_recipient',
  `select r.email from messages m join tickets t on t.id = coalesce(m.origin_id, m.ticket_id)
     join requesters r on r.id = t.requester_id
   where m.id = $1::uuid for share of r`,
);

/** Replies as the mail channel reads them. */
@Injectable()
export class TicketReplies {
  constructor(private readonly db: TenantDb) {}

  /** What is needed to mail the reply `messageId`; null when there is no such reply. */
  async toDeliver(messageId: string): Promise<ReplyToDeliver | null> {
    const message = await this.db.client.message.findFirst({
      where: { id: messageId, kind: 'reply' },
      select: replySelect,
    });
    if (!message) return null;
    const { id, ticket, origin, ...said } = message;
    const { requesterEmail: email, requesterName: name } = origin ?? ticket;
    return {
      ...said,
      messageId: id,
      ticketId: ticket.id,
      ticketNumber: ticket.number,
      subject: ticket.subject,
      requester: { email, name },
      earlier: await this.#earlier(ticket.id, messageId, message.createdAt),
    };
  }

  /** The address that the reply `messageId` goes to, held inside `tx`; null when there is no such reply. */
  async recipient(tx: TenantTransaction, messageId: string): Promise<string | null> {
    const [row] = await tx.sql<{ email: string }>(heldRecipient, [messageId]);
    return row?.email ?? null;
  }

  async #earlier(
    ticketId: string,
    messageId: string,
    createdAt: Date,
  ): Promise<ReplyToDeliver['earlier']> {
    const mails = await this.db.client.message.findMany({
      where: {
        ticketId,
        id: { not: messageId },
        createdAt: { lte: createdAt },
        OR: [{ mailMessageId: { not: null } }, { kind: 'reply' }],
      },
      select: { id: true, mailMessageId: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: MOST_EARLIER,
    });
    return mails
      .map((mail) => ({ messageId: mail.id, mailMessageId: mail.mailMessageId }))
      .toReversed();
  }
}
