import { Injectable } from '@nestjs/common';
import { currentActor, requireOrganizationId } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { PrincipalCache } from '#core/tenancy/principal-cache.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import type { UserDto } from './dto/user.dto.js';
import { roleOf } from './giveable-role.js';
import { OwnersAlone, UserNotFound } from './users.exceptions.js';
import { toUserDto, userSelect } from './users.view.js';

/** Hands the organization in context on. */
@Injectable()
export class Ownership {
  constructor(
    private readonly system: SystemDb,
    private readonly organizations: OrganizationsService,
    private readonly ledger: Ledger,
    private readonly principals: PrincipalCache,
  ) {}

  /**
   * Makes an active person an owner and the owner who asks an administrator, both or neither. Quiet when they name
   * themselves. Throws OwnersAlone, UserNotFound.
   */
  async transfer(userId: string): Promise<UserDto> {
    const organizationId = requireOrganizationId('the ownership');
    const actor = currentActor();
    const user = await this.system.transactionIn(organizationId, async (tx) => {
      await this.organizations.lock(tx, organizationId);
      const own = await this.#active(tx, organizationId, actor.type === 'user' ? actor.id! : '');
      if (own?.role !== 'owner') throw new OwnersAlone();
      const next = await this.#active(tx, organizationId, userId);
      if (!next) throw new UserNotFound();
      if (next.id === own.id) return toUserDto(next);
      await this.#give(tx, organizationId, next, 'owner');
      await this.#give(tx, organizationId, own, 'admin');
      this.ledger.record({
        type: 'organization.ownership_transferred',
        subject: { type: 'organization', id: organizationId },
        data: { name: next.name },
        changes: { owner: [own.id, next.id] },
      });
      return toUserDto((await this.#active(tx, organizationId, next.id))!);
    });
    for (const id of [userId, actor.id]) this.principals.forget(`user:${id}`);
    return user;
  }

  #active(tx: SystemTransaction, organizationId: string, id: string) {
    if (id === '') return null;
    const where = { organizationId, id, status: 'active' };
    return tx.membership.findFirst({ where, select: userSelect });
  }

  async #give(
    tx: SystemTransaction,
    organizationId: string,
    person: { id: string; name: string; role: string; roleId: string | null },
    role: 'owner' | 'admin',
  ): Promise<void> {
    if (person.role === role) return;
    await tx.membership.updateMany({
      where: { organizationId, id: person.id },
      data: { role, roleId: null },
    });
    this.ledger.record({
      type: 'user.role_changed',
      subject: { type: 'user', id: person.id },
      data: { name: person.name, roleName: role },
      changes: { role: [roleOf(person), role] },
    });
  }
}
