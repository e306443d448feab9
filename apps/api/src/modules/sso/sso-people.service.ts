import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { Arrivals, type Arrival } from '#modules/users/arrivals.service.js';
import type { Place } from '#modules/users/identities.service.js';
import { giveableRole, PeopleService } from '#modules/users/people.service.js';
import { domainOf } from './domain-name.js';
import type { ProviderClaims, SignInConnection } from './oidc-providers.service.js';
import { SsoRefused } from './sso.exceptions.js';

/**
 * Who a provider's subject is. Known by (connection, subject) and by nothing else; the address counts once, the first
 * time, and only when the provider says that it is verified and the organization has proved its domain.
 *
 * A provider speaks for its own organization. So it never brings back whom the organization shut out, never lets in
 * somebody who has an account but no place here, and never becomes an owner by an address: whoever may change a
 * connection could otherwise become the owner. The session is for this organization alone.
 */
@Injectable()
export class SsoPeople {
  constructor(
    private readonly system: SystemDb,
    private readonly organizations: OrganizationsService,
    private readonly arrivals: Arrivals,
    private readonly people: PeopleService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** The place of whom `claims` are about, made if they come for the first time. Throws {@link SsoRefused}. */
  place(connection: SignInConnection, claims: ProviderClaims): Promise<Place> {
    const { organizationId } = connection;
    return this.system.transactionIn(organizationId, async (tx) => {
      // One after the other: two sign-ins of a new person at once must not make two of them.
      await this.organizations.lock(tx, organizationId);
      const arrival =
        (await this.#known(tx, connection, claims)) ??
        (await this.#firstTime(tx, connection, claims));
      const { membershipId, identityId } = arrival;
      return { organizationId, membershipId, identityId };
    });
  }

  async #known(
    tx: SystemTransaction,
    { organizationId, id }: SignInConnection,
    { subject }: ProviderClaims,
  ): Promise<Arrival | null> {
    const where = { organizationId, connectionId: id, subject };
    const row = await tx.ssoSubject.findFirst({ where, select: { membershipId: true } });
    if (!row) return null;
    const arrival = await this.arrivals.ofMembership(tx, organizationId, row.membershipId);
    if (arrival?.status !== 'active') throw new SsoRefused('sso.deactivated');
    await tx.ssoSubject.updateMany({ where, data: { lastUsedAt: this.clock.now() } });
    return arrival;
  }

  async #firstTime(
    tx: SystemTransaction,
    connection: SignInConnection,
    claims: ProviderClaims,
  ): Promise<Arrival> {
    const email = await this.#provedEmail(tx, connection, claims);
    const { organizationId } = connection;
    const identityId = await this.arrivals.identityOf(tx, email);
    if (identityId === null) return this.#join(tx, connection, claims, email);
    const arrival = await this.arrivals.ofIdentity(tx, organizationId, identityId);
    // Theirs elsewhere: an invitation, which they accept with their own password, makes the place.
    if (!arrival) throw new SsoRefused('sso.account_exists');
    if (arrival.status !== 'active') throw new SsoRefused('sso.deactivated');
    if (arrival.permissions.has('organization:own')) throw new SsoRefused('sso.owner_not_linked');
    const another = await tx.ssoSubject.findFirst({
      where: { organizationId, connectionId: connection.id, membershipId: arrival.membershipId },
      select: { subject: true },
    });
    // The provider gave the address to another of its people.
    if (another) throw new SsoRefused('sso.already_linked');
    await this.#link(tx, connection, claims, arrival);
    return arrival;
  }

  async #provedEmail(
    tx: SystemTransaction,
    { organizationId, id }: SignInConnection,
    { email, emailVerified }: ProviderClaims,
  ): Promise<string> {
    const domain = email === null ? null : domainOf(email);
    if (email === null || domain === null || !emailVerified)
      throw new SsoRefused('sso.email_not_verified');
    const proved = await tx.ssoDomain.findFirst({
      where: { organizationId, connectionId: id, domain, verifiedAt: { not: null } },
      select: { id: true },
    });
    if (!proved) throw new SsoRefused('sso.domain_not_verified');
    return email;
  }

  async #join(
    tx: SystemTransaction,
    connection: SignInConnection,
    claims: ProviderClaims,
    email: string,
  ): Promise<Arrival> {
    const { organizationId, roleId, role: builtIn } = connection;
    const name = claims.name ?? email.slice(0, email.lastIndexOf('@'));
    const verifiedAt = this.clock.now();
    const identityId = await this.arrivals.newIdentity(tx, { email, name, verifiedAt });
    if (identityId === null) throw new SsoRefused('sso.account_exists');
    const role = await giveableRole(tx, roleId ?? builtIn);
    const facts = { by: 'sso', connectionId: connection.id };
    const { id } = await this.people.admit(tx, organizationId, { identityId, name, role }, facts);
    const { permissions } = role;
    const arrival: Arrival = {
      ...{ membershipId: id, identityId, name, permissions },
      status: 'active',
    };
    await this.#link(tx, connection, claims, arrival);
    return arrival;
  }

  async #link(
    tx: SystemTransaction,
    { organizationId, id: connectionId }: SignInConnection,
    { subject }: ProviderClaims,
    { membershipId }: Arrival,
  ): Promise<void> {
    const now = this.clock.now();
    await tx.ssoSubject.create({
      data: {
        ...{ organizationId, connectionId, subject, membershipId },
        ...{ createdAt: now, lastUsedAt: now },
      },
      select: { subject: true },
    });
    this.ledger.record({
      type: 'sso.linked',
      subject: { type: 'user', id: membershipId },
      data: { connectionId },
    });
  }
}
