import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { EndedSecrets } from '../ended-secrets.service.js';
import { TELL_ENDED_SECRETS } from '../integrations.jobs.js';

@Injectable()
@HandlesJob(TELL_ENDED_SECRETS)
export class TellEndedSecretsJob implements JobHandler {
  constructor(private readonly secrets: EndedSecrets) {}

  async handle(event: JobEvent): Promise<void> {
    await this.secrets.tellOf(event.subjectId);
  }
}
