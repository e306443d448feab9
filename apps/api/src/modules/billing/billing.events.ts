import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { id, integer, listOf, oneOf, text, time } from '#core/ledger/event-schema.js';
import { INTERVALS } from './periods.js';
import { STATUSES } from './subscription-machine.js';

const choice = { planId: text, interval: oneOf(...INTERVALS), seats: integer };
const sum = { number: text, total: integer, currency: text };
const status = oneOf(...STATUSES);

/** The facts of this room. Amounts are in the smallest unit of their currency. */
export const BILLING_EVENTS = [
  ...eventsAbout('organization', {
    'billing.subscribed': {
      says: 'An organization took a plan, or came back to one.',
      data: { ...choice, status },
    },
    'billing.plan_changed': {
      says: 'Somebody took another plan or number of seats: at once, or with the next period.',
      data: { ...choice, startsAt: time },
    },
    'billing.renewed': {
      says: 'A new period of the plan began.',
      data: { ...choice, periodEnd: time },
    },
    'billing.cancellation_asked': {
      says: 'Somebody cancelled the plan: it ends with the period that is paid.',
      data: { endsAt: time },
    },
    'billing.cancellation_withdrawn': {
      says: 'Somebody took the cancellation of the plan back.',
      data: {},
    },
    'billing.status_changed': {
      says: 'The plan is tried, paid for, overdue, or over, and what the organization may do follows from it.',
      data: {},
      changes: { status },
    },
    'billing.limit_near': {
      says: 'The organization uses 80 or 100 % of what its plan has.',
      data: { entitlement: text, limit: integer, used: integer, percent: integer },
    },
    'billing.override_given': {
      says: 'The operator gave the organization something else than its plan says, until a day.',
      data: { given: listOf(text), reason: text, until: time },
    },
    'billing.override_ended': {
      says: 'What the operator gave the organization is over, and its plan alone counts.',
      data: {},
    },
    'billing.profile_changed': {
      says: 'Somebody changed whom invoices are made out to.',
      data: {},
    },
  }),
  ...eventsAbout('invoice', {
    'billing.invoice_issued': { says: 'An invoice was issued.', data: { ...sum, dueAt: time } },
    'billing.invoice_paid': { says: 'An invoice was marked as paid.', data: sum },
    'billing.credit_note_issued': {
      says: 'A credit note was issued, which takes an invoice back.',
      data: { ...sum, invoiceId: id },
    },
  }),
];
