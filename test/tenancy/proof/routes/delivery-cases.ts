import { canary } from '../world/secrets.js';
import type { Side } from '../world/side.js';
import {
  anId,
  aPage,
  ids,
  nobody,
  none,
  of,
  ofNobody,
  ownOnly,
  type Asked,
  type RouteCase,
} from './case.js';

const endpoint = (body?: Record<string, unknown>): ((a: Side) => Partial<Asked>) =>
  of('endpoint', body);

/** A call of a tool of the Model Context Protocol. */
const tool = (name: string, args: Record<string, unknown>) => (): Partial<Asked> => ({
  headers: { accept: 'application/json, text/event-stream' },
  body: {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name, arguments: args },
  },
});
const place = 'body.params.arguments';

/** Events handed out: endpoints, deliveries, what a person is told of, and programs that speak to models. */
export const DELIVERY_CASES: Record<string, RouteCase> = {
  'GET /api/v1/webhook-endpoints': { asks: none, swaps: aPage },
  'POST /api/v1/webhook-endpoints': {
    asks: () => ({ body: { url: 'no address' } }),
    without: ownOnly,
  },
  'GET /api/v1/webhook-endpoints/:id': { asks: endpoint(), swaps: anId },
  'PATCH /api/v1/webhook-endpoints/:id': {
    asks: endpoint({ description: 'Of the attacker’s own.' }),
    swaps: anId,
  },
  'DELETE /api/v1/webhook-endpoints/:id': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/webhook-endpoints/:id/secrets': { asks: endpoint(), swaps: { ...anId, ...aPage } },
  'POST /api/v1/webhook-endpoints/:id/secrets': { asks: ofNobody(), swaps: anId },
  'DELETE /api/v1/webhook-endpoints/:id/secrets/:secretId': {
    asks: (a) => ({ path: { id: a.ids.endpoint, secretId: a.ids.endpoint } }),
    swaps: { ...anId, 'path.secretId': ids },
  },
  'GET /api/v1/webhook-endpoints/:id/deliveries': {
    asks: endpoint(),
    swaps: { ...anId, ...aPage },
  },
  'POST /api/v1/webhook-endpoints/:id/pings': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/webhook-deliveries/:id': { asks: of('delivery'), swaps: anId },
  'POST /api/v1/webhook-deliveries/:id/replays': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/webhook-endpoints/:id/replays': { asks: endpoint(), swaps: { ...anId, ...aPage } },
  'POST /api/v1/webhook-endpoints/:id/replays': { asks: ofNobody({ sinceSeq: 0 }), swaps: anId },
  'GET /api/v1/webhook-replays/:id': { asks: of('replay'), swaps: anId },

  'GET /api/v1/event-types': { asks: none, without: nobody },
  'GET /api/v1/me/notification-preferences': { asks: none, without: ownOnly },
  'PUT /api/v1/me/notification-preferences': {
    asks: () => ({
      body: { reasons: [], digest: { every: 'daily', hour: 8 }, timeZone: null, locale: null },
    }),
    without: ownOnly,
  },
  'GET /api/v1/unsubscriptions/:token': {
    asks: () => ({ path: { token: canary() } }),
    swaps: { 'path.token': ids },
  },
  'POST /api/v1/unsubscriptions/:token': {
    asks: () => ({ path: { token: canary() } }),
    swaps: { 'path.token': ids },
  },

  'POST /api/mcp': {
    asks: tool('read_ticket', { ticket: canary() }),
    swaps: { 'body.id': ids, [`${place}.ticket`]: ids },
    echoes: 'a call has an id of the caller’s own, which its answer carries',
    refusesOrigins:
      'a page of another address may not speak to it in a browser: the protocol asks for that',
  },
  'GET /api/mcp': { asks: none, without: nobody },
  'DELETE /api/mcp': { asks: none, without: nobody },
};
