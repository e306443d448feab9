import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { WebhookNotice } from '../webhook-notice.service.js';
import { TELL_DISABLED } from '../webhooks.jobs.js';

@Injectable()
@HandlesJob(TELL_DISABLED)
export class TellDisabledJob implements JobHandler {
  constructor(private readonly notice: WebhookNotice) {}

  async handle(event: JobEvent): Promise<void> {
    await this.notice.disabled(event.subjectId);
  }
}
