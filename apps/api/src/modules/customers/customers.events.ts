import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { id, integer, listOf, nullable, text } from '#core/ledger/event-schema.js';

/** The facts of this room. They name ids and fields, never what stands in them. */
export const CUSTOMER_EVENTS = [
  ...eventsAbout('customer', {
    'customer.created': {
      says: 'A customer was made by a person or a program; who writes for the first time is told of by their ticket.',
      data: { companyId: nullable(id) },
    },
    'customer.changed': {
      says: 'A customer was changed; `fields` names what.',
      data: { fields: listOf(text) },
    },
    'customer.merged': {
      says: 'Another customer was merged into this one, with their tickets and addresses.',
      data: { customerId: id, tickets: integer, addresses: integer },
    },
    'customer.erased': {
      says: 'What is personal of a customer was erased for good, here and in the log; the numbers say how much.',
      data: {
        tickets: integer,
        messages: integer,
        mails: integer,
        files: integer,
        events: integer,
      },
    },
  }),
  ...eventsAbout('company', {
    'company.created': {
      says: 'A company was made; `customers` counts who came to it by their domain.',
      data: { domains: integer, customers: integer },
    },
    'company.changed': {
      says: 'A company was changed; `fields` names what.',
      data: { fields: listOf(text), customers: integer },
    },
    'company.deleted': {
      says: 'A company was deleted; its customers stay, and are of none.',
      data: { customers: integer },
    },
  }),
];
