import { Injectable } from '@nestjs/common';
import { PermanentFailure } from '#core/jobs/job-contract.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { Attachments } from '#modules/attachments/attachments.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import {
  TicketReplies,
  type ReplyToDeliver,
} from '#modules/tickets/ticket-intake-replies.service.js';
import { MailSigner } from './mail-signer.js';
import {
  composeReply,
  UnsendableAddress,
  type FileToSend,
  type OutboundMail,
} from './mime/compose-reply.js';

/** Replies as the mails that they become. */
@Injectable()
export class OutboundReplies {
  constructor(
    private readonly replies: TicketReplies,
    private readonly organizations: OrganizationsService,
    private readonly attachments: Attachments,
    private readonly signer: MailSigner,
  ) {}

  /** The reply `messageId`; null when there is no such reply. */
  find(messageId: string): Promise<ReplyToDeliver | null> {
    return this.replies.toDeliver(messageId);
  }

  /** The address that the reply goes to now, held inside `tx`. */
  recipient(tx: TenantTransaction, messageId: string): Promise<string | null> {
    return this.replies.recipient(tx, messageId);
  }

  /** The mail without its files. Throws {@link PermanentFailure} when its requester cannot be written to. */
  compose(reply: ReplyToDeliver): Promise<OutboundMail> {
    return this.#compose(reply, []);
  }

  /** Runs `send` with the whole mail. Its files are read while it is sent, and closed whatever became of it. */
  async withFiles(
    reply: ReplyToDeliver,
    send: (mail: OutboundMail) => Promise<void>,
  ): Promise<void> {
    const files: FileToSend[] = [];
    try {
      if (reply.attachmentCount > 0)
        for (const { open, ...file } of await this.attachments.contentsOf(reply.messageId))
          files.push({ ...file, content: await open() });
      await send(await this.#compose(reply, files));
    } finally {
      for (const { content } of files) content.destroy();
    }
  }

  async #compose(reply: ReplyToDeliver, files: FileToSend[]): Promise<OutboundMail> {
    const organization = await this.organizations.current();
    const own = (messageId: string): string =>
      this.signer.signMessageId(organization.id, reply.ticketId, messageId);
    const { requester, authorName, createdAt, earlier, ...said } = reply;
    try {
      return composeReply(
        {
          ...said,
          files,
          organizationId: organization.id,
          organizationName: organization.name,
          agentName: authorName,
          recipient: requester,
          writtenAt: createdAt,
          thread: earlier.map((mail) => mail.mailMessageId ?? own(mail.messageId)),
        },
        this.signer,
      );
    } catch (error) {
      if (error instanceof UnsendableAddress) throw new PermanentFailure(error.message);
      throw error;
    }
  }
}
