import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '#core/jobs/job-contract.js';
import { END_WITH_ORGANIZATION } from '../stripe.jobs.js';
import { StripeSeller } from '../stripe-seller.service.js';

@Injectable()
@HandlesJob(END_WITH_ORGANIZATION)
export class EndWithOrganizationJob implements JobHandler {
  constructor(private readonly seller: StripeSeller) {}

  async handle(): Promise<void> {
    await this.seller.endWithOrganization();
  }
}
