import { DomainError } from '#core/errors/domain-error.js';

/** The customer wrote while the caller did: what they say may be answered, or wrong, by now. */
export class CustomerWrote extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket.customer_wrote';

  constructor(messageIds: string[]) {
    super(
      'The customer has written since: read it, then send again with the id of the last message that you saw.',
      { messageIds },
    );
  }
}

/** What the caller read is on another ticket by now: their answer belongs there, or would be one to nothing. */
export class MessagesMoved extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'ticket.messages_moved';

  constructor({ ticketId, number }: { ticketId: string; number: number }) {
    super(
      'The last message that you saw is on another ticket now: look at both, then send again where it belongs.',
      { ticketId, number },
    );
  }
}

/** Why somebody cannot be mentioned. */
export type MentionProblem = 'not_here' | 'may_not_read';

/** Somebody who is not here, or who may not read the note, would never learn of it. */
export class MentionRefused extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'message.mention_refused';

  constructor(mentions: { id: string; problem: MentionProblem }[]) {
    super(
      'A note can mention people of the organization who may read notes: take the others out, or ask an administrator to let them.',
      { mentions },
    );
  }
}
