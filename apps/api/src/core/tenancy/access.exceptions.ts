import { DomainError } from '../errors/domain-error.js';
import type { Permission } from './permissions.js';
import type { StaffPermission } from './staff-permissions.js';

/** No credential, or one that is not (or no longer) good. */
export class Unauthenticated extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'auth.unauthenticated';

  constructor() {
    super('Sign in, or send a valid API key, as `Authorization: Bearer …`.');
  }
}

/** The credential is good but does not carry the right. */
export class PermissionMissing extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'auth.forbidden';

  constructor(permission: Permission) {
    super(`This needs the permission ${permission}.`, { permission });
  }
}

/** Told to staff alone: their role does not carry the right. */
export class StaffPermissionMissing extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'staff.forbidden';

  constructor(permission: StaffPermission) {
    super(`This needs the staff permission ${permission}: ask an operator.`, { permission });
  }
}

/** One of the staff who was let in looks at what has a permission of its own, and changes nothing. */
export class SupportReadsOnly extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'support.reads_only';

  constructor() {
    super('Staff who were let into an organization look, and do nothing in its name.');
  }
}

/** The staff of the deployment have not turned it on for the organization. */
export class FeatureIsOff extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'feature.off';

  constructor(feature: string) {
    super('This is not turned on for your organization: ask whoever runs the desk.', { feature });
  }
}

/** Only a person has it or does it: a program has no eyes, no drafts and nobody who would be told. */
export class PersonMissing extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'auth.people_only';

  constructor() {
    super('An API key is no person: sign in as one for this.');
  }
}

/** The operator has suspended the organization, or it waits to be deleted. */
export class OrganizationSuspended extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'organization.suspended';

  constructor() {
    super(
      'The organization is suspended or about to be deleted: programs are refused and people can only read. Its owner can ask the operator to resume it, or cancel the deletion.',
    );
  }
}
