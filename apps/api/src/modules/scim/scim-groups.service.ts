import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { ScimBase } from './scim-base.service.js';
import type { GroupChange, WholeGroup } from './scim-group-input.js';
import {
  groupCondition,
  scimGroupSelect,
  toScimGroup,
  type GroupMember,
  type ScimGroupRow,
} from './scim-groups.view.js';
import { listResponse, type Attributes, type ListRequest } from './scim-list.js';
import { KNOWN_TO_DIRECTORY } from './scim-users.view.js';
import { ScimInvalid, ScimNotFound, ScimTaken } from './scim.exceptions.js';

const UNIQUE_VIOLATION = 'P2002';

/** The groups of the organization's directory. They are kept and shown, and give nobody a right. */
@Injectable()
export class ScimGroups {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly base: ScimBase,
  ) {}

  /** One group. Throws {@link ScimNotFound}. */
  async get(id: string, attributes: Attributes): Promise<object> {
    const row = await this.#find(this.db.client, id);
    const members = await this.#membersOf([id], attributes);
    return attributes.of(toScimGroup(row, members.get(id) ?? [], this.base.url));
  }

  /** A stretch of the groups that the conditions let through, the oldest first. */
  async list(request: ListRequest, attributes: Attributes): Promise<object> {
    const { conditions, startIndex, count } = request;
    const where = { AND: conditions.map(groupCondition) };
    const [total, rows] = await Promise.all([
      this.db.client.scimGroup.count({ where }),
      this.db.client.scimGroup.findMany({
        where,
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        skip: startIndex - 1,
        take: count,
        select: scimGroupSelect,
      }),
    ]);
    const members = await this.#membersOf(
      rows.map(({ id }) => id),
      attributes,
    );
    const groups = rows.map((row) =>
      attributes.of(toScimGroup(row, members.get(row.id) ?? [], this.base.url)),
    );
    return listResponse(groups, total, startIndex);
  }

  /** Makes a group. Gives its id. Throws {@link ScimTaken}, {@link ScimInvalid} for members who are not there. */
  create({ displayName, externalId, members }: WholeGroup): Promise<string> {
    const id = newId();
    const now = this.clock.now();
    return this.#written(async (tx) => {
      await tx.scimGroup.create({
        data: { id, displayName, externalId, createdAt: now, updatedAt: now },
        select: { id: true },
      });
      await this.#add(tx, id, members);
      this.#tell('scim.group_created', id, { displayName, externalId, added: members });
      return id;
    });
  }

  /** Changes a group. Quiet when it is so already. Throws {@link ScimNotFound}, {@link ScimTaken}, {@link ScimInvalid}. */
  change(id: string, change: GroupChange): Promise<void> {
    return this.#written(async (tx) => {
      const before = await this.#find(tx, id);
      const { members, ...fields } = change;
      const changed = Object.entries(fields).filter(
        ([name, value]) => value !== undefined && value !== before[name as 'displayName'],
      );
      const { added, removed } = await this.#changeMembers(tx, id, members);
      if (changed.length + added.length + removed.length === 0) return;
      const data = { ...Object.fromEntries(changed), updatedAt: this.clock.now() };
      await tx.scimGroup.updateMany({ where: { id }, data });
      const facts = { displayName: change.displayName ?? before.displayName, added, removed };
      const changes = changed.map(([name, value]) => [
        name,
        [before[name as 'displayName'], value],
      ]);
      this.#tell('scim.group_updated', id, facts, Object.fromEntries(changes));
    });
  }

  /** Deletes a group; its people stay. Throws {@link ScimNotFound}. */
  remove(id: string): Promise<void> {
    return this.#written(async (tx) => {
      const { displayName } = await this.#find(tx, id);
      await tx.scimGroupMember.deleteMany({ where: { groupId: id } });
      await tx.scimGroup.deleteMany({ where: { id } });
      this.#tell('scim.group_deleted', id, { displayName });
    });
  }

  async #changeMembers(tx: TenantClient, groupId: string, next: GroupChange['members']) {
    if (!next) return { added: [], removed: [] };
    const rows = await tx.scimGroupMember.findMany({
      where: { groupId },
      select: { membershipId: true },
    });
    const now = new Set(rows.map(({ membershipId }) => membershipId));
    const wanted = next(now);
    const added = [...wanted].filter((id) => !now.has(id));
    const removed = [...now].filter((id) => !wanted.has(id));
    await this.#add(tx, groupId, added);
    if (removed.length > 0)
      await tx.scimGroupMember.deleteMany({ where: { groupId, membershipId: { in: removed } } });
    return { added, removed };
  }

  async #add(tx: TenantClient, groupId: string, ids: string[]): Promise<void> {
    if (ids.length === 0) return;
    const known = await tx.scimUser.count({
      where: { ...KNOWN_TO_DIRECTORY, membershipId: { in: ids } },
    });
    if (known !== ids.length)
      throw new ScimInvalid(
        'invalidValue',
        'A member is no user of the directory: make them first.',
      );
    const data = ids.map((membershipId) => ({ groupId, membershipId }));
    // Two changes of one group at once may both add somebody.
    await tx.scimGroupMember.createMany({ data, skipDuplicates: true });
  }

  async #find(db: Pick<TenantClient, 'scimGroup'>, id: string): Promise<ScimGroupRow> {
    const row = await db.scimGroup.findFirst({ where: { id }, select: scimGroupSelect });
    if (!row) throw new ScimNotFound('group');
    return row;
  }

  async #membersOf(ids: string[], attributes: Attributes): Promise<Map<string, GroupMember[]>> {
    const members = new Map<string, GroupMember[]>();
    if (ids.length === 0 || !attributes.shows('members')) return members;
    const rows = await this.db.client.scimGroupMember.findMany({
      where: { groupId: { in: ids }, membership: { status: { not: 'removed' } } },
      orderBy: { membershipId: 'asc' },
      select: { groupId: true, membershipId: true, membership: { select: { name: true } } },
    });
    for (const { groupId, ...member } of rows) {
      const list = members.get(groupId) ?? [];
      list.push(member);
      members.set(groupId, list);
    }
    return members;
  }

  async #written<T>(work: (tx: TenantClient) => Promise<T>): Promise<T> {
    try {
      return await this.db.transaction(work);
    } catch (error) {
      if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
      throw new ScimTaken('There is a group with this displayName already.');
    }
  }

  #tell(
    type: string,
    id: string,
    data: Record<string, unknown>,
    changes: Record<string, [unknown, unknown]> = {},
  ): void {
    const more = Object.keys(changes).length > 0 ? { changes } : {};
    this.ledger.record({ type, subject: { type: 'scim_group', id }, data, ...more });
  }
}
