import { Injectable, type OnModuleInit } from '@nestjs/common';
import { currentActor, requireOrganizationId } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import {
  Notices,
  type Notice,
  type NoticeKind,
  type QueuedNotice,
} from '#modules/notices/notices.service.js';
import { OrganizationStanding } from '#modules/organizations/organization-standing.service.js';
import {
  OrganizationsService,
  type OrganizationFacts,
} from '#modules/organizations/organizations.service.js';
import { PeopleService } from '#modules/users/people.service.js';
import type { DeletionDto } from './dto/deletion.dto.js';

/** The wish to delete the organization in context, and its grace: every owner is told and may keep it. */
@Injectable()
export class DeletionsService implements OnModuleInit {
  constructor(
    private readonly system: SystemDb,
    private readonly organizations: OrganizationsService,
    private readonly standing: OrganizationStanding,
    private readonly people: PeopleService,
    private readonly notices: Notices,
  ) {}

  onModuleInit(): void {
    this.notices.register('organization_deletion', (queued) => this.#deletionNotice(queued));
    this.notices.register('organization_kept', (queued) => Promise.resolve(keptNotice(queued)));
  }

  /** Schedules it. The first day stays when it is scheduled already. Throws ValidationFailed for another slug. */
  schedule(slug: string): Promise<DeletionDto> {
    const { type, id: actorId } = currentActor();
    return this.#hold(async (tx, id, facts) => {
      if (slug !== facts.slug) {
        const problem = 'is not the slug of this organization: type it to show that you mean it';
        throw new ValidationFailed([{ field: 'slug', problem }]);
      }
      const by = type === 'user' ? actorId : null;
      const { deleteAfter, isNew } = await this.standing.doom(tx, id, by);
      if (isNew) await this.#tellOwners(tx, 'organization_deletion', id, facts);
      return { deleteAfter: deleteAfter.toISOString() };
    });
  }

  /** Keeps the organization. Quiet when nobody wanted it deleted. Throws DeletionHasBegun. */
  async cancel(): Promise<void> {
    await this.#hold(async (tx, id, facts) => {
      if (await this.standing.keep(tx, id))
        await this.#tellOwners(tx, 'organization_kept', id, facts);
    });
  }

  async #hold<T>(
    work: (tx: SystemTransaction, id: string, facts: OrganizationFacts) => Promise<T>,
  ): Promise<T> {
    const id = requireOrganizationId('a deletion');
    const result = await this.system.transactionIn(id, async (tx) => {
      await this.organizations.lock(tx, id);
      return work(tx, id, (await this.organizations.facts(tx, id))!);
    });
    this.standing.changed(id);
    return result;
  }

  async #tellOwners(
    tx: SystemTransaction,
    kind: NoticeKind,
    organizationId: string,
    { name: organization, locale }: OrganizationFacts,
  ): Promise<void> {
    for (const { name, email } of await this.people.owners(tx, organizationId)) {
      const data = { name, organization };
      await this.notices.post(tx, { kind, to: email, locale, organizationId, data });
    }
  }

  /** Nothing when it was taken back while the mail was waiting. */
  async #deletionNotice({ organizationId, data }: QueuedNotice): Promise<Notice | null> {
    if (organizationId === null) return null;
    const facts = await this.organizations.facts(this.system.client, organizationId);
    if (!facts?.deleteAfter) return null;
    const date = facts.deleteAfter.toISOString();
    return {
      values: { name: String(data.name), organization: facts.name, date },
      path: '/settings/organization',
    };
  }
}

function keptNotice({ data }: QueuedNotice): Notice {
  return { values: { name: String(data.name), organization: String(data.organization) } };
}
