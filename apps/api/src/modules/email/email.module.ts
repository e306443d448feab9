import { Module } from '@nestjs/common';
import { AttachmentsModule } from '#modules/attachments/attachments.module.js';
import { OrganizationsModule } from '#modules/organizations/organizations.module.js';
import { TicketsModule } from '#modules/tickets/tickets.module.js';
import { InboundMailController } from './inbound-mail.controller.js';
import { InboundMailService } from './inbound-mail.service.js';
import { SendReplyJob } from './jobs/send-reply.job.js';
import { MailFiles } from './mail-files.service.js';
import { MailReader } from './mail-reader.js';
import { MailSigner } from './mail-signer.js';
import { MailTransport } from './mail-transport.service.js';
import { MailboxController } from './mailbox.controller.js';
import { MailboxService } from './mailbox.service.js';
import { OutboundMailService } from './outbound-mail.service.js';
import { OutboundReplies } from './outbound-replies.service.js';

/** The mail channel: what comes in becomes tickets and messages, replies go out. */
@Module({
  imports: [AttachmentsModule, OrganizationsModule, TicketsModule],
  controllers: [InboundMailController, MailboxController],
  providers: [
    InboundMailService,
    OutboundMailService,
    OutboundReplies,
    MailboxService,
    MailFiles,
    MailReader,
    MailSigner,
    MailTransport,
    SendReplyJob,
  ],
  exports: [MailTransport],
})
export class EmailModule {}
