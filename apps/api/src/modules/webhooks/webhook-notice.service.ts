import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Notices, type Notice, type QueuedNotice } from '#modules/notices/notices.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { PeopleService } from '#modules/users/people.service.js';
import { UserRights } from '#modules/users/user-rights.service.js';

/** Mails about an endpoint that was switched off by us: to the owners, and to who made it. */
@Injectable()
export class WebhookNotice implements OnModuleInit {
  constructor(
    private readonly system: SystemDb,
    private readonly organizations: OrganizationsService,
    private readonly people: PeopleService,
    private readonly rights: UserRights,
    private readonly notices: Notices,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.notices.register('webhook_disabled', (queued) => Promise.resolve(toNotice(queued)));
  }

  /** Queues the mails with the note that they are, so that a job that runs again sends none twice. */
  async disabled(id: string): Promise<void> {
    const organizationId = requireOrganizationId('a notice');
    const { name: organization, locale } = await this.organizations.current();
    const maker = await this.#maker(organizationId, id);
    await this.system.transactionIn(organizationId, async (tx) => {
      if (!(await this.#isFirst(tx, organizationId, id))) return;
      const owners = await this.people.owners(tx, organizationId);
      const everybody = new Map([...owners, ...maker].map((person) => [person.email, person]));
      for (const { name, email } of everybody.values()) {
        const data = { name, organization };
        await this.notices.post(tx, {
          ...{ to: email, locale, organizationId, data },
          kind: 'webhook_disabled',
        });
      }
    });
  }

  /** Not about one that somebody switched off by hand, or has switched on again. */
  async #isFirst(tx: SystemTransaction, organizationId: string, id: string): Promise<boolean> {
    const where = { organizationId, id, toldAt: null, isEnabled: false, removedAt: null };
    const { count } = await tx.webhookEndpoint.updateMany({
      where: { ...where, disabledBecause: { in: ['gone', 'failing'] } },
      data: { toldAt: this.clock.now() },
    });
    return count > 0;
  }

  /** Who made it, while they may still see it. */
  async #maker(organizationId: string, id: string): Promise<{ name: string; email: string }[]> {
    const row = await this.system.client.webhookEndpoint.findFirst({
      where: { organizationId, id },
      select: { createdByUserId: true },
    });
    if (!row?.createdByUserId) return [];
    const people = await this.rights.of([row.createdByUserId]);
    return [...people.values()].filter(({ permissions }) => permissions.has('webhooks:read'));
  }
}

function toNotice({ data }: QueuedNotice): Notice {
  const values = { name: String(data.name), organization: String(data.organization) };
  return { values, path: '/settings/webhooks' };
}
