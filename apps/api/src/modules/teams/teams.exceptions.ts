import { DomainError } from '#core/errors/domain-error.js';

/** No such team in this organization: absent and foreign look the same. */
export class TeamNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'team.not_found';

  constructor() {
    super('There is no such team in this organization.');
  }
}

/** The team is kept for what it did; nothing new is given to it. */
export class TeamIsArchived extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'team.archived';

  constructor() {
    super('The team is archived: choose another one.');
  }
}

/** Two teams of one name could not be told apart. */
export class TeamNameTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'team.name_taken';

  constructor() {
    super('There is or was a team of this name: take another name.');
  }
}

/** New tickets go to the default team, so it cannot go before another one is that. */
export class TeamIsDefault extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'team.is_default';

  constructor() {
    super(
      'New tickets go to this team: make another one the default, or none, before you archive it.',
    );
  }
}

/** More teams than a menu can show. */
export class TooManyTeams extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'team.too_many';

  constructor(most: number) {
    super(`There are ${most} teams already: archive one that is not needed any more.`);
  }
}
