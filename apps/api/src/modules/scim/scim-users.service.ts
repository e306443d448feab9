import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { Arrivals, type Arrival } from '#modules/users/arrivals.service.js';
import { DIRECTORY, giveableRole, PeopleService } from '#modules/users/people.service.js';
import { changesOf, displayNameOf, refuseTaken, nameAfter, TAKEN } from './scim-user-changes.js';
import type { UserChange, WholeUser } from './scim-user-input.js';
import {
  KNOWN_TO_DIRECTORY,
  scimUserSelect,
  userNameKey,
  type ScimUserRow,
} from './scim-users.view.js';
import { ScimNotFound, ScimTaken } from './scim.exceptions.js';

/**
 * The people whom the organization's directory keeps. It makes, renames, shuts out and brings back members of this
 * organization, as viewers; a person who has an account stays who they are: never their password, their address, or
 * their place elsewhere.
 */
@Injectable()
export class ScimUsers {
  constructor(
    private readonly db: TenantDb,
    private readonly system: SystemDb,
    private readonly organizations: OrganizationsService,
    private readonly arrivals: Arrivals,
    private readonly people: PeopleService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /**
   * Brings a person. Somebody who is here already is taken into the directory as they are. Gives their id. Throws
   * {@link ScimTaken} when the directory has them, or an administrator removed them.
   */
  async create(user: WholeUser, email: string): Promise<string> {
    const organizationId = requireOrganizationId('a person of the directory');
    const { id, comesBack } = await this.system.transactionIn(organizationId, async (tx) => {
      await this.organizations.lock(tx, organizationId);
      const identityId = await this.arrivals.identityOf(tx, email);
      const known =
        identityId === null ? null : await this.arrivals.ofIdentity(tx, organizationId, identityId);
      const membershipId = known
        ? await this.#checked(tx, known)
        : await this.#join(tx, identityId, user, email);
      const isBack = await this.#keep(tx, membershipId, user);
      const { userName, externalId } = user;
      const data = { userName, externalId, wasHere: known !== null };
      this.#tell('scim.user_created', membershipId, data);
      return { id: membershipId, comesBack: isBack };
    });
    if (user.active === false) await this.people.deactivate(DIRECTORY, id);
    else if (comesBack) await this.people.reactivate(DIRECTORY, id);
    return id;
  }

  /**
   * Changes a person. Shutting out ends their sessions and secrets at once. The address is not changed: it is the
   * person's own, in every organization. Throws {@link ScimNotFound}, {@link ScimTaken}, RoleTooHigh for an owner.
   */
  async change(id: string, change: UserChange): Promise<void> {
    const before = await this.#find(id);
    const key = change.userName === undefined ? undefined : userNameKey(change.userName);
    if (key !== undefined && key !== userNameKey(before.userName)) await this.#requireFree(key);
    if (change.active === false) await this.people.deactivate(DIRECTORY, id);
    // Brings back whom it shut out itself: an administrator's word stands until an administrator takes it back.
    else if (change.active === true && !before.active) await this.people.reactivate(DIRECTORY, id);
    const name = nameAfter(before, change);
    if (name !== before.membership.name) await this.people.change(DIRECTORY, id, { name });
    const { changes, data } = changesOf(before, change);
    if (Object.keys(changes).length === 0) return;
    await refuseTaken(() =>
      this.db.transaction(async (tx) => {
        await tx.scimUser.updateMany({
          where: { membershipId: id },
          data: {
            ...data,
            ...(key === undefined ? {} : { userNameKey: key }),
            updatedAt: this.clock.now(),
          },
        });
        this.#tell(
          'scim.user_updated',
          id,
          { userName: change.userName ?? before.userName },
          changes,
        );
      }),
    );
  }

  /** Takes a person out of the directory and shuts them out. Throws {@link ScimNotFound}, RoleTooHigh for an owner. */
  async remove(id: string): Promise<void> {
    const { userName } = await this.#find(id);
    await this.people.deactivate(DIRECTORY, id);
    await this.db.transaction(async (tx) => {
      const now = this.clock.now();
      const { count } = await tx.scimUser.updateMany({
        where: { membershipId: id, deletedAt: null },
        // The name is free for another person from here on.
        data: { active: false, deletedAt: now, updatedAt: now, userNameKey: `deleted:${id}` },
      });
      if (count === 0) return;
      await tx.scimGroupMember.deleteMany({ where: { membershipId: id } });
      this.#tell('scim.user_deleted', id, { userName });
    });
  }

  async #find(id: string): Promise<ScimUserRow> {
    const row = await this.db.client.scimUser.findFirst({
      where: { ...KNOWN_TO_DIRECTORY, membershipId: id },
      select: scimUserSelect,
    });
    if (!row) throw new ScimNotFound('user');
    return row;
  }

  async #requireFree(key: string): Promise<void> {
    const taken = await this.db.client.scimUser.findFirst({
      where: { userNameKey: key },
      select: { membershipId: true },
    });
    if (taken) throw new ScimTaken(TAKEN);
  }

  async #checked(tx: SystemTransaction, { membershipId, status }: Arrival): Promise<string> {
    const organizationId = requireOrganizationId('a person of the directory');
    const row = await tx.scimUser.findFirst({
      where: { organizationId, membershipId },
      select: { deletedAt: true },
    });
    if (status === 'removed')
      throw new ScimTaken('An administrator removed this person: invite them first.');
    if (row && row.deletedAt === null) throw new ScimTaken(TAKEN);
    return membershipId;
  }

  async #join(
    tx: SystemTransaction,
    known: string | null,
    user: WholeUser,
    email: string,
  ): Promise<string> {
    const organizationId = requireOrganizationId('a person of the directory');
    const name = displayNameOf(user) ?? email.slice(0, email.lastIndexOf('@'));
    const identityId =
      known ?? (await this.arrivals.newIdentity(tx, { email, name, verifiedAt: null }));
    if (identityId === null)
      throw new ScimTaken('This person is being made by somebody: try again.');
    const role = await giveableRole(tx, 'viewer');
    const member = { identityId, name, role };
    return (await this.people.admit(tx, organizationId, member, { by: 'directory' })).id;
  }

  /** Writes the directory's row. Gives whether the directory had deleted the person before. */
  async #keep(tx: SystemTransaction, membershipId: string, user: WholeUser): Promise<boolean> {
    const organizationId = requireOrganizationId('a person of the directory');
    const { userName, externalId, givenName, familyName, active = true } = user;
    const now = this.clock.now();
    const row = { userName, externalId, givenName, familyName, active, updatedAt: now };
    const data = { ...row, userNameKey: userNameKey(userName) };
    const where = { organizationId, membershipId };
    return refuseTaken(async () => {
      const { count } = await tx.scimUser.updateMany({ where, data: { ...data, deletedAt: null } });
      if (count === 0)
        await tx.scimUser.create({
          data: { ...where, ...data, createdAt: now },
          select: { membershipId: true },
        });
      return count > 0;
    });
  }

  #tell(
    type: string,
    id: string,
    data: Record<string, unknown>,
    changes?: Record<string, [unknown, unknown]>,
  ): void {
    this.ledger.record({ type, subject: { type: 'user', id }, data, ...(changes && { changes }) });
  }
}
