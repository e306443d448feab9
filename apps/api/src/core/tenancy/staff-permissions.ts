/** Every right of the deployment's own staff, with what it lets its holder do. None of them reaches what tenants wrote. */
export const STAFF_PERMISSIONS = {
  'self:write': 'Know who you are, change your password and sign out.',
  'staff:read': 'See who the staff are.',
  'staff:write': 'Make staff, and end what they may do.',
  'acts:read': 'Read what the staff did.',
  'organizations:read':
    'Find organizations and see how they fare: counts and times, never what they wrote.',
  'organizations:suspend': 'Suspend organizations and let them work again.',
  'organizations:delete': 'Set the day of a deletion, and take it back.',
  'billing:read': 'See what organizations have taken, and their invoices.',
  'billing:write':
    'Give an organization something else than its plan says, mark invoices as paid and take them back.',
  'plans:read': 'See what is sold, and what was.',
  'plans:write': 'Offer plans, and new versions of them.',
  'features:read': 'See which features are on for whom.',
  'features:write': 'Turn features on and off, for one organization or for a share of them.',
  'announcements:read': 'See what was announced.',
  'announcements:write': 'Announce something to the people of every organization.',
  'support_access:ask':
    'Ask an organization for access, and look at what it let you look at while it lasts.',
  'support_access:break_glass': 'Let staff in without the organization, as one of two operators.',
  'operations:read': 'See failed jobs, mails and deliveries, and how far the outbox is behind.',
  'operations:write': 'Try failed jobs once more.',
} as const;

export type StaffPermission = keyof typeof STAFF_PERMISSIONS;

export const STAFF_PERMISSION_NAMES = Object.keys(STAFF_PERMISSIONS) as StaffPermission[];

export const STAFF_ROLES = ['support', 'billing', 'operator'] as const;

export type StaffRole = (typeof STAFF_ROLES)[number];

const EVERYBODY: StaffPermission[] = [
  'self:write',
  'organizations:read',
  'plans:read',
  'features:read',
];

/** The roles of staff as sets of permissions. */
export const STAFF_ROLE_PERMISSIONS: Record<StaffRole, ReadonlySet<StaffPermission>> = {
  support: new Set([
    ...EVERYBODY,
    'announcements:read',
    'support_access:ask',
    'operations:read',
  ] as const),
  billing: new Set([...EVERYBODY, 'billing:read', 'billing:write', 'plans:write'] as const),
  operator: new Set(STAFF_PERMISSION_NAMES),
};
