import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { NotificationPosting } from '../notification-posting.service.js';
import { TELL_MENTIONED } from '../notifications.jobs.js';

@Injectable()
@HandlesJob(TELL_MENTIONED)
export class TellMentionedJob implements JobHandler {
  constructor(private readonly posting: NotificationPosting) {}

  async handle(event: JobEvent): Promise<void> {
    await this.posting.mentioned(event);
  }
}
