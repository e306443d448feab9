/** Every right, with what it lets its holder do. The same names are the scopes of API keys. */
export const PERMISSIONS = {
  'organization:read': "See the organization's name and settings.",
  'organization:write': "Change the organization's name, look and settings.",
  'organization:own': 'Hand the organization to another owner, or delete it.',
  'organization:export': 'Take out everything that the organization has, as one file.',
  'security:read': 'See the security policy, single sign-on and the directory connection.',
  'security:write': 'Change the security policy, single sign-on and second factors of others.',
  'users:read': 'See the people of the organization.',
  'users:write': 'Invite people, change their roles and remove them.',
  'roles:read': 'See the roles and what each lets its holders do.',
  'roles:write': 'Make, change and delete custom roles.',
  'apiKeys:read': 'See the API keys and their last calls, never their secrets.',
  'apiKeys:write': 'Create, rotate and revoke API keys.',
  'directory:write': 'Keep people and groups in step with a directory (SCIM).',
  'billing:read': 'See the plan, what is used of it, and the invoices.',
  'billing:write': 'Take, change and cancel the plan.',
  'audit:read': 'See, export and verify the trail of sign-ins and changes of rights.',
  'support_access:grant':
    'Let the staff of the deployment look into the organization for a time, and stop it.',
  'tickets:read': 'See tickets, their messages and requesters.',
  'tickets:write': 'Create and change tickets, reply and write notes.',
  'tickets:export': 'Export tickets with their messages to a file.',
  'notes:read': 'Read the internal notes on tickets.',
  'customers:read': 'See customers and companies, their addresses and notes.',
  'customers:write': 'Create, change and merge customers and companies.',
  'customers:erase': 'Erase what is personal of a customer, for good.',
  'desk:write':
    'Set up the desk: states, teams, custom fields, and the replies, macros and views that are shared.',
  'events:read': 'Read the event feed and stream.',
  'webhooks:read': 'See the webhook endpoints and what was sent to them, never a secret.',
  'webhooks:write': 'Create, change and delete webhook endpoints, and send events once more.',
  'mail:read': 'See the mails that were received and sent.',
  'mail:write': 'Hand in received mails.',
} as const;

export type Permission = keyof typeof PERMISSIONS;

export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];

/** The roles that every organization has. */
export const BUILT_IN_ROLES = ['owner', 'admin', 'agent', 'viewer'] as const;

export type Role = (typeof BUILT_IN_ROLES)[number];

const VIEWER: Permission[] = [
  'organization:read',
  'users:read',
  'roles:read',
  'tickets:read',
  'notes:read',
  'customers:read',
  'events:read',
];
const AGENT: Permission[] = [...VIEWER, 'tickets:write', 'customers:write', 'mail:read'];
const OWNERS_ALONE: readonly Permission[] = [
  'organization:own',
  'organization:export',
  'billing:read',
  'billing:write',
];

/** The built-in roles as sets of permissions. */
export const ROLE_PERMISSIONS: Record<Role, ReadonlySet<Permission>> = {
  owner: new Set(PERMISSION_NAMES),
  admin: new Set(PERMISSION_NAMES.filter((name) => !OWNERS_ALONE.includes(name))),
  agent: new Set(AGENT),
  viewer: new Set(VIEWER),
};

/** Whether `name` is a permission of this version: a custom role may still hold one that is gone. */
export function isPermission(name: string): name is Permission {
  return Object.hasOwn(PERMISSIONS, name);
}

/** What a membership with `role` may do; `custom` is what its custom role holds. */
export function permissionsOf(
  role: string,
  custom: readonly string[] | null,
): ReadonlySet<Permission> {
  if (role !== 'custom') return ROLE_PERMISSIONS[role as Role];
  return new Set((custom ?? []).filter(isPermission));
}
