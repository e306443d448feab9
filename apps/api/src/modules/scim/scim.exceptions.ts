import { DomainError } from '#core/errors/domain-error.js';

/** The words of RFC 7644, 3.12, table 9, that we use. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'invalidValue'
  | 'mutability';

/** What the directory sent is not right, in a way that SCIM has a word for. */
export class ScimInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'scim.invalid';

  constructor(scimType: ScimType, message: string) {
    super(message, { scimType });
  }
}

/** Another resource of the organization has the name already (RFC 7644, 3.3). */
export class ScimTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'scim.taken';

  constructor(message: string) {
    super(message, { scimType: 'uniqueness' });
  }
}

/** Absent, deleted and foreign look the same. */
export class ScimNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'scim.not_found';

  constructor(resource: 'user' | 'group' | 'schema' | 'resource type') {
    super(`There is no such ${resource}.`);
  }
}
