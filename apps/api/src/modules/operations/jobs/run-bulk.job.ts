import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { BulkRuns } from '../bulk-runs.service.js';
import { RUN_BULK } from '../operations.jobs.js';

@Injectable()
@HandlesJob(RUN_BULK)
export class RunBulkJob implements JobHandler {
  constructor(private readonly runs: BulkRuns) {}

  async handle(event: JobEvent): Promise<void> {
    await this.runs.run(event.subjectId);
  }

  async giveUp(event: JobEvent): Promise<void> {
    await this.runs.giveUp(event.subjectId);
  }
}
