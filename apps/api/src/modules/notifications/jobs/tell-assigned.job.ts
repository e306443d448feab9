import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { NotificationPosting } from '../notification-posting.service.js';
import { TELL_ASSIGNED } from '../notifications.jobs.js';

@Injectable()
@HandlesJob(TELL_ASSIGNED)
export class TellAssignedJob implements JobHandler {
  constructor(private readonly posting: NotificationPosting) {}

  async handle(event: JobEvent): Promise<void> {
    await this.posting.assigned(event);
  }
}
