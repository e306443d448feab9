import { LARGEST_COUNT, listResponse } from './scim-list.js';
import { GROUP_SCHEMA } from './scim-groups.view.js';
import { USER_SCHEMA } from './scim-users.view.js';
import { ScimNotFound } from './scim.exceptions.js';

const SCHEMA_OF_SCHEMAS = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

/** What we can and cannot do (RFC 7643, 5). */
export function serviceProviderConfig(base: string): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: LARGEST_COUNT },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'API key',
        description: 'An API key with the scope directory:write, as a bearer token.',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

/** The kinds of resources that we keep (RFC 7643, 6). */
export function resourceTypes(base: string): object {
  const types = [
    resourceType('User', USER_SCHEMA, base),
    resourceType('Group', GROUP_SCHEMA, base),
  ];
  return listResponse(types, types.length, 1);
}

/** One of them. Throws {@link ScimNotFound}. */
export function resourceTypeNamed(name: string, base: string): object {
  if (name === 'User') return resourceType('User', USER_SCHEMA, base);
  if (name === 'Group') return resourceType('Group', GROUP_SCHEMA, base);
  throw new ScimNotFound('resource type');
}

/** The attributes that we keep (RFC 7643, 7). */
export function schemas(base: string): object {
  return listResponse([userSchema(base), groupSchema(base)], 2, 1);
}

/** One schema by its URN. Throws {@link ScimNotFound}. */
export function schemaNamed(urn: string, base: string): object {
  if (urn === USER_SCHEMA) return userSchema(base);
  if (urn === GROUP_SCHEMA) return groupSchema(base);
  throw new ScimNotFound('schema');
}

function resourceType(name: 'User' | 'Group', schema: string, base: string): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    ...{ id: name, name, endpoint: `/${name}s`, schema, schemaExtensions: [] },
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
  };
}

function userSchema(base: string): object {
  return schema(base, USER_SCHEMA, 'User', [
    text('userName', { required: true, uniqueness: 'server' }),
    text('externalId', { caseExact: true }),
    complex('name', false, [text('formatted'), text('givenName'), text('familyName')]),
    text('displayName'),
    { ...text('active'), type: 'boolean' },
    // Immutable: the address is that of the person's account, which is theirs in every organization.
    complex(
      'emails',
      true,
      [text('value'), text('type'), { ...text('primary'), type: 'boolean' }],
      'immutable',
    ),
    complex('groups', true, [text('value'), text('display')], 'readOnly'),
  ]);
}

function groupSchema(base: string): object {
  return schema(base, GROUP_SCHEMA, 'Group', [
    text('displayName', { required: true, caseExact: true, uniqueness: 'server' }),
    text('externalId', { caseExact: true }),
    complex('members', true, [text('value', { mutability: 'immutable' }), text('display')]),
  ]);
}

function schema(base: string, id: string, name: string, attributes: object[]): object {
  return {
    schemas: [SCHEMA_OF_SCHEMAS],
    ...{ id, name, attributes },
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  };
}

function text(name: string, more: object = {}) {
  return {
    name,
    type: 'string',
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...more,
  };
}

function complex(
  name: string,
  multiValued: boolean,
  subAttributes: object[],
  mutability = 'readWrite',
): object {
  return { ...text(name), type: 'complex', multiValued, mutability, subAttributes };
}
