import { DomainError } from '#core/errors/domain-error.js';

/** No such customer in this organization: absent and foreign look the same. */
export class CustomerNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'customer.not_found';

  constructor() {
    super('There is no such customer in this organization.');
  }
}

/** The customer does not have this address. */
export class AddressNotFound extends DomainError {
  readonly kind = 'not_found';
  readonly code = 'customer.address_not_found';

  constructor() {
    super('The customer does not have this address: add it first.');
  }
}

/** An address leads to one customer. */
export class AddressTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'customer.address_taken';

  constructor(customerId: string | null) {
    super(
      'Another customer of this organization has the address: merge the two, or take it away there.',
      {
        customerId,
      },
    );
  }
}

/** The main address is where replies go. */
export class AddressIsMain extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'customer.main_address';

  constructor() {
    super('This is the main address of the customer: make another one the main one first.');
  }
}

/** A customer has no more addresses than a person can look through. */
export class TooManyAddresses extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'customer.too_many_addresses';

  constructor(most: number) {
    super(`A customer has at most ${most} addresses: take one away first.`, { most });
  }
}

/** The customer turned out to be another one, who stands for both. */
export class CustomerMerged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'customer.merged';

  constructor(mergedIntoId: string) {
    super('The customer was merged into another one: go on with that one (details.mergedIntoId).', {
      mergedIntoId,
    });
  }
}

/** What is personal of the customer was erased, and stays so: whoever writes again is somebody new. */
export class CustomerErased extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'customer.erased';

  constructor() {
    super('The customer was erased: make a new one, or go on with another one.');
  }
}

/** Nobody is merged into themselves. */
export class SameCustomer extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'customer.same';

  constructor() {
    super('A customer cannot be merged into themselves: name another one.');
  }
}

/** The customer went on changing under every try. */
export class CustomerIsBusy extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'customer.busy';

  constructor() {
    super('The customer is being changed by others at this moment; try again.');
  }
}
