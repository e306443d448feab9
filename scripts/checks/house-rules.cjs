/**
 * What the checks know of this house: which part may know which, and the few places that may do what is
 * otherwise forbidden, each with its reason. Read by .dependency-cruiser.cjs and by test/architecture, which
 * also fails on an entry that nothing needs any more.
 */

const everyLayer = [
  'errors',
  'config',
  'context',
  'logging',
  'database',
  'tenancy',
  'ledger',
  'jobs',
];

/** Folders of apps/api/src/core, and the other folders of it that each may import. Nothing below imports `http`. */
const layers = {
  errors: [],
  config: ['errors'],
  context: ['errors'],
  logging: ['errors', 'config', 'context'],
  database: ['errors', 'config', 'context', 'logging'],
  network: ['errors', 'config'],
  tenancy: ['errors', 'config', 'context', 'logging', 'database'],
  ledger: ['errors', 'config', 'context', 'logging', 'database', 'tenancy'],
  jobs: ['errors', 'config', 'context', 'logging', 'database', 'tenancy', 'ledger'],
  limits: ['errors', 'config', 'context', 'logging', 'tenancy'],
  http: [...everyLayer, 'limits'],
  // Above http: it keeps answers.
  idempotency: [...everyLayer, 'http'],
};

/** Folders of apps/api/src/modules, and the other rooms that each may enter. All else goes by ledger event. */
const rooms = {
  organizations: [],
  users: ['organizations'],
  integrations: ['users'],
  // A sign-in and an API key end in the same principal, so auth asks the room of the keys.
  // Staff who look are let in by a token of a realm of its own.
  support: ['auth'],
  // Their sign-in is a realm of its own over the same hashing, throttling and codes.
  admin: ['auth', 'factors', 'organizations', 'departures', 'support', 'billing'],
  auth: ['integrations', 'users', 'organizations', 'factors', 'notices'],
  teams: ['users'],
  fields: [],
  customers: ['fields'],
  attachments: ['users'],
  tickets: ['users', 'teams', 'fields', 'customers', 'attachments'],
  replies: ['tickets', 'teams', 'fields', 'organizations'],
  operations: ['tickets', 'teams', 'fields', 'users'],
  macros: ['operations', 'tickets', 'teams', 'replies', 'users'],
  presence: ['tickets', 'users'],
  notifications: ['tickets', 'teams', 'users', 'organizations', 'notices'],
  views: ['tickets', 'teams', 'users'],
  exports: ['tickets', 'attachments', 'fields', 'users', 'portability'],
  search: ['tickets'],
  email: ['tickets', 'customers', 'attachments', 'organizations', 'users'],
  notices: ['email', 'organizations'],
  factors: ['users', 'notices'],
  departures: ['users', 'organizations', 'notices'],
  invitations: ['auth', 'users', 'organizations', 'notices'],
  sso: ['auth', 'users', 'organizations'],
  scim: ['users', 'organizations'],
  audit: ['users'],
  webhooks: ['users', 'organizations', 'notices'],
  portability: ['attachments', 'audit', 'search'],
  billing: ['users', 'organizations', 'notices'],
  stripe: ['billing', 'organizations'],
  mcp: ['tickets', 'search', 'integrations'],
};

