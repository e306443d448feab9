import { isId } from '#core/context/ids.js';
import type { Condition } from './scim-filter.js';
import { ScimInvalid } from './scim.exceptions.js';

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User';

export const scimUserSelect = {
  membershipId: true,
  userName: true,
  externalId: true,
  givenName: true,
  familyName: true,
  active: true,
  createdAt: true,
  updatedAt: true,
  membership: { select: { name: true, status: true, identity: { select: { email: true } } } },
} as const;

export interface ScimUserRow {
  membershipId: string;
  userName: string;
  externalId: string | null;
  givenName: string | null;
  familyName: string | null;
  active: boolean;
  createdAt: Date;
  updatedAt: Date;
  membership: { name: string; status: string; identity: { email: string } };
}

/** A group that a person is in. */
export interface GroupOfUser {
  id: string;
  displayName: string;
}

/** Those whom the directory brought and did not delete, and whom nobody removed here. */
export const KNOWN_TO_DIRECTORY = {
  deletedAt: null,
  membership: { status: { not: 'removed' } },
} as const;

/** The form in which a userName is compared (RFC 7643, 4.1.1: without regard to case). */
export function userNameKey(userName: string): string {
  return userName.normalize('NFC').toLowerCase();
}

/** The rows that a condition lets through. Throws {@link ScimInvalid}. */
export function userCondition({ attribute, value }: Condition): object {
  const text = typeof value === 'string' ? value : null;
  if (attribute === 'active')
    return { membership: { status: isTrue(value) ? 'active' : { not: 'active' } } };
  if (text === null) throw new ScimInvalid('invalidFilter', `${attribute} is compared to a text.`);
  if (attribute === 'username') return { userNameKey: userNameKey(text) };
  if (attribute === 'externalid') return { externalId: text };
  if (attribute === 'id') return { membershipId: { in: isId(text) ? [text] : [] } };
  throw new ScimInvalid(
    'invalidFilter',
    'People are found by id, userName, externalId, emails.value and active.',
  );
}

/** A person as the directory sees them (RFC 7643, 4.1). The address is that of their account, whatever was sent. */
export function toScimUser(row: ScimUserRow, groups: GroupOfUser[], base: string): object {
  const { membershipId: id, userName, externalId, givenName, familyName, membership } = row;
  const { name: displayName, status, identity } = membership;
  return {
    schemas: [USER_SCHEMA],
    id,
    ...(externalId === null ? {} : { externalId }),
    userName,
    name: {
      formatted: displayName,
      ...(givenName === null ? {} : { givenName }),
      ...(familyName === null ? {} : { familyName }),
    },
    displayName,
    active: status === 'active',
    emails: [{ value: identity.email, type: 'work', primary: true }],
    groups: groups.map((group) => ({
      value: group.id,
      display: group.displayName,
      $ref: `${base}/Groups/${group.id}`,
      type: 'direct',
    })),
    meta: {
      resourceType: 'User',
      created: row.createdAt.toISOString(),
      lastModified: row.updatedAt.toISOString(),
      location: `${base}/Users/${id}`,
    },
  };
}

function isTrue(value: Condition['value']): boolean {
  return String(value).toLowerCase() === 'true';
}
