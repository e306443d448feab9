import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { TeamMembers } from '../team-members.service.js';
import { LEAVE_TEAMS } from '../teams.jobs.js';

@Injectable()
@HandlesJob(LEAVE_TEAMS)
export class LeaveTeamsJob implements JobHandler {
  constructor(private readonly members: TeamMembers) {}

  async handle(event: JobEvent): Promise<void> {
    await this.members.leaveAll(event.subjectId);
  }
}
