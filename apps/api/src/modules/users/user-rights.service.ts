import { Injectable } from '@nestjs/common';
import { permissionsOf, type Permission } from '#core/tenancy/permissions.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';

/** Somebody who may come in, and what they may do there. */
export interface PersonWithRights {
  id: string;
  name: string;
  email: string;
  permissions: ReadonlySet<Permission>;
}

/** What people other than the caller may do: work that is put before them must be for their eyes. */
@Injectable()
export class UserRights {
  constructor(private readonly db: TenantDb) {}

  /** Those of `ids` who may come in, by id. Whoever was removed or deactivated is left out, like one who is not there. */
  async of(ids: readonly string[]): Promise<Map<string, PersonWithRights>> {
    const rows = await this.db.client.membership.findMany({
      where: { id: { in: [...ids] }, status: 'active' },
      select: {
        id: true,
        name: true,
        role: true,
        customRole: { select: { permissions: true } },
        identity: { select: { email: true } },
      },
    });
    return new Map(
      rows.map(({ id, name, role, customRole, identity }) => [
        id,
        {
          id,
          name,
          email: identity.email,
          permissions: permissionsOf(role, customRole?.permissions ?? null),
        },
      ]),
    );
  }
}
