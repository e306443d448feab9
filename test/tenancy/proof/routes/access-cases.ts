import { newId } from '#core/context/ids.js';
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
  type Swap,
} from './case.js';

const asks = (body: Record<string, unknown>) => (): Partial<Asked> => ({ body });

const person = 'it speaks of the person of the credential alone; a program is refused';
const once = 'with a body that is refused: done well, nobody could ask the rest';

const tokens = (b: Side): Swap[] =>
  ids(b).map(({ what, theirs, nobodys }) => ({
    what: `token of the ${what}`,
    theirs: `${theirs}.${'A'.repeat(43)}`,
    nobodys: `${nobodys}.${'A'.repeat(43)}`,
  }));
const ofToken = (body?: Record<string, unknown>): RouteCase => ({
  asks: () => ({
    path: { token: `${newId()}.${'A'.repeat(43)}` },
    ...(body === undefined ? {} : { body }),
  }),
  swaps: { 'path.token': tokens },
});
const addresses = (b: Side): Swap[] => [
  { what: 'address', theirs: b.names.ownerEmail, nobodys: `${canary()}@desk.example` },
];
const domains = (b: Side): Swap[] => [
  { what: 'domain', theirs: b.names.domain, nobodys: `${canary()}.example` },
];
const challenges = (b: Side): Swap[] =>
  ids(b).map(({ what, theirs, nobodys }) => ({
    what: `challenge of the ${what}`,
    theirs: `${Buffer.from(JSON.stringify({ identityId: theirs })).toString('base64url')}.AAAA`,
    nobodys: `${Buffer.from(JSON.stringify({ identityId: nobodys })).toString('base64url')}.AAAA`,
  }));
const ofChallenge = (more: Record<string, unknown> = {}): RouteCase => ({
  asks: asks({ challenge: 'AAAA.AAAA', ...more }),
  swaps: { 'body.challenge': challenges },
});
const password = 'correct horse battery';

const passkeyAnswer = {
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
};
const newPasskey = {
  ...passkeyAnswer,
  response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' },
};

const scimUser = 'urn:ietf:params:scim:schemas:core:2.0:User';
const scimGroup = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const patch = (value: unknown, path: string): Record<string, unknown> => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path, value }],
});
const filters =
  (attribute: string) =>
  (b: Side): Swap[] => [
    ...ids(b).map(({ what, theirs, nobodys }) => ({
      what: `filter by the ${what}`,
      theirs: `${attribute} eq "${theirs}"`,
      nobodys: `${attribute} eq "${nobodys}"`,
    })),
    {
      what: 'filter by the address',
      theirs: `${attribute} eq "${b.names.ownerEmail}"`,
      nobodys: `${attribute} eq "${canary()}@desk.example"`,
    },
  ];

