import { Injectable } from '@nestjs/common';
import { currentContext, runInContext } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { SearchIndex } from './search-index.service.js';

/** Writes the words of every ticket down anew, for the operator: after an upgrade, or when the index was lost. */
@Injectable()
export class SearchRebuild {
  constructor(
    private readonly system: SystemDb,
    private readonly index: SearchIndex,
  ) {}

  /** All organizations, or the one with `slug`, each as itself. Gives the number of tickets; null when there is none by that slug. */
  async rebuild(slug?: string): Promise<number | null> {
    const organizations = await this.system.client.organization.findMany({
      where: slug === undefined ? {} : { slug },
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    if (organizations.length === 0 && slug !== undefined) return null;
    let count = 0;
    for (const { id } of organizations) {
      const context = { requestId: currentContext()!.requestId, organizationId: id };
      count += await runInContext(context, () => this.index.rebuild());
    }
    return count;
  }
}
