import { Injectable } from '@nestjs/common';
import { Notifications } from '../database/notifications.js';
import { SystemDb } from '../database/system-db.js';
import { Log } from '../logging/log.js';
import { ToldMemory } from './told-memory.js';

const ABOUT_AN_ORGANIZATION = 'organization:';

/**
 * The organizations that the operator has suspended, for work that nobody asks for: jobs, webhooks, mails of the clock. There
 * are few.
 */
@Injectable()
export class SuspendedOrganizations extends ToldMemory {
  #ids: ReadonlySet<string> = new Set();

  constructor(
    private readonly system: SystemDb,
    notifications: Notifications,
    log: Log,
  ) {
    super(notifications, log, {
      channel: 'principal',
      isChange: (tag) => tag.startsWith(ABOUT_AN_ORGANIZATION),
      failure: 'organization.standing_not_read',
    });
  }

  has(organizationId: string): boolean {
    return this.#ids.has(organizationId);
  }

  all(): string[] {
    return [...this.#ids];
  }

  protected async read(): Promise<void> {
    const rows = await this.system.client.organization.findMany({
      where: { suspendedAt: { not: null } },
      select: { id: true },
    });
    this.#ids = new Set(rows.map(({ id }) => id));
  }
}
