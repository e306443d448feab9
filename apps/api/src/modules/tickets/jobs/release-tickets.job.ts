import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { TicketRelease } from '../ticket-release.service.js';
import { RELEASE_TICKETS } from '../tickets.jobs.js';

@Injectable()
@HandlesJob(RELEASE_TICKETS)
export class ReleaseTicketsJob implements JobHandler {
  constructor(private readonly tickets: TicketRelease) {}

  async handle(event: JobEvent): Promise<void> {
    await this.tickets.releaseOf(event.subjectId);
  }
}
