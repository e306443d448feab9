import { isId } from '#core/context/ids.js';
import type { Condition } from './scim-filter.js';
import { ScimInvalid } from './scim.exceptions.js';

export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

export const scimGroupSelect = {
  id: true,
  displayName: true,
  externalId: true,
  createdAt: true,
  updatedAt: true,
} as const;

export interface ScimGroupRow {
  id: string;
  displayName: string;
  externalId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A person who is in a group. */
export interface GroupMember {
  membershipId: string;
  membership: { name: string };
}

/** The rows that a condition lets through. Throws {@link ScimInvalid}. */
export function groupCondition({ attribute, value }: Condition): object {
  if (typeof value !== 'string')
    throw new ScimInvalid('invalidFilter', `${attribute} is compared to a text.`);
  if (attribute === 'displayname') return { displayName: value };
  if (attribute === 'externalid') return { externalId: value };
  if (attribute === 'id') return { id: { in: isId(value) ? [value] : [] } };
  if (attribute === 'members' || attribute === 'members.value')
    return { members: { some: { membershipId: { in: isId(value) ? [value] : [] } } } };
  throw new ScimInvalid(
    'invalidFilter',
    'Groups are found by id, displayName, externalId and members.value.',
  );
}

/** A group as the directory sees it (RFC 7643, 4.2). */
export function toScimGroup(row: ScimGroupRow, members: GroupMember[], base: string): object {
  const { id, displayName, externalId } = row;
  return {
    schemas: [GROUP_SCHEMA],
    id,
    ...(externalId === null ? {} : { externalId }),
    displayName,
    members: members.map(({ membershipId, membership }) => ({
      value: membershipId,
      display: membership.name,
      $ref: `${base}/Users/${membershipId}`,
      type: 'User',
    })),
    meta: {
      resourceType: 'Group',
      created: row.createdAt.toISOString(),
      lastModified: row.updatedAt.toISOString(),
      location: `${base}/Groups/${id}`,
    },
  };
}
