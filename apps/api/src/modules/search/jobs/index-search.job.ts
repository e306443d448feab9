import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobEvent, type JobHandler } from '#core/jobs/job-contract.js';
import { SearchIndex } from '../search-index.service.js';
import { INDEX_SEARCH } from '../search.jobs.js';

@Injectable()
@HandlesJob(INDEX_SEARCH)
export class IndexSearchJob implements JobHandler {
  constructor(private readonly index: SearchIndex) {}

  async handle({ type, subjectId, seq }: JobEvent): Promise<void> {
    if (type === 'customer.erased') await this.index.followErasure(subjectId);
    else if (type.startsWith('customer.')) await this.index.followCustomer(subjectId);
    else if (type.startsWith('organization.')) await this.index.followLanguage();
    else await this.index.followTicket(subjectId, seq);
  }
}
