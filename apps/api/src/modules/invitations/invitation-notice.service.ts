import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { SystemDb } from '#core/database/system-db.js';
import { Notices, type Notice, type QueuedNotice } from '#modules/notices/notices.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { InvitationLinks } from './invitation-links.service.js';
import { GOOD_FOR_DAYS } from './invitation-terms.js';
import { invitationSelect } from './invitations.view.js';

/** Says what stands in the mail of an invitation, when it is sent. */
@Injectable()
export class InvitationNotice implements OnModuleInit {
  constructor(
    private readonly system: SystemDb,
    private readonly organizations: OrganizationsService,
    private readonly links: InvitationLinks,
    private readonly notices: Notices,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.notices.register('invitation', (queued) => this.#make(queued));
  }

  /** Nothing for one that was revoked, accepted, resent or ended while its mail was waiting. */
  async #make({ organizationId, data }: QueuedNotice): Promise<Notice | null> {
    if (organizationId === null) return null;
    const { client } = this.system;
    const row = await client.invitation.findFirst({
      where: {
        ...{ organizationId, id: String(data.invitationId), version: Number(data.version) },
        ...{ status: 'pending', expiresAt: { gt: this.clock.now() } },
      },
      select: invitationSelect,
    });
    const facts = row && (await this.organizations.facts(client, organizationId));
    if (!facts) return null;
    return {
      values: {
        organization: facts.name,
        inviter: row.invitedBy?.name ?? facts.name,
        role: row.customRole?.name ?? row.role,
        days: GOOD_FOR_DAYS,
      },
      path: `/invitation?token=${this.links.tokenOf(row)}`,
    };
  }
}
