import { newId } from '#core/context/ids.js';
import { canary } from '../world/secrets.js';
import type { Side } from '../world/side.js';
import {
  anId,
  aPage,
  ids,
  none,
  ofNobody,
  of,
  ownOnly,
  type Asked,
  type RouteCase,
  type Swap,
} from './case.js';

const text = 'Of the attacker’s own.';

/** Of a ticket that is A's own, with what is put into it. */
const ticket = (body?: Record<string, unknown>): ((a: Side) => Partial<Asked>) =>
  of('ticket', body);

const named =
  (kind: keyof Side['names']) =>
  (b: Side): Swap[] => [{ what: kind, theirs: b.names[kind], nobodys: canary() }];
const address = (b: Side): Swap[] => [
  { what: 'customer', theirs: b.names.customerEmail, nobodys: `${canary()}@${canary()}.example` },
];
const domain = (b: Side): Swap[] => [
  { what: 'domain', theirs: b.names.companyDomain, nobodys: `${canary()}.example` },
];
/** A list of one id: in a body that takes several. */
const listed = (b: Side): Swap[] =>
  ids(b).map(({ what, theirs, nobodys }) => ({
    what: `a list with the ${what}`,
    theirs: [theirs] as never,
    nobodys: [nobodys] as never,
  }));
const options = (b: Side): Swap[] =>
  ids(b).map(({ what, theirs, nobodys }) => ({
    what: `an option with the id of the ${what}`,
    theirs: [{ id: theirs, name: 'One' }] as never,
    nobodys: [{ id: nobodys, name: 'One' }] as never,
  }));
const condition = (field: string, value: string): string =>
  JSON.stringify({ all: [{ field, operator: 'is', value }] });
const conditions = (b: Side): Swap[] =>
  ['requesterId', 'companyId', 'teamId', 'assigneeId', 'stateId'].flatMap((field) =>
    ids(b).map(({ what, theirs, nobodys }) => ({
      what: `condition: ${field} is the ${what}`,
      theirs: condition(field, theirs),
      nobodys: condition(field, nobodys),
    })),
  );
const searches = (b: Side): Swap[] => [
  ...(['word', 'note', 'company', 'customerEmail'] as const).map((kind) => ({
    what: `search for the ${kind}`,
    theirs: b.names[kind],
    nobodys: canary(),
  })),
  ...ids(b).flatMap(({ what, theirs, nobodys }) => [
    { what: `search for the ${what}`, theirs, nobodys },
  ]),
];
const ofATeam =
  (more: Record<string, unknown>) =>
  (a: Side): Partial<Asked> => ({
    body: { name: newId(), scope: 'team', teamId: a.ids.team, ...more },
  });

