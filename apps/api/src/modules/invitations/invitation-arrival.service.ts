import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { OrganizationSuspended } from '#core/tenancy/access.exceptions.js';
import {
  OrganizationsService,
  type OrganizationFacts,
} from '#modules/organizations/organizations.service.js';
import { IdentitiesService, type Place } from '#modules/users/identities.service.js';
import {
  giveableRole,
  PeopleService,
  roleOf,
  type GiveableRole,
} from '#modules/users/people.service.js';
import { InvitationLinks } from './invitation-links.service.js';
import { InvitationNotFound, NoLongerCovered, ProofRequired } from './invitations.exceptions.js';
import { requireDomain } from './invitations.service.js';
import { invitationSelect, type InvitationRow } from './invitations.view.js';

/** An invitation whose link is good, and where it leads. */
export interface GoodInvitation {
  row: InvitationRow;
  facts: OrganizationFacts;
}

/** Who arrives: somebody who has shown to be the person of the address, or somebody new with a password of their choice. */
export type Comer = { identityId: string } | { name: string; passwordHash: string };

/** Turns an invitation into a place, in the transaction that opens the session. */
@Injectable()
export class InvitationArrival {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly people: PeopleService,
    private readonly identities: IdentitiesService,
    private readonly links: InvitationLinks,
    private readonly clock: Clock,
  ) {}

  /** The invitation of a link. Throws InvitationNotFound, whatever is wrong with it; OrganizationSuspended. */
  async find(
    tx: Pick<SystemTransaction, 'invitation' | 'organization'>,
    token: string,
  ): Promise<GoodInvitation> {
    const ids = this.links.read(token);
    const row =
      ids &&
      (await tx.invitation.findFirst({
        where: { ...ids, status: 'pending', expiresAt: { gt: this.clock.now() } },
        select: invitationSelect,
      }));
    const facts = row && (await this.organizations.facts(tx, row.organizationId));
    if (!row || !facts || !this.links.isOf(token, row)) throw new InvitationNotFound();
    if (facts.suspendedAt || facts.deleteAfter) throw new OrganizationSuspended();
    return { row, facts };
  }

  /**
   * Makes the place and uses the invitation up, inside `tx`, which must have been begun for its organization. Two who
   * follow one link come one after the other, and the second finds it used. Throws InvitationNotFound (also for one
   * sent before the person was removed: it restores nobody), NoLongerCovered, DomainNotAllowed, ProofRequired,
   * AlreadyMember, OrganizationSuspended.
   */
  async settle(
    tx: SystemTransaction,
    organizationId: string,
    token: string,
    comer: Comer,
  ): Promise<Place> {
    await this.organizations.lock(tx, organizationId);
    const { row, facts } = await this.find(tx, token);
    const role = await giveableRole(tx, roleOf(row));
    await this.#requireCovered(tx, row, role);
    requireDomain(row.email, facts);
    const { identityId, name } = await this.#identityOf(tx, row, comer);
    const before = await this.people.standingOf(tx, organizationId, identityId);
    if (before?.status === 'removed' && before.endedAt! >= row.sentAt)
      throw new InvitationNotFound();
    const member = { identityId, name, role };
    const { id: membershipId } = await this.people.admit(tx, organizationId, member, {
      invitationId: row.id,
    });
    const now = this.clock.now();
    await this.identities.verified(tx, identityId, now);
    await tx.invitation.updateMany({
      where: { organizationId, id: row.id },
      data: { status: 'accepted', acceptedById: membershipId, settledAt: now, roleId: null },
    });
    return { organizationId, membershipId, identityId };
  }

  /** The sender, or the holder of the program that sent it, vouches for the role until it is taken up. */
  async #requireCovered(
    tx: SystemTransaction,
    { organizationId, invitedById }: InvitationRow,
    role: GiveableRole,
  ): Promise<void> {
    if (invitedById === null) return;
    const sender = await this.people.authorityOf(tx, organizationId, invitedById);
    const isCovered = [...role.permissions].every((right) => sender?.permissions.has(right));
    if (!isCovered) throw new NoLongerCovered();
  }

  /**
   * An account that is there is joined only by who has shown to be its person: were the row of the address simply
   * taken or overwritten, an invitation would take an account over.
   */
  async #identityOf(
    tx: SystemTransaction,
    { email }: InvitationRow,
    comer: Comer,
  ): Promise<{ identityId: string; name: string }> {
    const known = await this.identities.known(tx, email);
    if ('identityId' in comer) {
      if (known?.id !== comer.identityId) throw new ProofRequired();
      return { identityId: known.id, name: known.name };
    }
    const made = known ? null : await this.identities.create(tx, { email, ...comer });
    if (made === null) throw new ProofRequired();
    return { identityId: made, name: comer.name };
  }
}
