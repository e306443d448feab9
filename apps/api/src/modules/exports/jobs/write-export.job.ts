import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { ExportWriting } from '../export-writing.service.js';
import { WRITE_EXPORT } from '../exports.jobs.js';

@Injectable()
@HandlesJob(WRITE_EXPORT)
export class WriteExportJob implements JobHandler {
  constructor(private readonly writing: ExportWriting) {}

  async handle(event: JobEvent): Promise<void> {
    await this.writing.write(event.subjectId);
  }

  async giveUp(event: JobEvent): Promise<void> {
    await this.writing.giveUp(event.subjectId);
  }
}
