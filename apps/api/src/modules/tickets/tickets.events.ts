import { eventsAbout } from '#core/ledger/event-catalogue.js';
import {
  anything,
  flag,
  id,
  integer,
  listOf,
  nullable,
  oneOf,
  text,
  time,
} from '#core/ledger/event-schema.js';
import { LINK_KINDS } from './ticket-link-kinds.js';
import { TICKET_PRIORITIES, TICKET_STATUSES, TICKET_TYPES } from './ticket-terms.js';

const number = { number: integer };
const status = oneOf(...TICKET_STATUSES);
const settled = { status, stateId: nullable(id) };
const link = {
  ...number,
  linkId: id,
  kind: oneOf(...LINK_KINDS),
  otherId: id,
  otherNumber: integer,
};
const state = { name: text, category: text };

/** The facts of this room. */
export const TICKET_EVENTS = [
  ...eventsAbout('ticket', {
    'ticket.created': {
      says: 'A ticket was opened: by a person, a program, a mail, or the splitting of another one.',
      data: {
        ...number,
        subject: text,
        priority: oneOf(...TICKET_PRIORITIES),
        tags: listOf(text),
        channel: oneOf('api', 'web', 'email'),
        requesterId: id,
        assigneeId: nullable(id),
        messageId: id,
        'type?': oneOf(...TICKET_TYPES),
        'teamId?': nullable(id),
        'status?': status,
        'stateId?': id,
        'splitFromId?': id,
        'splitFromNumber?': integer,
      },
    },
    'ticket.updated': {
      says: 'A ticket was changed, in what has no event of its own; custom fields are `fields.<key>`.',
      data: number,
      changes: {
        subject: text,
        priority: oneOf(...TICKET_PRIORITIES),
        type: nullable(oneOf(...TICKET_TYPES)),
        status,
        stateId: nullable(id),
        teamId: nullable(id),
        requesterId: id,
        companyId: nullable(id),
        tags: listOf(text),
        cc: listOf(text),
        '*': anything,
      },
    },
    'ticket.assigned': {
      says: 'A ticket was given to a person.',
      data: { ...number, assigneeId: id },
      changes: { assigneeId: nullable(id) },
    },
    'ticket.unassigned': {
      says: 'A ticket is nobody’s again.',
      data: number,
      changes: { assigneeId: nullable(id) },
    },
    'ticket.closed': { says: 'A ticket was closed.', data: number, changes: settled },
    'ticket.reopened': {
      says: 'A ticket that was done is open again.',
      data: number,
      changes: settled,
    },
    'ticket.message_received': {
      says: 'A customer wrote on a ticket.',
      data: { ...number, messageId: id, requesterId: id },
    },
    'ticket.replied': { says: 'The desk answered on a ticket.', data: { messageId: id } },
    'ticket.noted': {
      says: 'An internal note was written on a ticket. Readers who may not read notes are not told.',
      data: { messageId: id },
    },
    'ticket.draft_suggested': {
      says: 'A program laid words before a person, who may send them or not.',
      data: { ...number, userId: id },
    },
    'ticket.snoozed': {
      says: 'A ticket was put aside until a time.',
      data: number,
      changes: { snoozedUntil: nullable(time) },
    },
    'ticket.woken': {
      says: 'A ticket that was put aside is back: its time came, or something happened on it.',
      data: number,
      changes: { snoozedUntil: nullable(time) },
    },
    'ticket.linked': {
      says: 'A ticket was linked with another; each of the two is told.',
      data: link,
    },
    'ticket.unlinked': {
      says: 'A link between two tickets was removed; each is told.',
      data: link,
    },
  }),
  ...eventsAbout('ticket_state', {
    'ticket_state.created': { says: 'A state of tickets was made.', data: state },
    'ticket_state.changed': {
      says: 'A state of tickets was changed.',
      data: state,
      changes: { name: text, position: integer, isDefault: flag },
    },
    'ticket_state.archived': {
      says: 'A state of tickets was archived; tickets keep it.',
      data: state,
    },
  }),
];
