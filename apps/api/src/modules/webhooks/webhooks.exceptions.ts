import { DomainError } from '#core/errors/domain-error.js';

/** No such endpoint in this organization. */
export class EndpointNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'webhook.not_found';

  constructor() {
    super('There is no such webhook endpoint in this organization.');
  }
}

/** No such delivery in this organization, or it was swept up after its thirty days. */
export class DeliveryNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'webhook.delivery_not_found';

  constructor() {
    super('There is no such delivery in this organization. Deliveries are kept for 30 days.');
  }
}

/** No such live secret of this endpoint. */
export class SecretNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'webhook.secret_not_found';

  constructor() {
    super('The endpoint has no such live secret.');
  }
}

/** No such replay in this organization. */
export class ReplayNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'webhook.replay_not_found';

  constructor() {
    super('There is no such replay in this organization.');
  }
}

/** Without it nothing could be signed. */
export class LastSecret extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'webhook.last_secret';

  constructor() {
    super('This is the only secret that lasts: make a new one first.');
  }
}

/** Nothing is sent to an endpoint that is switched off. */
export class EndpointDisabled extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'webhook.disabled';

  constructor() {
    super('The endpoint is switched off: set isEnabled to true first.');
  }
}

/** There are as many as an organization may have. */
export class TooManyEndpoints extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'webhook.too_many';

  constructor(most: number) {
    super(`There may be ${most} webhook endpoints: delete one that is not used any more.`, {
      most,
    });
  }
}

/** One replay of an endpoint at a time: two would be sent all mixed up. */
export class ReplayRunning extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'webhook.replay_running';

  constructor(replayId: string) {
    super('A replay of this endpoint is under way: wait until it is done.', { replayId });
  }
}

/** More deliveries wait for this endpoint than may be added to. */
export class TooMuchWaiting extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'webhook.too_much_waiting';

  constructor(most: number) {
    super(`More than ${most} deliveries wait for this endpoint: let it catch up first.`, { most });
  }
}
