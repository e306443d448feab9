import { DomainError } from '#core/errors/domain-error.js';

/** No such view for whoever asks: absent, foreign and somebody else's look the same. */
export class ViewNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'view.not_found';

  constructor() {
    super('There is no such view in this organization, or it is not yours to see.');
  }
}

/** A view that others see too is changed by those who set the desk up. */
export class SharedViewRefused extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'view.shared';

  constructor() {
    super(
      'The view is for others too: that takes the permission desk:write. A personal view takes none.',
    );
  }
}

/** A view of one's own needs somebody whose own it is. */
export class ViewOfNobody extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'view.of_nobody';

  constructor() {
    super('An API key has no views of its own: make one for a team or the organization.');
  }
}

/** There are as many as lists of them can sensibly show. */
export class TooManyViews extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'view.too_many';

  constructor(most: number) {
    super(`There may be ${most} views of a kind: delete one that is not used any more.`, { most });
  }
}
