import { Injectable } from '@nestjs/common';
import type { TenantClient } from '#core/tenancy/tenant-client.js';

type Handle = Pick<TenantClient, 'organization'>;

/** Whether the organization in context lets people in by its own provider alone. */
@Injectable()
export class SsoPolicy {
  /** Whether single sign-on is demanded. */
  async isRequired(db: Handle): Promise<boolean> {
    const { ssoRequired } = await db.organization.findFirstOrThrow({
      select: { ssoRequired: true },
    });
    return ssoRequired;
  }

  /** Demands single sign-on in `tx`, or no longer. Gives whether that is a change. */
  async require(tx: Handle, required: boolean): Promise<boolean> {
    const { count } = await tx.organization.updateMany({
      where: { ssoRequired: !required },
      data: { ssoRequired: required },
    });
    return count > 0;
  }
}
