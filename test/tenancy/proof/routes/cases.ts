import { newId } from '#core/context/ids.js';
import type { Side } from '../world/side.js';
import { canary } from '../world/secrets.js';
import { mail } from '../../../support/mail.js';
import { DELIVERY_CASES } from './delivery-cases.js';
import { DESK_CASES, DESK_SWAPS } from './desk-cases.js';
import { PLATFORM_CASES } from './platform-cases.js';
import { ACCESS_CASES } from './access-cases.js';
import {
  address,
  anId,
  aPage,
  cursors,
  ids,
  nobody,
  none,
  ownOnly,
  tag,
  word,
  type Asked,
  type RouteCase,
  type Swap,
} from './case.js';

const ticket = (a: Side): Partial<Asked> => ({ path: { id: a.ids.ticket } });
const aTicket = anId;

const newTicket = (): Record<string, unknown> => ({
  subject: 'A question',
  body: 'Of the attacker’s own.',
  requester: { email: `${newId()}@customer.example`, name: 'Somebody' },
});

/** A mail that says it is part of a conversation of B's, in every way that a mail can. */
function mailThatNames(id: string, message: string): string {
  const hex = id.replaceAll('-', '');
  return mail({
    To: `reply+${hex}${'0'.repeat(24)}@desk.example`,
    'In-Reply-To': message,
    References: `<${hex}.${hex}.${'0'.repeat(32)}@desk.example> ${message}`,
    'Message-ID': `<${newId()}@customer.example>`,
    Subject: `Re: [#${id}] a conversation`,
  });
}

const mails = (b: Side): Swap[] => [
  ...ids(b).map(({ what, theirs, nobodys }) => ({
    what: `mail that names the ${what}`,
    theirs: mailThatNames(theirs, '<a@b.example>'),
    nobodys: mailThatNames(nobodys, '<a@b.example>'),
  })),
  {
    what: 'mail that answers a mail of the other',
    theirs: mailThatNames(b.ids.ticket, b.names.mailMessageId),
    nobodys: mailThatNames(newId(), `<${canary()}@customer.example>`),
  },
];

const CASES: Record<string, RouteCase> = {
  ...ACCESS_CASES,
  ...DESK_CASES,
  ...DELIVERY_CASES,
  ...PLATFORM_CASES,

  'GET /health/live': { asks: none, without: nobody },
  'GET /health/ready': { asks: none, without: nobody },
  'GET /metrics': { asks: none, without: nobody },

  'POST /api/v1/auth/sessions': {
    asks: (a) => ({
      body: {
        email: a.names.ownerEmail,
        password: 'correct horse battery',
        organizationId: a.organizationId,
      },
    }),
    swaps: { 'body.organizationId': ids },
  },
  'POST /api/v1/auth/sessions/refresh': {
    asks: () => ({ headers: { 'x-manydesk-csrf': '1' } }),
    swaps: {
      'header.cookie': (b) =>
        ids(b).map(({ what, theirs, nobodys }) => ({
          what: `session of the ${what}`,
          theirs: `manydesk_refresh=${theirs}.${Buffer.alloc(32, 1).toString('base64url')}`,
          nobodys: `manydesk_refresh=${nobodys}.${Buffer.alloc(32, 1).toString('base64url')}`,
        })),
    },
  },
  'DELETE /api/v1/auth/sessions/current': {
    asks: none,
    without: ownOnly,
    onlyPrograms: 'a person’s session would be over after the first time',
  },
  'GET /api/v1/me': { asks: none, without: ownOnly },
  'GET /api/v1/tickets': {
    asks: none,
    swaps: {
      'query.assigneeId': ids,
      'query.requesterId': ids,
      'query.cursor': cursors,
      'query.tag': tag,
      'query.subject': word,
    },
  },
  'POST /api/v1/tickets': {
    asks: () => ({ body: newTicket() }),
    swaps: { 'body.assigneeId': ids, 'body.requester.email': address },
    excludes: { 'body.requesterId': 'requester' },
  },
  'GET /api/v1/tickets/:id': { asks: ticket, swaps: aTicket },
  'PATCH /api/v1/tickets/:id': {
    asks: (a) => ({ ...ticket(a), body: { priority: 'low' } }),
    swaps: aTicket,
  },
  'PUT /api/v1/tickets/:id/assignment': {
    asks: (a) => ({ ...ticket(a), body: { assigneeId: a.ids.user } }),
    swaps: { ...aTicket, 'body.assigneeId': ids },
  },
  'DELETE /api/v1/tickets/:id/assignment': { asks: ticket, swaps: aTicket },
  'PUT /api/v1/tickets/:id/closure': { asks: ticket, swaps: aTicket },
  'DELETE /api/v1/tickets/:id/closure': { asks: ticket, swaps: aTicket },
  'GET /api/v1/tickets/:id/messages': { asks: ticket, swaps: { ...aTicket, ...aPage } },
  'POST /api/v1/tickets/:id/messages': {
    asks: (a) => ({ ...ticket(a), body: { kind: 'note', body: 'Of the attacker’s own.' } }),
    swaps: aTicket,
  },

  'GET /api/v1/events': {
    asks: none,
    swaps: {
      'query.subjectId': ids,
      'query.after': () => [{ what: 'position', theirs: '1', nobodys: '1' }],
    },
  },
  'GET /api/v1/events/stream': {
    asks: none,
    swaps: {
      'header.last-event-id': ids,
      'query.subjectId': ids,
      'query.after': () => [{ what: 'position', theirs: '1', nobodys: '1' }],
    },
  },

  'POST /api/v1/inbound/mail': {
    asks: () => ({
      headers: { 'content-type': 'message/rfc822' },
      body: mail({ 'Message-ID': `<${newId()}@customer.example>` }),
    }),
    swaps: { 'body.': mails },
  },
  'GET /api/v1/mailbox': { asks: none, swaps: aPage },
  'GET /api/v1/mailbox/:id/raw': {
    asks: (a) => ({ path: { id: a.ids.outboundMail } }),
    swaps: { 'path.id': ids },
  },
};

/** Every route, by `METHOD path`. */
export const ROUTE_CASES: Record<string, RouteCase> = Object.fromEntries(
  Object.entries(CASES).map(([name, how]) => [
    name,
    { ...how, ...(DESK_SWAPS[name] ? { swaps: { ...how.swaps, ...DESK_SWAPS[name] } } : {}) },
  ]),
);
