import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { BulkUndoing } from '../bulk-undoing.service.js';
import { UNDO_BULK } from '../operations.jobs.js';

@Injectable()
@HandlesJob(UNDO_BULK)
export class UndoBulkJob implements JobHandler {
  constructor(private readonly undoing: BulkUndoing) {}

  async handle(event: JobEvent): Promise<void> {
    await this.undoing.run(event.subjectId);
  }

  async giveUp(event: JobEvent): Promise<void> {
    await this.undoing.giveUp(event.subjectId);
  }
}