/** Ways in, people and their rights, keys, sign-in elsewhere, the directory, the trail. */
export const ACCESS_CASES: Record<string, RouteCase> = {
  'POST /api/v1/auth/registrations': {
    asks: asks({ organizationName: 'Another', name: 'Somebody', email: `${newId()}@desk.example` }),
    without:
      'whoever has the address is told that they have an account; that the asker learns nothing of it is measured in test/modules/auth',
  },
  'GET /api/v1/auth/registrations/:token': ofToken(),
  'POST /api/v1/auth/registrations/:token/completion': ofToken({ password }),
  'POST /api/v1/auth/password-resets': {
    asks: asks({ email: `${newId()}@desk.example` }),
    without:
      'anybody may ask for anybody, and the log of their organization says so; that the asker learns nothing of it is measured in test/modules/auth',
  },
  'GET /api/v1/auth/password-resets/:token': ofToken(),
  'POST /api/v1/auth/password-resets/:token/completion': ofToken({ password }),
  'POST /api/v1/auth/email-changes/:token/completion': ofToken(),
  'GET /api/v1/auth/invitations/:token': ofToken(),
  'POST /api/v1/auth/invitations/:token/acceptance': ofToken({ name: 'Somebody', password }),
  'POST /api/v1/organizations': { asks: asks({}), without: once },

  'GET /api/v1/auth/sessions': { asks: none, swaps: aPage },
  'DELETE /api/v1/auth/sessions/:id': { asks: ofNobody(), swaps: anId },
  'DELETE /api/v1/auth/sessions': { asks: none, without: person },
  'POST /api/v1/auth/sessions/switch': {
    asks: (a) => ({ body: { organizationId: a.organizationId } }),
    swaps: { 'body.organizationId': ids },
  },
  'GET /api/v1/me/organizations': { asks: none, swaps: aPage },
  'PATCH /api/v1/me': { asks: asks({ name: 'Somebody' }), without: person },
  'PUT /api/v1/me/password': {
    asks: asks({ currentPassword: 'not the password', newPassword: password }),
    without: person,
  },
  'POST /api/v1/me/email-changes': {
    asks: asks({ email: `${newId()}@desk.example`, password: 'not the password' }),
    swaps: { 'body.email': addresses },
  },

  'POST /api/v1/auth/sessions/second-factor': ofChallenge({ code: '000000' }),
  'POST /api/v1/auth/sessions/passkey': {
    asks: asks({ response: passkeyAnswer }),
    swaps: { 'body.organizationId': ids },
  },
  'POST /api/v1/auth/passkeys/options': {
    asks: asks({}),
    swaps: { 'body.challenge': challenges },
  },
  'POST /api/v1/auth/factors/totp': ofChallenge(),
  'POST /api/v1/auth/factors/totp/confirmation': ofChallenge({ code: '000000' }),
  'POST /api/v1/auth/factors/passkeys': ofChallenge({ name: 'A key', response: newPasskey }),
  'POST /api/v1/auth/factors/passkeys/options': ofChallenge(),
  'GET /api/v1/me/factors': { asks: none, without: person },
  'POST /api/v1/me/factors/totp': { asks: asks({}), without: person },
  'DELETE /api/v1/me/factors/totp': { asks: asks({}), without: person },
  'POST /api/v1/me/factors/totp/confirmation': { asks: asks({ code: '000000' }), without: person },
  'POST /api/v1/me/factors/recovery-codes': { asks: asks({}), without: person },
  'GET /api/v1/me/passkeys': { asks: none, swaps: aPage },
  'POST /api/v1/me/passkeys': {
    asks: asks({ name: 'A key', response: newPasskey }),
    without: person,
  },
  'POST /api/v1/me/passkeys/options': { asks: asks({}), without: person },
  'PATCH /api/v1/me/passkeys/:id': { asks: ofNobody({ name: 'A key' }), swaps: anId },
  'DELETE /api/v1/me/passkeys/:id': { asks: ofNobody({}), swaps: anId },
  'GET /api/v1/me/devices': { asks: none, swaps: aPage },
  'DELETE /api/v1/me/devices': { asks: none, without: person },
  'DELETE /api/v1/me/devices/:id': { asks: ofNobody(), swaps: anId },

  'GET /api/v1/users': { asks: none, swaps: aPage },
  'GET /api/v1/users/:id': { asks: of('user'), swaps: anId },
  'PATCH /api/v1/users/:id': {
    asks: of('colleague', { name: 'Colleague' }),
    swaps: { ...anId, 'body.role': ids },
  },
  'DELETE /api/v1/users/:id': { asks: ofNobody(), swaps: anId },
  'PUT /api/v1/users/:id/deactivation': { asks: ofNobody(), swaps: anId },
  'DELETE /api/v1/users/:id/deactivation': { asks: of('colleague'), swaps: anId },
  'DELETE /api/v1/users/:id/factors': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/permissions': { asks: none, without: nobody },
  'GET /api/v1/roles': { asks: none, swaps: aPage },
  'POST /api/v1/roles': {
    asks: () => ({ body: { name: newId(), permissions: ['tickets:read'] } }),
    without: ownOnly,
  },
  'PATCH /api/v1/roles/:id': { asks: of('role', { description: 'A role' }), swaps: anId },
  'DELETE /api/v1/roles/:id': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/invitations': { asks: none, swaps: aPage },
  'POST /api/v1/invitations': {
    asks: () => ({ body: { email: `${newId()}@desk.example`, role: 'viewer' } }),
    swaps: { 'body.email': addresses, 'body.role': ids },
  },
  'POST /api/v1/invitations/:id/resend': { asks: ofNobody(), swaps: anId },
  'DELETE /api/v1/invitations/:id': { asks: ofNobody(), swaps: anId },

  'GET /api/v1/organization': { asks: none, without: ownOnly },
  'PATCH /api/v1/organization': { asks: asks({ locale: 'en' }), without: ownOnly },
  'GET /api/v1/organization/logo': { asks: none, without: ownOnly },
  'PUT /api/v1/organization/logo': { asks: asks({}), without: ownOnly },
  'DELETE /api/v1/organization/logo': { asks: none, without: ownOnly },
  'GET /api/v1/organization/security': { asks: none, without: ownOnly },
  'PATCH /api/v1/organization/security': { asks: asks({ sessionHours: 720 }), without: ownOnly },
  'PUT /api/v1/organization/ownership': {
    asks: () => ({ body: { userId: newId() } }),
    swaps: { 'body.userId': ids },
  },
  'PUT /api/v1/organization/deletion': {
    asks: asks({ slug: 'not-the-slug' }),
    swaps: {
      'body.slug': (b) => [{ what: 'slug', theirs: b.names.slug, nobodys: canary() }],
    },
  },
  'DELETE /api/v1/organization/deletion': { asks: none, without: ownOnly },

  'GET /api/v1/api-keys': { asks: none, swaps: aPage },
  'POST /api/v1/api-keys': {
    asks: asks({ name: 'Another', scopes: ['tickets:read'] }),
    without: ownOnly,
  },
  'PATCH /api/v1/api-keys/:id': { asks: of('apiKey', { name: 'The same' }), swaps: anId },
  'POST /api/v1/api-keys/:id/rotation': { asks: ofNobody({}), swaps: anId },
  'DELETE /api/v1/api-keys/:id': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/api-keys/:id/calls': {
    echoes: 'it is the journal of what the key has asked, with the paths as they were asked',
    asks: of('apiKey'),
    swaps: { ...anId, ...aPage },
  },

  'GET /api/v1/sso/connections': { asks: none, swaps: aPage },
  'POST /api/v1/sso/connections': {
    asks: asks({
      name: 'Another',
      issuer: 'https://issuer.example',
      clientId: 'client',
      clientSecret: 'client-secret',
    }),
    swaps: { 'body.role': ids, 'body.clientId': ids },
  },
  'GET /api/v1/sso/connections/:id': { asks: of('ssoConnection'), swaps: anId },
  'PATCH /api/v1/sso/connections/:id': {
    asks: of('ssoConnection', { name: 'The same' }),
    swaps: { ...anId, 'body.role': ids, 'body.clientId': ids },
  },
  'DELETE /api/v1/sso/connections/:id': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/sso/domains': { asks: none, swaps: aPage },
  'POST /api/v1/sso/domains': {
    asks: (a) => ({
      body: { domain: `${newId()}.example`, connectionId: a.ids.ssoConnection },
    }),
    swaps: { 'body.connectionId': ids, 'body.domain': domains },
  },
  'POST /api/v1/sso/domains/:id/verification': { asks: ofNobody(), swaps: anId },
  'DELETE /api/v1/sso/domains/:id': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/sso/enforcement': { asks: none, without: ownOnly },
  'PUT /api/v1/sso/enforcement': { asks: none, without: ownOnly },
  'DELETE /api/v1/sso/enforcement': { asks: none, without: ownOnly },
  'DELETE /api/v1/sso/links/:id': { asks: ofNobody(), swaps: anId },
  'POST /api/v1/auth/sso': {
    asks: asks({ email: `${newId()}@desk.example` }),
    swaps: { 'body.email': addresses },
  },
  'GET /api/v1/auth/sso/callback/:id': {
    asks: () => ({ path: { id: newId() }, query: { code: 'code', state: 'state' } }),
    swaps: { ...anId, 'query.state': ids },
  },

  'GET /api/v1/scim/v2/ServiceProviderConfig': { asks: none, without: nobody },
  'GET /api/v1/scim/v2/ResourceTypes': { asks: none, without: nobody },
  'GET /api/v1/scim/v2/ResourceTypes/:name': {
    asks: () => ({ path: { name: 'User' } }),
    swaps: { 'path.name': ids },
  },
  'GET /api/v1/scim/v2/Schemas': { asks: none, without: nobody },
  'GET /api/v1/scim/v2/Schemas/:urn': {
    asks: () => ({ path: { urn: scimUser } }),
    swaps: { 'path.urn': ids },
  },
  'GET /api/v1/scim/v2/Users': {
    asks: none,
    swaps: { 'query.filter': filters('userName') },
  },
  'POST /api/v1/scim/v2/Users': {
    asks: () => ({
      body: { schemas: [scimUser], userName: `${newId()}@desk.example`, active: true },
    }),
    swaps: { 'body.externalId': ids },
  },
  'GET /api/v1/scim/v2/Users/:id': { asks: of('directoryUser'), swaps: anId },
  'PUT /api/v1/scim/v2/Users/:id': {
    asks: ofNobody({ schemas: [scimUser], userName: 'somebody@desk.example' }),
    swaps: anId,
  },
  'PATCH /api/v1/scim/v2/Users/:id': {
    asks: of('directoryUser', patch('True', 'active')),
    swaps: anId,
  },
  'DELETE /api/v1/scim/v2/Users/:id': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/scim/v2/Groups': {
    asks: none,
    swaps: { 'query.filter': filters('displayName') },
  },
  'POST /api/v1/scim/v2/Groups': {
    asks: () => ({ body: { schemas: [scimGroup], displayName: newId() } }),
    swaps: {
      'body.members': (b) =>
        ids(b).map(({ what, theirs, nobodys }) => ({
          what: `member, the ${what}`,
          theirs: [{ value: theirs }] as never,
          nobodys: [{ value: nobodys }] as never,
        })),
    },
  },
  'GET /api/v1/scim/v2/Groups/:id': { asks: of('directoryGroup'), swaps: anId },
  'PUT /api/v1/scim/v2/Groups/:id': {
    asks: ofNobody({ schemas: [scimGroup], displayName: 'A group' }),
    swaps: anId,
  },
  'PATCH /api/v1/scim/v2/Groups/:id': {
    asks: of('directoryGroup', patch('A group', 'displayName')),
    swaps: anId,
  },
  'DELETE /api/v1/scim/v2/Groups/:id': { asks: ofNobody(), swaps: anId },

  'GET /api/v1/audit/events': {
    asks: none,
    swaps: { ...aPage, 'query.actorId': ids, 'query.subjectId': ids },
  },
  'GET /api/v1/audit/export': {
    echoes: 'it ends with the head of its own log, which each export moves on',
    asks: () => ({ query: { format: 'jsonl' } }),
    swaps: { 'query.actorId': ids, 'query.subjectId': ids },
  },
  'GET /api/v1/audit/verification': {
    echoes: 'the same',
    asks: none,
    without: ownOnly,
  },

  'GET /api/v1/development/notices': { asks: none, swaps: aPage },
  'GET /api/v1/development/notices/:id': { asks: ofNobody(), swaps: anId },
  'GET /api/v1/development/notice-samples/:kind/:locale': {
    asks: () => ({ path: { kind: 'invitation', locale: 'en' } }),
    swaps: { 'path.kind': ids, 'path.locale': ids },
  },
};
