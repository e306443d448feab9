import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { REVOKE_OBSOLETE } from '../invitations.jobs.js';
import { InvitationsService } from '../invitations.service.js';

@Injectable()
@HandlesJob(REVOKE_OBSOLETE)
export class RevokeObsoleteJob implements JobHandler {
  constructor(private readonly invitations: InvitationsService) {}

  async handle(event: JobEvent): Promise<void> {
    await this.invitations.revokeObsolete(event.subjectId);
  }
}
