import { Injectable } from '@nestjs/common';
import { newId } from '#core/context/ids.js';
import { toPage, type Cursor, type Page, type PageRequest } from '#core/database/page.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { Role } from '#core/tenancy/permissions.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { UserDto } from './dto/user.dto.js';
import type { UserStatus } from './user-terms.js';
import { UserNotFound } from './users.exceptions.js';
import { userList, type ListedUser, type UserFilter } from './users.sql.js';
import { toListedUserDto, toUserDto, userSelect } from './users.view.js';

/** The people of an organization. */
@Injectable()
export class UsersService {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
  ) {}

  /** The people that `filter` lets through, the newest first. */
  async list(filter: UserFilter, page: PageRequest): Promise<Page<UserDto>> {
    const { statement, values } = userList(filter, page);
    const rows = await this.db.sql<ListedUser>(statement, values);
    // Past the end there is no row to carry the count: what was skipped is then all there is, at least.
    const counted = rows[0]?.counted ?? page.skip;
    return toPage(rows, page, counted, cursorOf, toListedUserDto);
  }

  /** One person, also one who was removed: what they wrote names them. Throws {@link UserNotFound}. */
  async get(id: string): Promise<UserDto> {
    return this.#find({ id });
  }

  /**
   * A person who may come in, and so be given work; asked inside `tx` when one is under way. Throws
   * {@link UserNotFound}, as for one who is not there.
   */
  async getActive(id: string, tx?: TenantClient): Promise<UserDto> {
    return this.#find({ id, status: 'active' }, tx);
  }

  /** Makes a person a member of `organizationId` inside `tx`, which must have been begun for it. Gives the user's id. */
  async join(
    tx: SystemTransaction,
    organizationId: string,
    person: { identityId: string; name: string; role: Role },
  ): Promise<{ id: string; createdAt: Date }> {
    const id = newId();
    const membership = await tx.membership.create({
      data: {
        organizationId,
        id,
        identityId: person.identityId,
        name: person.name,
        role: person.role,
      },
      select: { id: true, createdAt: true },
    });
    this.ledger.record({
      type: 'user.joined',
      subject: { type: 'user', id },
      data: { name: person.name, role: person.role },
    });
    return membership;
  }

  async #find(where: { id: string; status?: UserStatus }, tx?: TenantClient): Promise<UserDto> {
    const row = await (tx ?? this.db.client).membership.findFirst({ where, select: userSelect });
    if (!row) throw new UserNotFound();
    return toUserDto(row);
  }
}

function cursorOf({ createdAt, id }: ListedUser): Cursor {
  return { key: createdAt, id };
}
