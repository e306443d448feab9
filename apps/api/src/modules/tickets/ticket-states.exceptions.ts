import { DomainError } from '#core/errors/domain-error.js';

/** No such state in this organization: absent and foreign look the same. */
export class TicketStateNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'ticket_state.not_found';

  constructor() {
    super('There is no such ticket state in this organization.');
  }
}

/** The state is kept for the tickets that are in it; none comes into it any more. */
export class TicketStateIsArchived extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket_state.archived';

  constructor() {
    super('The state is archived: choose another one.');
  }
}

/** Two states of one name could not be told apart. */
export class TicketStateNameTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket_state.name_taken';

  constructor() {
    super('There is or was a state of this name: take another name.');
  }
}

/** Tickets of which only the category is said come into it, so it cannot go before another one is that. */
export class TicketStateIsDefault extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket_state.is_default';

  constructor() {
    super('It is the state of its category: make another one the default before you archive it.');
  }
}

/** More states than a menu can show. */
export class TooManyTicketStates extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket_state.too_many';

  constructor(most: number) {
    super(`There are ${most} states already: archive one that is not needed any more.`);
  }
}
