import { DomainError } from '#core/errors/domain-error.js';

/** What was to be sent is not there any more. */
export class DraftGone extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'draft.gone';

  constructor() {
    super(
      'Your draft is not there any more: it was sent or thrown away in another window. Look at the conversation; to send this all the same leave `fromDraft` out.',
    );
  }
}

/** Drafts are kept until they are sent or thrown away: without an end they would fill the database. */
export class TooManyDrafts extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'draft.too_many';

  constructor(most: number) {
    super(`You have ${most} drafts: send some of them, or throw them away.`, { most });
  }
}

/** What a person is writing is theirs: no program writes over it. */
export class DraftExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'draft.exists';

  constructor() {
    super('This person has a draft of a reply on the ticket already: they are answering it.');
  }
}

/** A program proposed a reply, and there is nobody to propose it to. */
export class DraftForNobody extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'draft.for_nobody';

  constructor() {
    super('The ticket is assigned to nobody: say whose draft it is to be, or assign the ticket.');
  }
}

/** A program proposed a reply to somebody who may send none. */
export class DraftForReader extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'draft.for_reader';

  constructor() {
    super('This person may not answer tickets: say whose draft it is to be.');
  }
}
