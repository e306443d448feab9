import { DomainError } from '#core/errors/domain-error.js';
import type { Permission } from '#core/tenancy/permissions.js';

/** No such person in this organization: absent and foreign look the same. */
export class UserNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'user.not_found';

  constructor() {
    super('There is no such person in this organization.');
  }
}

/** The change would leave the organization to nobody. */
export class LastOwner extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'user.last_owner';

  constructor() {
    super('An organization keeps an owner: make somebody else an owner first.');
  }
}

/** The address belongs to somebody who is in the organization already. */
export class AlreadyMember extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'user.already_member';

  constructor() {
    super('This person is in the organization already. If they are deactivated, reactivate them.');
  }
}

/** No such role in this organization: absent and foreign look the same. */
export class RoleNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'role.not_found';

  constructor() {
    super('There is no such role in this organization: see GET /api/v1/roles.');
  }
}

/** Nobody gives, changes or takes away more than they have. */
export class RoleTooHigh extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'role.too_high';

  constructor(missing: Permission[]) {
    super(
      `This takes rights that you do not have yourself: ${missing.join(', ')}. Ask somebody who has them.`,
      { missing },
    );
  }
}

/** A role with the name is there already. */
export class RoleNameTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'role.name_taken';

  constructor() {
    super('There is a role with this name already: choose another one.');
  }
}

/** Somebody has the role, or is to get it. */
export class RoleInUse extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'role.in_use';

  constructor() {
    super(
      'The role is in use: give its people another one first, and take back the invitations and connections that name it.',
    );
  }
}

/** The four roles that every organization has stay as they are. */
export class RoleIsBuiltIn extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'role.built_in';

  constructor() {
    super('A built-in role cannot be changed or deleted: make a role of your own.');
  }
}

/** The organization has as many roles as it may. */
export class TooManyRoles extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'role.too_many';

  constructor(most: number) {
    super(`An organization has at most ${most} roles of its own: delete one first.`);
  }
}

/** Only a person who is an owner hands an organization on: a program would lock everybody out by a slip. */
export class OwnersAlone extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'organization.owners_alone';

  constructor() {
    super('Only an owner, signed in as a person, can hand the organization on.');
  }
}
