import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { ReplyToDeliver } from '#modules/tickets/ticket-intake-replies.service.js';
import { TicketIntake } from '#modules/tickets/ticket-intake.service.js';
import { MailTransport } from './mail-transport.service.js';
import type { OutboundMail } from './mime/compose-reply.js';
import { OutboundReplies } from './outbound-replies.service.js';

/** Replies on their way to requesters. One reply is one mail, whatever is tried how often. */
@Injectable()
export class OutboundMailService {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly tickets: TicketIntake,
    private readonly replies: OutboundReplies,
    private readonly transport: MailTransport,
  ) {}

  /**
   * Mails the reply `messageId` unless that was done. Between handing over and noting it a crash can send the mail
   * twice; both carry the same Message-ID, so the reader's program shows one. Throws when the server did not take it.
   */
  async deliverReply(messageId: string): Promise<void> {
    const reply = await this.replies.find(messageId);
    if (reply === null) return;
    const mail = await this.replies.compose(reply);
    const row = await this.#row(reply, mail);
    if (row.status !== 'queued') return;
    const place = { organizationId: requireOrganizationId('a mail'), id: row.id };
    try {
      await this.replies.withFiles(reply, (whole) => this.transport.send(whole, place));
    } catch (error) {
      await this.#noteFailedTry(row.id, error as Error);
      throw error;
    }
    await this.#settle(row.id, messageId, 'sent', { messageIdHeader: mail.messageId });
  }

  /** Notes that the reply could not be mailed. Quiet when it was sent or given up already. */
  async giveUp(messageId: string, reason: string): Promise<void> {
    const reply = await this.replies.find(messageId);
    const row = await this.db.client.outboundMail.findFirst({
      where: { messageId },
      select: { id: true },
    });
    if (reply === null) return;
    if (row) return this.#settle(row.id, messageId, 'failed', { reason: reason.slice(0, 500) });
    await this.db.transaction(async (tx) => {
      if (!(await this.tickets.noteDelivery(tx, messageId, 'failed', null))) return;
      this.#record('mail.failed', messageId, {
        messageId,
        to: reply.requester.email,
        reason: reason.slice(0, 500),
      });
    });
  }

  /** The mail's row, made on the first try. */
  async #row(reply: ReplyToDeliver, mail: OutboundMail): Promise<{ id: string; status: string }> {
    const { messageId, ticketId } = reply;
    const addresses = {
      fromAddress: mail.from.address,
      fromName: mail.from.name,
      toAddress: mail.to.address,
    };
    return this.db.transaction(async (tx) => {
      // Who was erased meanwhile must not be written down once more; the next try reads how it is now.
      if ((await this.replies.recipient(tx, messageId)) !== reply.requester.email)
        throw new Error('The address of the requester changed while the mail was composed.');
      await tx.outboundMail.createMany({
        data: [
          {
            id: newId(),
            ticketId,
            messageId,
            messageIdHeader: mail.messageId,
            ...addresses,
            subject: mail.subject,
            text: mail.text,
            html: mail.html ?? null,
            cc: mail.cc ?? [],
            bcc: mail.unnamed ?? [],
            createdAt: this.clock.now(),
          },
        ],
        skipDuplicates: true,
      });
      return tx.outboundMail.findFirstOrThrow({
        where: { messageId },
        select: { id: true, status: true },
      });
    });
  }

  async #noteFailedTry(id: string, error: Error): Promise<void> {
    await this.db.client.outboundMail.updateMany({
      where: { id },
      data: { attempts: { increment: 1 }, lastError: error.message.slice(0, 500) },
    });
  }

  async #settle(
    id: string,
    messageId: string,
    status: 'sent' | 'failed',
    facts: Record<string, unknown>,
  ): Promise<void> {
    const sentAt = status === 'sent' ? this.clock.now() : null;
    await this.db.transaction(async (tx) => {
      const { count } = await tx.outboundMail.updateMany({
        where: { id, status: 'queued' },
        data: {
          status,
          sentAt,
          ...(status === 'sent' ? { attempts: { increment: 1 }, lastError: null } : {}),
        },
      });
      if (count === 0) return;
      await this.tickets.noteDelivery(tx, messageId, status, sentAt);
      // As the row says now, and not as it was sent: they may have been erased meanwhile.
      const { toAddress: to } = await tx.outboundMail.findFirstOrThrow({
        where: { id },
        select: { toAddress: true },
      });
      const type = status === 'sent' ? 'mail.sent' : 'mail.failed';
      this.#record(type, id, { messageId, to, ...facts });
    });
  }

  #record(type: 'mail.sent' | 'mail.failed', id: string, data: Record<string, unknown>): void {
    this.ledger.record({ type, subject: { type: 'mail', id }, data });
  }
}
