import { DomainError } from '#core/errors/domain-error.js';

/** No such ticket in this organization: absent and foreign look the same. */
export class TicketNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'ticket.not_found';

  constructor() {
    super('There is no such ticket in this organization.');
  }
}

/** A closed ticket keeps its state until it is reopened. */
export class TicketIsClosed extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket.closed';

  constructor() {
    super('The ticket is closed: reopen it first (DELETE /api/v1/tickets/:id/closure).');
  }
}

/** A closed state is reached by the closure, which says it in its own words. */
export class TicketClosesByClosure extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket.closes_by_closure';

  constructor() {
    super('The state closes the ticket: put a closure for that (PUT /api/v1/tickets/:id/closure).');
  }
}

/** The ticket went on changing under every try. */
export class TicketIsBusy extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket.busy';

  constructor() {
    super('The ticket is being changed by others at this moment; try again.');
  }
}

/** Somebody else has the ticket: whoever takes it at the same moment is told who was first. */
export class TicketTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket.taken';

  constructor(assignee: { id: string; name: string } | null) {
    super(
      assignee === null
        ? 'The ticket has been left to nobody in the meantime: look at it again.'
        : `${assignee.name} has the ticket: ask them, or assign it without \`ifAssigneeId\`.`,
      { assignee },
    );
  }
}

/** The ticket lives on in another one. */
export class TicketIsMerged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket.merged';

  constructor(mergedIntoId: string, number: number | null) {
    super('The ticket was merged into another one: go on there, or undo the merge first.', {
      mergedIntoId,
      number,
    });
  }
}

/** The organization wants to know more before a ticket is done. */
export class TicketFieldsRequired extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket.fields_required';

  constructor(fields: string[]) {
    super('Fill in the fields that are required before the ticket is solved or closed.', {
      fields,
    });
  }
}

/** Whoever asks is no person, and a program has no tickets of its own. */
export class TicketNeedsPerson extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'ticket.needs_person';

  constructor() {
    super('Only a person can take a ticket: name the assignee instead (PUT …/assignment).');
  }
}
