import { DomainError } from '#core/errors/domain-error.js';

/** No such link on this ticket. */
export class TicketLinkNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'ticket_link.not_found';

  constructor() {
    super('There is no such link on this ticket.');
  }
}

/** A ticket would be its own ancestor, or would wait for itself. */
export class TicketLinkCycle extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket_link.cycle';

  constructor() {
    super('The tickets are linked the other way round already, directly or through others.');
  }
}

/** More links than anybody reads. */
export class TooManyTicketLinks extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket_link.too_many';

  constructor(most: number) {
    super(`A ticket has at most ${most} links: remove one first.`);
  }
}
