import { Injectable } from '@nestjs/common';
import { requireOrganizationId } from '#core/context/context.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Entitlements, requireFeature } from '#core/tenancy/entitlements.js';
import { ROLE_PERMISSIONS } from '#core/tenancy/permissions.js';
import type { Principal } from '#core/tenancy/principal.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { SsoPolicy } from '#modules/organizations/sso-policy.service.js';
import { requireCover } from '#modules/users/people.service.js';
import type { SsoEnforcementDto } from './dto/sso-domain.dto.js';
import { NotReadyToEnforce, StillEnforced } from './sso.exceptions.js';

/**
 * Whether everybody has to come by single sign-on. Owners keep their other ways in, so that a broken provider locks
 * nobody out for good.
 */
@Injectable()
export class SsoEnforcement {
  constructor(
    private readonly db: TenantDb,
    private readonly policy: SsoPolicy,
    private readonly ledger: Ledger,
    private readonly entitlements: Entitlements,
  ) {}

  async current(): Promise<SsoEnforcementDto> {
    const { client } = this.db;
    const [required, ready] = await Promise.all([
      this.policy.isRequired(client),
      this.#isReady(client),
    ]);
    return { required, ready };
  }

  /** Demands single sign-on from now on. Quiet when it is so. Throws RoleTooHigh, LimitReached, {@link NotReadyToEnforce}. */
  async enforce(by: Principal): Promise<SsoEnforcementDto> {
    requireCover(by, ROLE_PERMISSIONS.admin);
    return this.db.transaction(async (tx) => {
      const isNew = await this.policy.require(tx, true);
      if (!(await this.#isReady(tx))) throw new NotReadyToEnforce();
      if (isNew) requireFeature(await this.entitlements.ownWithin(tx), 'sso');
      if (isNew) this.#tell('sso.enforced');
      return { required: true, ready: true };
    });
  }

  /** Lets people in by other ways again. Quiet when it is so. Throws RoleTooHigh. */
  async unenforce(by: Principal): Promise<SsoEnforcementDto> {
    requireCover(by, ROLE_PERMISSIONS.admin);
    return this.db.transaction(async (tx) => {
      if (await this.policy.require(tx, false)) this.#tell('sso.unenforced');
      return { required: false, ready: await this.#isReady(tx) };
    });
  }

  /** Throws {@link StillEnforced} when what `tx` has done leaves no way in by the single sign-on that is demanded. */
  async requireStillReady(tx: TenantClient): Promise<void> {
    if ((await this.policy.isRequired(tx)) && !(await this.#isReady(tx))) throw new StillEnforced();
  }

  async #isReady(db: Pick<TenantClient, 'ssoDomain'>): Promise<boolean> {
    const domain = await db.ssoDomain.findFirst({
      where: { verifiedAt: { not: null }, connection: { enabled: true } },
      select: { id: true },
    });
    return domain !== null;
  }

  #tell(type: string): void {
    const id = requireOrganizationId(type);
    this.ledger.record({ type, subject: { type: 'organization', id }, data: {} });
  }
}