/** Tickets in depth, customers, files, what is written and done at the desk, views, search and exports. */
export const DESK_CASES: Record<string, RouteCase> = {
  'PUT /api/v1/tickets/:id/take': { asks: ticket(), swaps: anId },
  'PUT /api/v1/tickets/:id/requester': {
    asks: (a) => ({ path: { id: a.ids.ticket }, body: { requesterId: a.ids.requester } }),
    swaps: { ...anId, 'body.requesterId': ids },
  },
  'PUT /api/v1/tickets/:id/snooze': {
    asks: ticket({ until: '2099-01-01T00:00:00.000Z' }),
    swaps: anId,
  },
  'DELETE /api/v1/tickets/:id/snooze': { asks: ticket(), swaps: anId },
  'GET /api/v1/tickets/:id/links': { asks: ticket(), swaps: { ...anId, ...aPage } },
  'POST /api/v1/tickets/:id/links': {
    asks: (a) => ({
      path: { id: a.ids.ticket },
      body: { kind: 'related', ticketId: a.ids.closedTicket },
    }),
    swaps: { ...anId, 'body.ticketId': ids },
  },
  'DELETE /api/v1/tickets/:id/links/:linkId': {
    asks: (a) => ({ path: { id: a.ids.ticket, linkId: newId() } }),
    swaps: { ...anId, 'path.linkId': ids },
  },
  'GET /api/v1/tickets/:id/timeline': { asks: ticket(), swaps: { ...anId, ...aPage } },
  'GET /api/v1/ticket-states': { asks: none, swaps: aPage },
  'POST /api/v1/ticket-states': {
    asks: () => ({ body: { name: newId(), category: 'open', position: 9 } }),
    without: ownOnly,
  },
  'PATCH /api/v1/ticket-states/:id': { asks: of('state', { position: 7 }), swaps: anId },
  'DELETE /api/v1/ticket-states/:id': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/teams': { asks: none, swaps: aPage },
  'POST /api/v1/teams': { asks: () => ({ body: { name: newId() } }), without: ownOnly },
  'GET /api/v1/teams/:id': { asks: of('team'), swaps: anId },
  'PATCH /api/v1/teams/:id': { asks: of('team', { description: text }), swaps: anId },
  'DELETE /api/v1/teams/:id': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/teams/:id/members': { asks: of('team'), swaps: { ...anId, ...aPage } },
  'PUT /api/v1/teams/:id/members/:userId': {
    asks: (a) => ({ path: { id: a.ids.team, userId: a.ids.user } }),
    swaps: { ...anId, 'path.userId': ids },
  },
  'DELETE /api/v1/teams/:id/members/:userId': {
    asks: (a) => ({ path: { id: a.ids.team, userId: newId() } }),
    swaps: { ...anId, 'path.userId': ids },
  },
  'GET /api/v1/me/teams': { asks: none, swaps: aPage },
  'GET /api/v1/custom-fields': { asks: none, without: ownOnly },
  'POST /api/v1/custom-fields': {
    asks: () => ({
      body: {
        subject: 'ticket',
        key: `k${newId().replaceAll('-', '')}`,
        kind: 'text',
        name: 'A field',
      },
    }),
    swaps: { 'body.options': options },
  },
  'PATCH /api/v1/custom-fields/:id': {
    asks: of('customField', { name: 'A field' }),
    swaps: { ...anId, 'body.options': options },
  },
  'DELETE /api/v1/custom-fields/:id': { asks: ofNobody(), swaps: anId },

  'GET /api/v1/customers': {
    asks: none,
    // The address of a ticket that A wrote down before.
    repeats: ({ names }) => names.email,
    swaps: {
      ...aPage,
      'query.q': named('customerEmail'),
      'query.email': address,
      'query.companyId': ids,
    },
  },
  'POST /api/v1/customers': {
    onlyPrograms:
      'an address is given to one customer, and the second asking of its own would find it taken',
    asks: () => ({ body: { email: `${newId()}@customer.example` } }),
    swaps: { 'body.email': address, 'body.companyId': ids },
  },
  'GET /api/v1/customers/:id': { asks: of('customer'), swaps: anId },
  'PATCH /api/v1/customers/:id': {
    asks: of('customer', { notes: text }),
    swaps: { ...anId, 'body.companyId': ids },
  },
  'POST /api/v1/customers/:id/addresses': {
    asks: ofNobody({ email: 'somebody@customer.example' }),
    swaps: { ...anId, 'body.email': address },
  },
  'DELETE /api/v1/customers/:id/addresses/:email': {
    asks: (a) => ({ path: { id: a.ids.customer, email: `${newId()}@customer.example` } }),
    swaps: { ...anId, 'path.email': address },
  },
  'PUT /api/v1/customers/:id/main-address': {
    asks: (a) => ({ path: { id: a.ids.customer }, body: { email: a.names.customerEmail } }),
    swaps: { ...anId, 'body.email': address },
  },
  'POST /api/v1/customers/:id/merges': {
    asks: (a) => ({ path: { id: a.ids.customer }, body: { customerId: newId() } }),
    swaps: { ...anId, 'body.customerId': ids },
  },
  'GET /api/v1/companies': { asks: none, swaps: { ...aPage, 'query.q': named('company') } },
  'POST /api/v1/companies': {
    echoes:
      'it counts whom of its own the company takes in, and A has made one at that domain before',
    asks: () => ({ body: { name: newId() } }),
    swaps: {
      'body.domains': (b) =>
        domain(b).map(({ what, theirs, nobodys }) => ({
          what,
          theirs: [theirs] as never,
          nobodys: [nobodys] as never,
        })),
    },
  },
  'GET /api/v1/companies/:id': { asks: of('company'), swaps: anId },
  'PATCH /api/v1/companies/:id': { asks: of('company', { notes: text }), swaps: anId },
  'DELETE /api/v1/companies/:id': { asks: ofNobody(), swaps: anId },

  'GET /api/v1/tickets/:id/drafts': { asks: ticket(), swaps: anId },
  'PUT /api/v1/tickets/:id/drafts/:kind': {
    asks: (a) => ({ path: { id: a.ids.ticket, kind: 'note' }, body: { html: `<p>${text}</p>` } }),
    swaps: { ...anId, 'path.kind': ids, 'body.attachmentIds': listed, 'body.mentions': listed },
  },
  'DELETE /api/v1/tickets/:id/drafts/:kind': {
    asks: (a) => ({ path: { id: a.ids.ticket, kind: 'note' } }),
    swaps: { ...anId, 'path.kind': ids },
  },
  'GET /api/v1/me/drafts': { asks: none, swaps: aPage },
  'GET /api/v1/canned-replies': { asks: none, swaps: aPage },
  'POST /api/v1/canned-replies': {
    asks: ofATeam({ html: '<p>Hello</p>' }),
    swaps: { 'body.teamId': ids },
  },
  'GET /api/v1/canned-replies/:id': { asks: of('cannedReply'), swaps: anId },
  'PATCH /api/v1/canned-replies/:id': {
    asks: of('cannedReply', { html: '<p>Hello</p>' }),
    swaps: anId,
  },
  'DELETE /api/v1/canned-replies/:id': { asks: ofNobody(), swaps: anId },
  'POST /api/v1/canned-replies/:id/rendering': {
    asks: (a) => ({ path: { id: a.ids.cannedReply }, body: { ticketId: a.ids.ticket } }),
    swaps: { ...anId, 'body.ticketId': ids },
  },
  'GET /api/v1/tickets/:id/presence': { asks: ticket(), swaps: anId },
  'PUT /api/v1/tickets/:id/presence': { asks: ticket({ state: 'viewing' }), swaps: anId },
  'DELETE /api/v1/tickets/:id/presence': { asks: ticket(), swaps: anId },
  'GET /api/v1/me/notifications': { asks: none, swaps: aPage },
  'PUT /api/v1/me/notifications/reading': { asks: none, swaps: { 'query.ticketId': ids } },
  'PUT /api/v1/me/notifications/:id/reading': { asks: ofNobody(), swaps: anId },

  'POST /api/v1/attachments': {
    asks: () => ({
      query: { name: 'a.txt' },
      headers: { 'content-type': 'text/plain' },
      body: text,
    }),
    without: ownOnly,
  },
  'POST /api/v1/attachments/:id/links': { asks: of('attachment'), swaps: anId },
  'DELETE /api/v1/attachments/:id': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/files/:token': {
    asks: () => ({ path: { token: `${newId()}.0.${'A'.repeat(43)}` } }),
    swaps: {
      'path.token': (b) =>
        ids(b).map(({ what, theirs, nobodys }) => ({
          what: `link to the ${what}`,
          theirs: `${theirs}.4102444800.${'A'.repeat(43)}`,
          nobodys: `${nobodys}.4102444800.${'A'.repeat(43)}`,
        })),
    },
  },

  'POST /api/v1/tickets/:id/merges': {
    asks: (a) => ({ path: { id: a.ids.closedTicket }, body: { ticketIds: [newId()] } }),
    swaps: { ...anId, 'body.ticketIds': listed },
  },
  'POST /api/v1/tickets/:id/splits': {
    asks: (a) => ({ path: { id: a.ids.ticket }, body: { messageIds: [newId()] } }),
    swaps: { ...anId, 'body.messageIds': listed },
  },
  'POST /api/v1/bulk-operations': {
    asks: () => ({ body: { ticketIds: [newId()], change: { priority: 'low' } } }),
    swaps: {
      'body.ticketIds': listed,
      'body.change.assigneeId': ids,
      'body.change.teamId': ids,
      'body.change.stateId': ids,
    },
  },
  'GET /api/v1/operations': { asks: none, swaps: aPage },
  'GET /api/v1/operations/:id': { asks: of('operation'), swaps: anId },
  'GET /api/v1/operations/:id/items': { asks: of('operation'), swaps: { ...anId, ...aPage } },
  'PUT /api/v1/operations/:id/undoing': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/macros': { asks: none, swaps: aPage },
  'POST /api/v1/macros': {
    asks: ofATeam({ actions: [{ type: 'set_priority', value: 'low' }] }),
    swaps: { 'body.teamId': ids },
  },
  'GET /api/v1/macros/:id': { asks: of('macro'), swaps: anId },
  'PATCH /api/v1/macros/:id': {
    asks: of('macro', { description: text }),
    swaps: anId,
  },
  'DELETE /api/v1/macros/:id': { asks: ofNobody(), swaps: anId },
  'POST /api/v1/macros/:id/preview': {
    asks: (a) => ({ path: { id: a.ids.macro }, body: { ticketId: a.ids.ticket } }),
    swaps: { ...anId, 'body.ticketId': ids },
  },
  'POST /api/v1/tickets/:id/macro-runs': {
    echoes: 'a second run finds nothing left to change, and says so',
    asks: (a) => ({ path: { id: a.ids.ticket }, body: { macroId: a.ids.macro } }),
    swaps: { ...anId, 'body.macroId': ids },
  },

  'GET /api/v1/views': { asks: none, swaps: aPage },
  'POST /api/v1/views': {
    asks: ofATeam({ conditions: { all: [{ field: 'status', operator: 'is', value: 'open' }] } }),
    swaps: { 'body.teamId': ids },
  },
  'GET /api/v1/views/counts': { asks: none, swaps: { 'query.ids': ids } },
  'GET /api/v1/views/:id': { asks: of('view'), swaps: anId },
  'PATCH /api/v1/views/:id': {
    asks: of('view', { position: 3 }),
    swaps: anId,
  },
  'DELETE /api/v1/views/:id': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/search': {
    echoes:
      'it looks through what A has written itself, the ids of B that A has named in mails among it',
    asks: () => ({ query: { q: 'question' } }),
    swaps: { ...aPage, 'query.q': searches },
  },
  'GET /api/v1/exports': { asks: none, swaps: aPage },
  'POST /api/v1/exports': {
    asks: () => ({ body: { format: 'csv', viewId: newId() } }),
    swaps: { 'body.viewId': ids },
  },
  'GET /api/v1/exports/:id': { asks: of('export'), swaps: anId },
  'POST /api/v1/exports/:id/links': { asks: ofNobody(), swaps: anId },
};

/** Places that the desk has brought to routes that were there before. */
export const DESK_SWAPS: Record<string, NonNullable<RouteCase['swaps']>> = {
  'GET /api/v1/tickets': {
    'query.stateId': ids,
    'query.teamId': ids,
    'query.companyId': ids,
    'query.viewId': ids,
    'query.conditions': conditions,
  },
  'POST /api/v1/tickets': {
    'body.requesterId': ids,
    'body.teamId': ids,
    'body.stateId': ids,
  },
  'PATCH /api/v1/tickets/:id': { 'body.teamId': ids, 'body.stateId': ids },
  'PUT /api/v1/tickets/:id/closure': { 'body.stateId': ids },
  'PUT /api/v1/tickets/:id/assignment': { 'body.teamId': ids, 'body.ifAssigneeId': ids },
  'POST /api/v1/tickets/:id/messages': {
    'body.attachmentIds': listed,
    'body.mentions': listed,
    'body.lastSeenMessageId': ids,
    'body.stateId': ids,
  },
};
