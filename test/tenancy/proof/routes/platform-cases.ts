import { newId } from '#core/context/ids.js';
import { A_PLAN } from '../world/platform.js';
import {
  anId,
  aPage,
  ids,
  nobody,
  none,
  of,
  ofNobody,
  ownOnly,
  word,
  type RouteCase,
} from './case.js';

/** What whoever is of an organization finds at the door of the staff: nothing, whatever is named. */
const closed = (swaps?: RouteCase['swaps'], body?: Record<string, unknown>): RouteCase => ({
  asks: body === undefined ? none : () => ({ body }),
  ...(swaps ? { swaps } : { without: 'it is the staff’s: to everybody else it is not there' }),
});
const closedAtId = (body?: Record<string, unknown>): RouteCase => ({
  asks: ofNobody(body),
  swaps: anId,
});
const anOrganization = { 'query.organizationId': ids };
const aFeature = { ...anId, 'path.name': ids };
const anInvoice = { ...anId, 'path.invoiceId': ids };
const withInvoice = () => ({ path: { id: newId(), invoiceId: newId() } });
const withName = () => ({ path: { id: newId(), name: 'search' } });

/** What is sold, who of the staff looks, and the routes of the staff themselves. */
export const PLATFORM_CASES: Record<string, RouteCase> = {
  'GET /api/v1/billing/entitlements': { asks: none, without: ownOnly },
  'GET /api/v1/billing/invoices': { asks: none, swaps: aPage },
  'GET /api/v1/billing/invoices/:id': { asks: of('invoice'), swaps: anId },
  'GET /api/v1/billing/invoices/:id/document': { asks: of('invoice'), swaps: anId },
  'GET /api/v1/billing/payment': { asks: none, without: ownOnly },
  'GET /api/v1/billing/plans': { asks: none, without: nobody },
  'GET /api/v1/billing/profile': { asks: none, without: ownOnly },
  'PUT /api/v1/billing/profile': {
    asks: () => ({ body: { name: 'Acme', address: '1 Road', taxId: '' } }),
    swaps: { 'body.taxId': word },
  },
  'GET /api/v1/billing/subscription': { asks: none, without: ownOnly },
  'PUT /api/v1/billing/subscription': {
    asks: () => ({ body: { planId: 'no-such-plan', interval: 'month', seats: 1 } }),
    swaps: { 'body.planId': ids },
  },
  'PUT /api/v1/billing/subscription/cancellation': { asks: none, without: ownOnly },
  'DELETE /api/v1/billing/subscription/cancellation': { asks: none, without: ownOnly },
  'GET /api/v1/billing/subscription/preview': {
    asks: () => ({ query: { planId: 'no-such-plan', interval: 'month', seats: '1' } }),
    swaps: { 'query.planId': ids },
  },
  'POST /api/v1/billing/checkouts': {
    asks: () => ({ body: { planId: 'no-such-plan', interval: 'month', seats: 1 } }),
    swaps: { 'body.planId': ids },
  },
  'POST /api/v1/billing/portals': { asks: none, without: ownOnly },
  'POST /api/v1/billing/stripe/events': {
    asks: () => ({ headers: { 'stripe-signature': 't=1,v1=0' }, body: { id: 'evt_1' } }),
    without: 'what it takes was signed by the provider, and names a customer of the provider alone',
  },
  'GET /api/v1/billing/usage': { asks: none, without: ownOnly },

  'POST /api/v1/customers/:id/erasure': { asks: ofNobody({}), swaps: anId },
  'GET /api/v1/organization/archives': { asks: none, swaps: aPage },
  'POST /api/v1/organization/archives': {
    asks: none,
    without: ownOnly,
    onlyPrograms: 'each is an archive that the worker makes: once is enough',
    runsOut: 'there are only so many archives a day',
  },
  'GET /api/v1/organization/archives/:id': { asks: ofNobody(), swaps: anId },
  'POST /api/v1/organization/archives/:id/links': { asks: ofNobody(), swaps: anId },

  'GET /api/v1/announcements': { asks: none, without: nobody },
  'GET /api/v1/support-accesses': { asks: none, swaps: aPage },
  'GET /api/v1/support-accesses/current': { asks: none, without: ownOnly },
  'PUT /api/v1/support-accesses/:id/grant': { asks: ofNobody({ hours: 1 }), swaps: anId },
  'DELETE /api/v1/support-accesses/:id': { asks: ofNobody(), swaps: anId },

  'POST /api/v1/admin/session': {
    asks: () => ({ body: { email: 'nobody@desk.example', password: 'correct horse battery' } }),
    without: 'it takes an address of the staff, who are of no organization',
  },
  'POST /api/v1/admin/session/code': {
    asks: () => ({ body: { challenge: 'none', code: '000000' } }),
    without: 'what it takes was signed for one of the staff',
  },
  'POST /api/v1/admin/session/refresh': {
    asks: () => ({ headers: { 'x-manydesk-csrf': '1' } }),
    swaps: {
      'header.cookie': (b) =>
        ids(b).map(({ what, theirs, nobodys }) => ({
          what: `session of the ${what}`,
          theirs: `manydesk_staff=${theirs}.${Buffer.alloc(32, 1).toString('base64url')}`,
          nobodys: `manydesk_staff=${nobodys}.${Buffer.alloc(32, 1).toString('base64url')}`,
        })),
    },
  },
  'DELETE /api/v1/admin/session': closed(),
  'GET /api/v1/admin/me': closed(),
  'PUT /api/v1/admin/me/password': closed(undefined, {}),
  'GET /api/v1/admin/acts': closed({ ...anOrganization, ...aPage }),
  'GET /api/v1/admin/announcements': closed(aPage),
  'POST /api/v1/admin/announcements': closed(undefined, {}),
  'DELETE /api/v1/admin/announcements/:id': closedAtId(),
  'GET /api/v1/admin/erasure-certificates': closed(aPage),
  'GET /api/v1/admin/features': closed(),
  'PUT /api/v1/admin/features/:name': {
    asks: () => ({ path: { name: 'search' }, body: { percentage: 0 } }),
    swaps: { 'path.name': ids },
  },
  'GET /api/v1/admin/operations': closed(),
  'GET /api/v1/admin/operations/failed-jobs': closed({ ...anOrganization, ...aPage }),
  'GET /api/v1/admin/operations/organizations': closed(aPage),
  'POST /api/v1/admin/operations/retries': closed({ 'body.jobIds': ids }, { jobIds: [] }),
  'GET /api/v1/admin/operations/routes': closed(),
  'GET /api/v1/admin/operations/slow-statements': closed(),
  'GET /api/v1/admin/organizations': closed(aPage),
  'GET /api/v1/admin/organizations/:id': closedAtId(),
  'PUT /api/v1/admin/organizations/:id/deletion': closedAtId({}),
  'DELETE /api/v1/admin/organizations/:id/deletion': closedAtId(),
  'GET /api/v1/admin/organizations/:id/features': closedAtId(),
  'PUT /api/v1/admin/organizations/:id/features/:name': {
    asks: () => ({ ...withName(), body: { isOn: true } }),
    swaps: aFeature,
  },
  'DELETE /api/v1/admin/organizations/:id/features/:name': { asks: withName, swaps: aFeature },
  'PUT /api/v1/admin/organizations/:id/suspension': closedAtId({}),
  'DELETE /api/v1/admin/organizations/:id/suspension': closedAtId(),
  'GET /api/v1/admin/organizations/:id/billing': closedAtId(),
  'GET /api/v1/admin/organizations/:id/invoices': {
    asks: ofNobody(),
    swaps: { ...anId, ...aPage },
  },
  'PUT /api/v1/admin/organizations/:id/invoices/:invoiceId/credit': {
    asks: withInvoice,
    swaps: anInvoice,
  },
  'PUT /api/v1/admin/organizations/:id/invoices/:invoiceId/payment': {
    asks: withInvoice,
    swaps: anInvoice,
  },
  'PUT /api/v1/admin/organizations/:id/override': closedAtId({}),
  'DELETE /api/v1/admin/organizations/:id/override': closedAtId(),
  'GET /api/v1/admin/plans': closed(),
  'GET /api/v1/admin/plans/:id/versions': { asks: () => ({ path: { id: A_PLAN } }), swaps: anId },
  'POST /api/v1/admin/plans/:id/versions': {
    asks: () => ({ path: { id: A_PLAN }, body: {} }),
    swaps: anId,
  },
  'GET /api/v1/admin/staff': closed(aPage),
  'POST /api/v1/admin/staff': closed(undefined, {}),
  'DELETE /api/v1/admin/staff/:id': closedAtId(),
  'GET /api/v1/admin/support-accesses': closed({ ...anOrganization, ...aPage }),
  'POST /api/v1/admin/support-accesses': {
    asks: () => ({ body: { organizationId: newId(), reason: 'x', scopes: [], hours: 1 } }),
    swaps: { 'body.organizationId': ids },
  },
  'DELETE /api/v1/admin/support-accesses/:id': closedAtId(),
  'PUT /api/v1/admin/support-accesses/:id/break-glass': closedAtId(),
  'POST /api/v1/admin/support-accesses/:id/credentials': closedAtId(),
};
