import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { ArchiveMaking } from '../archive-making.service.js';
import { MAKE_ARCHIVE } from '../exports.jobs.js';

@Injectable()
@HandlesJob(MAKE_ARCHIVE)
export class MakeArchiveJob implements JobHandler {
  constructor(private readonly making: ArchiveMaking) {}

  async handle(event: JobEvent): Promise<void> {
    await this.making.make(String(event.data?.archiveId));
  }

  async giveUp(event: JobEvent): Promise<void> {
    await this.making.giveUp(String(event.data?.archiveId));
  }
}
