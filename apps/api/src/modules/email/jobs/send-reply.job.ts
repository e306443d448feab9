import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { SEND_REPLY } from '../email.jobs.js';
import { OutboundMailService } from '../outbound-mail.service.js';

@Injectable()
@HandlesJob(SEND_REPLY)
export class SendReplyJob implements JobHandler {
  constructor(private readonly mails: OutboundMailService) {}

  async handle(event: JobEvent): Promise<void> {
    // Whom it was for was erased meanwhile, and what it said with them.
    if (event.data === null) return;
    await this.mails.deliverReply(String(event.data.messageId));
  }

  async giveUp(event: JobEvent, reason: string): Promise<void> {
    if (event.data === null) return;
    await this.mails.giveUp(String(event.data.messageId), reason);
  }
}
