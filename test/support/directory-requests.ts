/** The bodies that directories send, in the shapes of their own requests. */
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

export const SCIM_JSON = { headers: { 'content-type': 'application/scim+json' } };

export function patch(...operations: object[]): object {
  return { schemas: [PATCH_OP], Operations: operations };
}

/** Okta: a new assignment. */
export function oktaUser(email: string, more: object = {}): object {
  return {
    schemas: [USER],
    userName: email,
    name: { givenName: 'Odile', familyName: 'Okta' },
    emails: [{ primary: true, value: email, type: 'work' }],
    displayName: 'Odile Okta',
    locale: 'en-US',
    externalId: `00u${email.slice(0, 8)}`,
    groups: [],
    password: '1mz050nq',
    active: true,
    ...more,
  };
}

/** Okta: an assignment is taken back, or given again. */
export function oktaActive(active: boolean): object {
  return patch({ op: 'replace', value: { active } });
}

/** Okta: a push group is renamed. */
export function oktaGroupName(id: string, displayName: string): object {
  return patch({ op: 'replace', value: { id, displayName } });
}

/** Okta: one member leaves, others come. */
export function oktaMembers(leaves: string, come: string[]): object {
  return patch(
    { op: 'remove', path: `members[value eq "${leaves}"]` },
    {
      op: 'add',
      path: 'members',
      value: come.map((value) => ({ value, display: `${value}@acme.example` })),
    },
  );
}

/** Entra ID: a new assignment. */
export function entraUser(email: string, more: object = {}): object {
  return {
    schemas: [USER, ENTERPRISE],
    externalId: `mail-${email.slice(0, 8)}`,
    userName: email,
    active: true,
    displayName: 'Enzo Entra',
    emails: [{ primary: true, type: 'work', value: email }],
    meta: { resourceType: 'User' },
    name: { formatted: 'Enzo Entra', familyName: 'Entra', givenName: 'Enzo' },
    [ENTERPRISE]: { department: 'Support', employeeNumber: '7' },
    roles: [],
    ...more,
  };
}

/** Entra ID without its feature flag: texts for truth values, `op` with a capital. */
export function entraActive(active: 'True' | 'False'): object {
  return patch({ op: 'Replace', path: 'active', value: active });
}

/** Entra ID: several attributes of a person change at once, some of which we do not keep. */
export function entraChange(email: string): object {
  return patch(
    { op: 'Replace', path: 'emails[type eq "work"].value', value: email },
    { op: 'Replace', path: 'name.givenName', value: 'Enza' },
    { op: 'Add', path: 'name.familyName', value: 'Entrada' },
    { op: 'Replace', path: 'displayName', value: 'Enza Entrada' },
    { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Sales' },
    { op: 'Replace', path: 'title', value: 'Lead' },
  );
}

/** Entra ID with its feature flag: no path, names that are paths. */
export function entraPathless(): object {
  return patch({
    op: 'replace',
    value: {
      'name.givenName': 'Enzina',
      displayName: 'Enzina Entra',
      [`${ENTERPRISE}:department`]: 'HR',
    },
  });
}

export function entraGroup(displayName: string, externalId: string): object {
  return {
    schemas: [GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
    externalId,
    displayName,
    meta: { resourceType: 'Group' },
  };
}

export function entraMembers(op: 'Add' | 'Remove', ids: string[]): object {
  return patch({ op, path: 'members', value: ids.map((value) => ({ $ref: null, value })) });
}
