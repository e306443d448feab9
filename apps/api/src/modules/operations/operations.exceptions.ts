import { DomainError } from '#core/errors/domain-error.js';

/** One field that somebody changed after the operation did. */
export interface UndoConflict {
  ticketId: string;
  number: number;
  field: string;
  /** What it was before the operation, what the operation made of it, and what it is now. */
  before: unknown;
  after: unknown;
  now: unknown;
}

/** Conflicts that one answer names; `total` says how many there are. */
const MOST_CONFLICTS_TOLD = 100;

/** No such operation in this organization: absent and foreign look the same. */
export class OperationNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'operation.not_found';

  constructor() {
    super('There is no such operation in this organization.');
  }
}

/** One of the tickets is not in this organization: absent and foreign look the same. */
export class OperatedTicketNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'ticket.not_found';

  constructor() {
    super('There is no such ticket in this organization.');
  }
}

/** One of the messages is not on the ticket. */
export class MessageNotOnTicket extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'message.not_found';

  constructor() {
    super('There is no such message on this ticket.');
  }
}

/** A merged ticket takes part in nothing until its merge is undone. */
export class TicketWasMerged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket.merged';

  constructor(ticket: { id: string; number: number; mergedIntoId: string }) {
    super(
      `Ticket ${ticket.number} was merged into another one: work on that one, or undo the merge first.`,
      { ticketId: ticket.id, number: ticket.number, mergedIntoId: ticket.mergedIntoId },
    );
  }
}

/** A ticket without a message says nothing: something must stay. */
export class NothingLeftBehind extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket.split_all';

  constructor() {
    super('Every message of the ticket would go: leave at least one behind.');
  }
}

/** Somebody changed the same since, so that undoing would lose their work. */
export class OperationConflict extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'operation.conflict';

  constructor(conflicts: UndoConflict[]) {
    super(
      'Somebody has changed the same since, so nothing was undone: look at the differences and settle them first.',
      { conflicts: conflicts.slice(0, MOST_CONFLICTS_TOLD), total: conflicts.length },
    );
  }
}

/** The time in which an operation can be undone is over. */
export class UndoIsOver extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'operation.undo_over';

  constructor(undoUntil: string) {
    super(`The operation could be undone until ${undoUntil}.`, { undoUntil });
  }
}

/** The operation has not come to an end, or has changed nothing. */
export class NothingToUndo extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'operation.nothing_to_undo';

  constructor(status: string) {
    super(
      status === 'queued' || status === 'running'
        ? 'The operation is still under way: undo it when it has come to its end.'
        : 'The operation has changed nothing that could be undone.',
      { status },
    );
  }
}

/** Others merged and split the same tickets under every try. */
export class OperationIsBusy extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'operation.busy';

  constructor() {
    super('The tickets are being merged or split by others at this moment; try again.');
  }
}

/** Each bulk operation lists its tickets when it is asked for: without an end the lists would fill the database. */
export class TooManyOperations extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'operation.too_many';

  constructor(most: number) {
    super(`There are ${most} bulk operations under way already: wait for one of them.`, { most });
  }
}
