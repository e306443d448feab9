import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { NotificationPosting } from '../notification-posting.service.js';
import { TELL_CREATED } from '../notifications.jobs.js';

@Injectable()
@HandlesJob(TELL_CREATED)
export class TellCreatedJob implements JobHandler {
  constructor(private readonly posting: NotificationPosting) {}

  async handle(event: JobEvent): Promise<void> {
    await this.posting.created(event);
  }
}