/** Who may import `core/database/system-db.ts`, the handle that sees across organizations. */
const systemHandle = {
  'apps/api/src/core/database/database.module.ts': 'provides it',
  'apps/api/src/core/jobs/relay.ts': 'drains the outbox of every organization',
  'apps/api/src/core/idempotency/kept-answers-expiry.service.ts':
    'removes answers that are past their time, of every organization',
  'apps/api/src/core/tenancy/features.ts':
    'reads which features are on for whom, of every organization, before it is asked',
  'apps/api/src/core/tenancy/suspended-organizations.ts':
    'reads which organizations are suspended, for work that runs in none of them yet',
  'apps/api/src/core/http/readiness.ts': 'asks whether its connections work; reads no table',
  'apps/api/src/modules/users/identities.service.ts':
    'finds and makes a person for a sign-in or a registration, before an organization is in context',
  'apps/api/src/modules/users/accounts.service.ts':
    "reads and changes what is a person's across their organizations: standing, password, address",
  'apps/api/src/modules/admin/announcements.service.ts':
    'reads what everybody is told, rows of the deployment that no organization may read',
  'apps/api/src/modules/auth/founding.service.ts':
    'makes the first people of an organization, before it is there',
  'apps/api/src/modules/auth/person-sessions.service.ts':
    'shows and ends the sessions of a person in all of their organizations',
  'apps/api/src/modules/auth/passwords.service.ts':
    'changes what is a person’s, and tells every organization that they are in',
  'apps/api/src/modules/auth/password-resets.service.ts':
    'queues a mail to whoever may be a person; no organization is known',
  'apps/api/src/modules/auth/registrations.service.ts':
    'queues a mail to whoever may be a person; no organization is known',
  'apps/api/src/modules/auth/email-changes.service.ts':
    'changes what is a person’s, and tells every organization that they are in',
  'apps/api/src/modules/auth/account-links.service.ts':
    'finds a mailed link by its token: whoever follows it is nobody yet',
  'apps/api/src/modules/auth/throttle.service.ts': 'counts the tries of whoever is nobody yet',
  'apps/api/src/modules/auth/sign-in-trail.service.ts':
    'tells the organization of a person that somebody failed to sign in as them',
  'apps/api/src/modules/auth/ended-sessions.service.ts':
    'forgets the sessions that have long ended, of every organization',
  'apps/api/src/modules/auth/signing-keys.service.ts':
    'reads and makes the keys that access tokens are signed with: the deployment’s own',
  'apps/api/src/modules/auth/sign-in.service.ts':
    'opens, carries on and moves sessions: the organization is entered by it',
  'apps/api/src/modules/organizations/organization-standing.service.ts':
    'suspends an organization by its slug for the operator, who is in none; sets the day of a deletion',
  'apps/api/src/modules/organizations/organization-erasure.service.ts':
    'deletes organizations whose grace is over, with the people who are then in none',
  'apps/api/src/modules/departures/deletions.service.ts':
    'schedules a deletion with the mails to all owners in one transaction, which the tenant role may not write',
  'apps/api/src/modules/users/ownership.service.ts':
    'changes two memberships, which the tenant role may not write',
  'apps/api/src/modules/organizations/organization-settings.service.ts':
    'changes the slug, which is unique across organizations: the tenant role could ask by it whose is taken',
  'apps/api/src/modules/users/roles.service.ts':
    'writes roles, which the tenant role may not: what a role holds is what its people may do',
  'apps/api/src/modules/users/people.service.ts':
    'changes and ends memberships, which the tenant role may not write: it could make anybody a member of its own',
  'apps/api/src/modules/factors/factors.service.ts':
    'asks for the further proofs of somebody who is half way in, in no organization yet',
  'apps/api/src/modules/factors/totp.service.ts':
    "keeps authenticator apps, which are a person's and no organization's",
  'apps/api/src/modules/factors/passkeys.service.ts':
    'finds whose passkey answered, before anybody is known',
  'apps/api/src/modules/factors/passkey-questions.service.ts':
    'keeps what passkeys are asked, also of those who are not signed in',
  'apps/api/src/modules/factors/factor-guesses.service.ts':
    'counts wrong codes of a person who is in no organization yet',
  'apps/api/src/modules/factors/remembered-devices.service.ts':
    "knows devices again at a sign-in; they are the person's, and no organization may read them",
  'apps/api/src/modules/factors/sign-in-challenges.service.ts':
    'asks whether a sign-in that stopped half way still has its password',
  'apps/api/src/modules/factors/factor-proofs.service.ts':
    "asks for a person's password before their factors are changed",
  'apps/api/src/modules/factors/factor-overview.service.ts':
    "shows and ends what is a person's in every organization",
  'apps/api/src/modules/factors/totp-settings.service.ts':
    "changes a person's factors and tells every organization that they are in",
  'apps/api/src/modules/factors/passkey-settings.service.ts':
    "changes a person's passkeys and tells every organization that they are in",
  'apps/api/src/modules/factors/factor-resets.service.ts':
    "takes a person's factors away, which no organization may write",
  'apps/api/src/modules/auth/person-proofs.service.ts':
    'asks how a session was opened, a row of the deployment that no organization may read',
  'apps/api/src/modules/invitations/invitations.service.ts':
    'writes invitations, which the tenant role may not, with the organization held; sees whether the address is a member',
  'apps/api/src/modules/invitations/invitation-notice.service.ts':
    'reads the invitation that a mail is about, in the worker that sends it, for no organization in particular',
  'apps/api/src/modules/invitations/acceptance.service.ts':
    'finds an invitation by its link and makes a place for who is in no organization yet',
  'apps/api/src/modules/users/arrivals.service.ts':
    'finds the place of an address, which belongs to a person and not to the organization',
  'apps/api/src/modules/auth/provider-sessions.service.ts':
    'ends sessions, rows of the deployment, with the provider that vouched for them',
  'apps/api/src/modules/sso/oidc-providers.service.ts':
    'reads the client secret of the connection that somebody signs in through, in no organization yet',
  'apps/api/src/modules/sso/sso-domains.service.ts':
    'takes a domain from the organization whose record is gone, when another one has proved it',
  'apps/api/src/modules/sso/sso-flows.service.ts':
    'keeps sign-ins that are at a provider, rows of the deployment that no organization may read',
  'apps/api/src/modules/sso/sso-people.service.ts':
    'makes somebody who comes from their provider a member, which the tenant role may not',
  'apps/api/src/modules/sso/sso-sign-in.service.ts':
    'finds the connection of an address by its domain, before an organization is in context',
  'apps/api/src/modules/scim/scim-users.service.ts':
    'brings a person with their membership and their row of the directory, which the tenant role may not make',
  'apps/api/src/modules/integrations/api-key-principals.service.ts':
    'looks a key up by its hash: only the key says whose it is',
  'apps/api/src/modules/notifications/notification-telling.service.ts':
    'notes whom an event was told to and what is to be mailed of it, which the tenant role may not write: it could be mailed anything',
  'apps/api/src/modules/notifications/notification-mails.service.ts':
    'finds what is to be mailed, by the clock and in every organization, and queues each mail with its mark',
  'apps/api/src/modules/webhooks/webhook-fan-out.service.ts':
    'finds the endpoints of every organization whose log has grown; each is filled within its own',
  'apps/api/src/modules/webhooks/webhook-claims.service.ts':
    'finds the endpoints of every organization whose turn it is; each is sent to within its own',
  'apps/api/src/modules/webhooks/webhook-secrets.service.ts':
    'reads what deliveries are signed with, which the tenant role may not',
  'apps/api/src/modules/webhooks/webhook-tidying.service.ts':
    'knows which endpoints there are, to forget what is old of each within its own organization',
  'apps/api/src/modules/webhooks/webhook-notice.service.ts':
    'queues mails to the owners with the note that they were told: the tenant role may not write mails to people',
  'apps/api/src/modules/billing/kept-invoices.service.ts':
    'reads invoices of organizations that are no more',
  'apps/api/src/modules/billing/plans.service.ts':
    'reads and offers plans, rows of the deployment that no organization may touch',
  'apps/api/src/modules/billing/subscriptions.service.ts':
    'reads the plan of an organization with its price, which stands in rows of the deployment',
  'apps/api/src/modules/billing/overrides.service.ts':
    'gives organizations what the operator says, which the tenant role may not write: it could give itself more',
  'apps/api/src/modules/billing/consumption-journal.service.ts':
    'adds what was spent on organizations, which the tenant role may not write: it could take back what it cost',
  'apps/api/src/modules/billing/costs.service.ts':
    'reckons for the operator what each organization costs and pays',
  'apps/api/src/modules/billing/unplanned-sweep.service.ts':
    'finds the organizations that have no plan, and gives them the one of the deployment',
  'apps/api/src/modules/billing/choices.service.ts':
    'reads the plans that are offered, which are rows of the deployment',
  'apps/api/src/modules/billing/provider-state.service.ts':
    'writes what a provider tells of an organization, which the tenant role may not write: it could give itself more',
  'apps/api/src/modules/billing/manual-provider.service.ts':
    'changes what an organization has and may, which the tenant role may not write: it could give itself more',
  'apps/api/src/modules/stripe/stripe-events.service.ts':
    'takes events in, before it is known whose they are',
  'apps/api/src/modules/stripe/stripe-offers.service.ts':
    'reads the plan of an organization with its price, and whom Stripe knows it as, rows that the tenant role does not read',
  'apps/api/src/modules/stripe/stripe-requests.service.ts':
    'keeps what is asked of Stripe, which the tenant role has nothing to do with',
  'apps/api/src/modules/stripe/stripe-turns.service.ts':
    'says whose turn it is to ask about a customer, in every organization',
  'apps/api/src/modules/billing/subscription-sweep.service.ts':
    'finds the plans whose time has come, by the clock and in every organization',
  'apps/api/src/modules/billing/usage-meter.service.ts':
    'finds the organizations whose log has grown; each is metered within its own',
  'apps/api/src/modules/billing/limit-warnings.service.ts':
    'knows which organizations have a plan, and queues mails to owners with the note that they were told',
  'apps/api/src/modules/billing/invoice-payments.service.ts':
    'finds an invoice by its number for the seller, who is in no organization',
  'apps/api/src/modules/presence/presence-expiry.service.ts':
    'forgets whoever was not seen again, in every organization',
  'apps/api/src/modules/search/search-rebuild.service.ts':
    'knows which organizations there are, to write the words of each down as that organization',
  'apps/api/src/modules/customers/customer-erasures.service.ts':
    'changes what was said and what the log holds, by a function that no tenant role may call',
  'apps/api/src/modules/portability/archive-commands.service.ts':
    'finds the organization that the operator names by its slug; its archive is then written as that organization',
  'apps/api/src/modules/portability/archive-restoring.service.ts':
    'makes an organization of an archive, with its people, which the tenant role may not',
  'apps/api/src/seed/demo.ts': 'fills an empty database, before there is any organization to be in',
  'apps/api/src/modules/notices/notice-courier.service.ts':
    'sends mails to people who are in no organization yet, or in several',
  'apps/api/src/modules/notices/notice-preview.service.ts':
    'shows them to a developer; answers in development alone',
  'apps/api/src/modules/tickets/ticket-snooze.service.ts':
    'finds the tickets whose time has come, by the clock and in every organization; each is woken within its own',
  'apps/api/src/modules/auth/auth.service.ts':
    'ends a session and changes a name, rows that the tenant role may not write',
  'apps/api/src/modules/auth/sessions.service.ts':
    'signs in, renews and ends sessions, rows of the deployment that no organization may read',
  'apps/api/src/modules/auth/principals.service.ts':
    'asks whether a session is alive before the organization it names is believed',
};

