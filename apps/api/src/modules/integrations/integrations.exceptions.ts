import { DomainError } from '#core/errors/domain-error.js';

/** No such key in this organization. */
export class ApiKeyNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'api_key.not_found';

  constructor() {
    super('There is no such API key in this organization.');
  }
}

/** Nobody can give more than they have, nor change or be shown a key that reaches further than they do. */
export class ScopeNotHeld extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'api_key.scope_not_held';

  constructor(scopes: string[]) {
    super(
      `You cannot give, change or rotate a key with what you do not have yourself: ${scopes.join(', ')}.`,
      { scopes },
    );
  }
}

/** A program cannot make or keep a key that reaches further than the key it comes with. */
export class WiderThanMaker extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'api_key.wider_than_maker';

  constructor(fields: string[]) {
    super(
      `A key that is made or changed with a key cannot reach further than that one: narrow ${fields.join(', ')}.`,
      { fields },
    );
  }
}

/** The key is used from a network that it is not allowed to be used from. */
export class AddressNotAllowed extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'api_key.address_not_allowed';

  constructor(address: string) {
    super(
      `This API key may not be used from ${address}: add the network to its allow-list, or call from one that is on it.`,
      { address },
    );
  }
}

/** The key was ended for good. */
export class ApiKeyRevoked extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'api_key.revoked';

  constructor() {
    super('This API key is revoked and stays so: make a new one.');
  }
}

/** A secret of a key that is past its time would be good for nothing. */
export class ApiKeyExpired extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'api_key.expired';

  constructor() {
    super('This API key has expired: give it a later expiresAt first.');
  }
}

/** What follows that place is no longer handed out. */
export class EventsGone extends DomainError {
  readonly kind = 'gone';
  readonly code = 'events.gone';

  constructor(oldestAvailable: number) {
    super(
      `Some of the events after that place are no longer handed out: read anew what you keep a copy of, then go on with after=${oldestAvailable - 1}.`,
      { oldestAvailable },
    );
  }
}
