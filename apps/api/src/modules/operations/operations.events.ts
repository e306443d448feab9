import { eventsAbout } from '#core/ledger/event-catalogue.js';
import { id, integer, listOf, nullable, oneOf, text, time } from '#core/ledger/event-schema.js';

const kind = oneOf('merge', 'split', 'bulk', 'macro');
/** How many messages went, for readers who may read notes: they are counted too. */
const moved = { 'messages?': integer };

/** The facts of this room. */
export const OPERATION_EVENTS = [
  ...eventsAbout('operation', {
    'operation.requested': {
      says: 'Somebody asked for a change of many tickets at once.',
      data: { kind, total: integer },
    },
    'operation.finished': {
      says: 'An operation has come to its end.',
      data: { kind, status: text, total: integer, done: integer, failed: integer },
    },
    'operation.undo_requested': {
      says: 'Somebody asked for an operation to be taken back.',
      data: { kind, total: integer, conflicts: integer },
    },
    'operation.undone': {
      says: 'An operation was taken back.',
      data: { kind, total: integer, 'undone?': integer, 'kept?': integer },
    },
  }),
  ...eventsAbout('ticket', {
    'ticket.merged': {
      says: 'Tickets were merged: told of each that went (`intoId`) and of the one that took them (`fromIds`).',
      data: {
        number: integer,
        'intoId?': id,
        'intoNumber?': integer,
        'fromIds?': listOf(id),
        'fromNumbers?': listOf(integer),
        ...moved,
      },
      changes: {
        status: text,
        snoozedUntil: nullable(time),
        mergedIntoId: nullable(id),
        cc: listOf(text),
      },
    },
    'ticket.unmerged': {
      says: 'A merge was taken back: told of each that came back (`fromId`) and of those that gave them (`returnedIds`).',
      data: {
        number: integer,
        'fromId?': id,
        'fromNumber?': integer,
        'returnedIds?': listOf(id),
        'returnedNumbers?': listOf(integer),
        ...moved,
      },
      changes: {
        status: text,
        stateId: id,
        snoozedUntil: nullable(time),
        mergedIntoId: nullable(id),
        cc: listOf(text),
      },
    },
    'ticket.split': {
      says: 'Messages of a ticket were put on a new one; `messageIds` is for readers who may read notes.',
      data: { number: integer, newId: id, newNumber: integer, 'messageIds?': listOf(id) },
    },
  }),
];
