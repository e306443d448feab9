import { Injectable } from '@nestjs/common';
import { Entitlements } from '#core/tenancy/entitlements.js';
import { Features } from '#core/tenancy/features.js';
import type { Principal } from '#core/tenancy/principal.js';
import { Factors } from '#modules/factors/factors.service.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { Accounts } from '#modules/users/accounts.service.js';
import { UsersService } from '#modules/users/users.service.js';
import type { MeDto } from './dto/me.dto.js';

/** Who is signed in. */
@Injectable()
export class Me {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly accounts: Accounts,
    private readonly users: UsersService,
    private readonly factors: Factors,
    private readonly entitlements: Entitlements,
    private readonly features: Features,
  ) {}

  /** Who the principal is, where, and what it may do. */
  async of(principal: Principal): Promise<MeDto> {
    const { identityId, actor, permissions } = principal;
    const [organization, { access, seatless }] = await Promise.all([
      this.organizations.current(),
      this.entitlements.own(),
    ]);
    const { areSold: isSold } = this.entitlements;
    const plan = { isSold, access, hasSeat: !seatless.has(actor.id) };
    const features = this.features.of(principal.organizationId);
    const shared = { organization, plan, permissions: [...permissions], features };
    if (identityId === null)
      return { ...shared, user: null, email: null, hasPassword: false, secondFactor: null };
    const [user, account, secondFactor] = await Promise.all([
      this.users.get(actor.id),
      this.accounts.person(identityId),
      this.factors.of(identityId),
    ]);
    const { email, passwordHash } = account;
    return { ...shared, user, email, hasPassword: passwordHash !== null, secondFactor };
  }
}
