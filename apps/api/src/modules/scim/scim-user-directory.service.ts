import { Injectable } from '@nestjs/common';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { Arrivals } from '#modules/users/arrivals.service.js';
import { ScimBase } from './scim-base.service.js';
import type { Condition } from './scim-filter.js';
import { listResponse, type Attributes, type ListRequest } from './scim-list.js';
import {
  KNOWN_TO_DIRECTORY,
  scimUserSelect,
  toScimUser,
  userCondition,
  type GroupOfUser,
} from './scim-users.view.js';
import { ScimNotFound } from './scim.exceptions.js';

/** The people whom the directory keeps, as it reads them: those that it brought, and nobody else. */
@Injectable()
export class ScimUserDirectory {
  constructor(
    private readonly db: TenantDb,
    private readonly arrivals: Arrivals,
    private readonly base: ScimBase,
  ) {}

  /** One person. Throws {@link ScimNotFound}. */
  async get(id: string, attributes: Attributes): Promise<object> {
    const row = await this.db.client.scimUser.findFirst({
      where: { ...KNOWN_TO_DIRECTORY, membershipId: id },
      select: scimUserSelect,
      relationLoadStrategy: 'join',
    });
    if (!row) throw new ScimNotFound('user');
    const groups = await this.#groupsOf([id], attributes);
    return attributes.of(toScimUser(row, groups.get(id) ?? [], this.base.url));
  }

  /** A stretch of the people that the conditions let through, the oldest first. */
  async list(request: ListRequest, attributes: Attributes): Promise<object> {
    const { conditions, startIndex, count } = request;
    const wanted = await Promise.all(conditions.map((condition) => this.#condition(condition)));
    const where = { AND: [KNOWN_TO_DIRECTORY, ...wanted] };
    const [total, rows] = await Promise.all([
      this.db.client.scimUser.count({ where }),
      this.db.client.scimUser.findMany({
        where,
        orderBy: [{ createdAt: 'asc' }, { membershipId: 'asc' }],
        skip: startIndex - 1,
        take: count,
        select: scimUserSelect,
        relationLoadStrategy: 'join',
      }),
    ]);
    const groups = await this.#groupsOf(
      rows.map(({ membershipId }) => membershipId),
      attributes,
    );
    const users = rows.map((row) =>
      attributes.of(toScimUser(row, groups.get(row.membershipId) ?? [], this.base.url)),
    );
    return listResponse(users, total, startIndex);
  }

  /** Addresses are the deployment's: whose one is, in this organization, is asked for by itself. */
  async #condition(condition: Condition): Promise<object> {
    const { attribute, value } = condition;
    if (attribute !== 'emails' && attribute !== 'emails.value') return userCondition(condition);
    const id = typeof value === 'string' ? await this.arrivals.placeOf(value) : null;
    return { membershipId: { in: id === null ? [] : [id] } };
  }

  async #groupsOf(ids: string[], attributes: Attributes): Promise<Map<string, GroupOfUser[]>> {
    const groups = new Map<string, GroupOfUser[]>();
    if (ids.length === 0 || !attributes.shows('groups')) return groups;
    const rows = await this.db.client.scimGroupMember.findMany({
      where: { membershipId: { in: ids } },
      orderBy: { groupId: 'asc' },
      select: { membershipId: true, group: { select: { id: true, displayName: true } } },
    });
    for (const { membershipId, group } of rows)
      groups.set(membershipId, [...(groups.get(membershipId) ?? []), group]);
    return groups;
  }
}