/** Who may import `core/database/admin-db.ts`, the handle of the deployment's own staff. */
const adminHandle = {
  'apps/api/src/core/database/database.module.ts': 'provides it',
  'apps/api/src/modules/support/support-principals.service.ts':
    'asks whether an access and the session of its staff member still live, before the organization it names is believed',
};

/** Domains of prisma/schema whose tables live elsewhere than in the room of the same name. */
const tableHomes = {
  idempotency: ['apps/api/src/core/idempotency'],
  // The guard of every route asks; staff say.
  features: ['apps/api/src/core/tenancy', 'apps/api/src/modules/admin'],
  // A draft is a message that is still to be.
  drafts: ['apps/api/src/modules/tickets'],
  ledger: ['apps/api/src/core/ledger', 'apps/api/src/core/jobs'],
  entitlements: ['apps/api/src/core/tenancy'],
};

/** Who may query a table, or call a database function, of another room. */
const tableGuests = {
  'apps/api/src/modules/attachments/file-clean-up.service.ts': {
    names: ['organizations'],
    why: 'asks whether an organization that has files is there at all, before its files are deleted',
  },
  'apps/api/src/core/tenancy/suspended-organizations.ts': {
    names: ['organizations'],
    why: 'the worker must know which organizations rest before it does anything for one of them',
  },
  'apps/api/src/core/database/transaction.ts': {
    names: ['ledger_append'],
    why: 'names the one raw statement that a transaction may run, so that the handle can refuse every other',
  },
  'apps/api/src/core/http/readiness.ts': {
    names: ['outbox'],
    why: 'measures how far the relay is behind, for /metrics, also in a process that runs no relay',
  },
  'apps/api/src/modules/tickets/ticket-timeline.sql.ts': {
    names: ['ledger_events', 'memberships', 'api_keys', 'requesters'],
    why: 'the timeline of a ticket is its part of the ledger, and names who did what: all in one trip',
  },
  'apps/api/src/modules/tickets/tickets.sql.ts': {
    names: ['memberships', 'ledger_append', 'requesters', 'requester_addresses', 'company_domains'],
    why: 'one statement creates a ticket: it reads the name of the assignee and appends the event itself',
  },
  'apps/api/src/modules/tickets/ticket-intake-replies.service.ts': {
    names: ['requesters'],
    why: 'whoever a reply is for is held while it is handed over: they could be erased meanwhile',
  },
  'apps/api/src/modules/tickets/messages.sql.ts': {
    names: ['memberships', 'ledger_append'],
    why: 'one statement adds a message and appends its event; a conversation says who is mentioned in the same trip',
  },
  'apps/api/src/modules/presence/presence.sql.ts': {
    names: ['tickets', 'memberships'],
    why: 'whether the ticket is there, who is at it and what they are called is one question, asked every few seconds',
  },
  'apps/api/src/modules/search/search-rebuild.service.ts': {
    names: ['organizations'],
    why: 'asks which organizations there are, or which has the slug that the operator names',
  },
  'apps/api/src/modules/search/search.sql.ts': {
    names: [
      'tickets',
      'messages',
      'requesters',
      'requester_addresses',
      'companies',
      'teams',
      'memberships',
      'organizations',
      'ledger_heads',
    ],
    why: 'the words are taken from the texts, and names looked up, inside the database and in one snapshot of it',
  },
  'apps/api/src/modules/tickets/ticket-list.sql.ts': {
    names: ['search_ticket_ids'],
    why: 'what the index of words finds is narrowed by the filters of the list, in one trip',
  },
  'apps/api/src/modules/tickets/ticket-conditions.sql.ts': {
    names: ['team_members'],
    why: 'a list of "the tickets of my teams" asks who I am with in the same trip',
  },
  'apps/api/src/modules/tickets/ticket-intake.service.ts': {
    names: ['requesters'],
    why: 'asks whether who writes is of the ticket, by any of their addresses: most of the question is about tickets',
  },
  'apps/api/src/modules/customers/customers.sql.ts': {
    names: ['tickets'],
    why: 'counts the tickets of a customer in the same trip, and moves them in the transaction of a merge',
  },
  'apps/api/src/modules/customers/companies.sql.ts': {
    names: ['tickets'],
    why: 'counts the tickets of a company in the same trip, and takes them along with its people',
  },
  'apps/api/src/modules/attachments/attachments.sql.ts': {
    names: ['exports'],
    why: 'a file that an export made is in use: what nothing refers to is told in one statement',
  },
  'apps/api/src/modules/organizations/organization-erasure.service.ts': {
    names: ['account_mails', 'sign_in_attempts', 'identities', 'memberships'],
    why: 'what is left of an erased organization in tables of the deployment, and its people who are in no other',
  },
  'apps/api/src/modules/portability/archive-commands.service.ts': {
    names: ['organizations'],
    why: 'asks which organization has the slug that the operator names',
  },
  'apps/api/src/modules/portability/archive-restoring.service.ts': {
    names: ['organizations'],
    why: 'asks whether an organization is there before it is brought in',
  },
  'apps/api/src/modules/portability/archive-scope.ts': {
    names: ['ledger_heads', 'identities', 'attachments'],
    why: 'says how rows of every room are written into an archive, which is about all of them',
  },
  'apps/api/src/modules/portability/archive.sql.ts': {
    names: ['identities'],
    why: 'the people of an archive are found or made in the transaction that brings their organization in',
  },
  'apps/api/src/seed/demo.ts': {
    names: ['organizations'],
    why: 'asks whether the database is empty',
  },
  'apps/api/src/modules/integrations/api-key-principals.service.ts': {
    names: ['organizations', 'memberships'],
    why: 'a key is refused while its organization is suspended, or its holder is gone: asked with it, in one trip',
  },
  'apps/api/src/modules/billing/entitling.service.ts': {
    names: ['organization_entitlements'],
    why: 'what an organization may have is written in the transaction of the plan that it follows from',
  },
  'apps/api/src/core/tenancy/entitlements.sql.ts': {
    names: ['memberships'],
    why: 'who has no seat is asked with what the plan has, by every process that answers',
  },
  'apps/api/src/modules/billing/limit-warnings.service.ts': {
    names: ['organization_entitlements'],
    why: 'asks which organizations have a plan that bounds something',
  },
  'apps/api/src/modules/billing/unplanned.sql.ts': {
    names: ['organizations', 'organization_entitlements'],
    why: 'finds the organizations of which nothing says what they may have',
  },
  'apps/api/src/modules/billing/costs.sql.ts': {
    names: ['organizations'],
    why: 'the report names the organizations that cost something, which is asked in one statement',
  },
  'apps/api/src/modules/billing/consumption.sql.ts': {
    names: ['organizations'],
    why: 'adds nothing for an organization that was erased since it was counted',
  },
  'apps/api/src/modules/billing/usage.sql.ts': {
    names: ['ledger_heads', 'ledger_events', 'memberships', 'tickets', 'files', 'exports'],
    why: 'what is used is counted where it is, and metered inside the database in the statement that moves the place in the log',
  },
  'apps/api/src/modules/audit/audit.sql.ts': {
    names: ['ledger_events', 'ledger_heads', 'memberships', 'api_keys', 'known_staff'],
    why: 'the trail is part of the ledger, and names who did what: page, count and names in one trip',
  },
  'apps/api/src/modules/operations/operations.sql.ts': {
    names: ['tickets', 'messages', 'ticket_states', 'ticket_counters', 'requesters', 'memberships'],
    why: 'a merge moves the messages of many tickets at once, and an undoing puts back what stood there before',
  },
  'apps/api/src/modules/operations/splits.service.ts': {
    names: ['messages'],
    why: 'asks whether a message stays behind, of a ticket that it holds',
  },
  'apps/api/src/modules/webhooks/webhook-fan-out.sql.ts': {
    names: ['ledger_events'],
    why: 'events become deliveries inside the database, in the statement that moves the place in the log',
  },
  'apps/api/src/modules/webhooks/webhook-sending.sql.ts': {
    names: ['ledger_events'],
    why: 'what is sent is the event as the log has it',
  },
  'apps/api/src/modules/webhooks/webhook-endpoints.sql.ts': {
    names: ['ledger_heads'],
    why: 'a new endpoint begins at the newest event',
  },
  'apps/api/src/modules/support/support-principals.service.ts': {
    names: ['staff_sessions'],
    why: 'a credential of staff ends with the session that it was made in',
  },
  'apps/api/src/modules/admin/staff-organizations.service.ts': {
    names: ['organizations'],
    why: 'staff find organizations with their own handle, which sees that they are there and no more',
  },
  'apps/api/src/modules/admin/staff-plans.service.ts': {
    names: ['plans', 'organization_entitlements'],
    why: 'staff read what is sold, and how many have it, with their own handle; the room of plans offers them',
  },
  'apps/api/src/modules/admin/staff-invoices.service.ts': {
    names: ['invoices', 'provider_invoices'],
    why: 'staff list what was billed with their own handle, which sees amounts and times, and not to whom',
  },
  'apps/api/src/modules/admin/organization-health.sql.ts': {
    names: [
      'exports',
      'files',
      'inbound_mails',
      'ledger_events',
      'ledger_heads',
      'memberships',
      'outbound_mails',
      'outbox',
      'ticket_counters',
      'tickets',
      'webhook_endpoints',
    ],
    why: 'how an organization fares is one question of counts, which the staff’s role may ask and no other',
  },
  'apps/api/src/modules/admin/operations.sql.ts': {
    names: [
      'account_mails',
      'inbound_mails',
      'organizations',
      'outbound_mails',
      'outbox',
      'webhook_endpoints',
    ],
    why: 'what fails in all organizations is one question of counts, which the staff’s role may ask and no other',
  },
  'apps/api/src/modules/admin/known-staff.service.ts': {
    names: ['known_staff'],
    why: 'whoever of the staff does something is named to the organization in the same transaction',
  },
  'apps/api/src/modules/admin/support-requests.service.ts': {
    names: ['organizations', 'support_accesses'],
    why: 'staff ask in a transaction of theirs; the organization answers in its own room',
  },
  'apps/api/src/modules/admin/break-glass.service.ts': {
    names: ['organizations', 'support_accesses'],
    why: 'two operators answer instead of the organization, which they name, with the staff’s own handle',
  },
  'apps/api/src/modules/integrations/events.view.ts': {
    names: ['ledger_events', 'ledger_heads'],
    why: 'the events feed is how an organization reads its ledger; the statement stands beside its form',
  },
};

module.exports = { layers, rooms, systemHandle, adminHandle, tableHomes, tableGuests };
