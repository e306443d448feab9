/**
 * What stands in the database, and why each exception is one. The proof compares the catalog of a live server
 * with these lines: what is there and not here is a hole, and so is what is here and not there. A new table,
 * function, trigger, grant or policy therefore fails until somebody has written down what it is for.
 */

/**
 * `tenant`: rows of organizations. `root`: the organizations themselves. `global`: rows of the deployment.
 * `bookkeeping`: reached by the owner alone.
 */
export type TableKind = 'tenant' | 'root' | 'global' | 'bookkeeping';

export interface TableRule {
  kind: TableKind;
  /** For `global` and `bookkeeping`: why its rows are not an organization's. */
  why?: string;
  /** Why the cross-tenant role passes its policy; absent, it does not. */
  systemAccess?: string;
  /** Why the role of the staff passes its policy; absent, it does not. */
  adminAccess?: string;
  /** Policies of its own beside the common ones: name to command, role and expressions. */
  policies?: Record<
    string,
    { command: string; role: string; using: string; check?: string; why: string }
  >;
  /** What the tenant role may do: a privilege, or `update(column column)` for some columns of it. */
  app?: string[];
  /** What the cross-tenant role may do. */
  system?: string[];
  /** What the role of the staff may do. */
  admin?: string[];
}

const CRUD = ['select', 'insert', 'update', 'delete'];

/** A policy that lets a role read across organizations, and nothing else. */
const reads = (role: 'manydesk_system' | 'manydesk_admin', why: string) => ({
  command: 'SELECT',
  role,
  using: 'true',
  why,
});
/** The staff see that it is there and how it fares: counts and times. */
const COUNTED = {
  admin_access: reads('manydesk_admin', 'counts and times, of columns without words'),
};
/** Whoever owns the tables, under whichever name. */
export const TABLE_OWNER = 'the owner of the tables';

/** Every table of the schema `public`. */
export const TABLES: Record<string, TableRule> = {
  organizations: {
    kind: 'root',
    systemAccess:
      'registration makes organizations and sign-in lists a person’s, both before there is a tenant',
    app: ['select', 'update(allowed_domains second_factor_required session_hours sso_required)'],
    system: [
      'select',
      'insert',
      'update(accent delete_after delete_requested_by locale name slug suspended_at time_zone)',
    ],
    policies: COUNTED,
    admin: ['select(created_at delete_after id locale name slug suspended_at time_zone)'],
  },
  organization_logos: { kind: 'tenant', app: CRUD },
  roles: {
    kind: 'tenant',
    systemAccess:
      'who is behind a token is asked before there is a tenant, and what their role lets them do with it',
    app: ['select'],
    system: CRUD,
  },
  invitations: {
    kind: 'tenant',
    systemAccess:
      'whoever accepts is nobody yet: the invitation is found by the id that its signed link carries',
    app: ['select'],
    system: ['select', 'insert', 'update'],
  },
  memberships: {
    kind: 'tenant',
    systemAccess:
      'sign-in asks of which organizations a person is a member, before there is a tenant',
    app: ['select'],
    system: ['select', 'insert', 'update(ended_at last_active_at name role role_id status)'],
    policies: COUNTED,
    admin: ['select(id last_active_at organization_id status)'],
  },
  api_keys: {
    kind: 'tenant',
    systemAccess:
      'a key says which organization a request is of, so it is looked up before there is one',
    app: ['select', 'insert', 'update'],
    system: ['select', 'update(last_used_at)'],
  },
  api_key_secrets: {
    kind: 'tenant',
    systemAccess: 'what a request shows is a secret, and only the secret says whose it is',
    app: ['select', 'insert', 'update'],
    system: ['select', 'update(last_used_at revoked_at revoked_because)'],
  },
  api_key_addresses: { kind: 'tenant', app: CRUD },
  api_key_calls: { kind: 'tenant', app: ['select', 'insert', 'delete'] },
  sso_connections: {
    kind: 'tenant',
    systemAccess:
      'whoever signs in is in no organization yet: the connection is found by the domain of their address',
    app: [
      'select(client_id created_at enabled id issuer name organization_id role role_id updated_at)',
      'insert',
      'update',
      'delete',
    ],
    system: ['select'],
  },
  sso_domains: {
    kind: 'tenant',
    systemAccess: 'the domain of an address says which organization it signs in to',
    app: CRUD,
    system: ['select', 'update(verified_at)'],
  },
  sso_subjects: {
    kind: 'tenant',
    systemAccess: 'a provider’s subject becomes a person before there is a tenant',
    app: ['select', 'delete'],
    system: ['select', 'insert', 'update'],
  },
  scim_users: {
    kind: 'tenant',
    systemAccess:
      'a person comes to be through the cross-tenant role alone, and this row with them',
    app: ['select', 'update'],
    system: ['select', 'insert', 'update'],
  },
  scim_groups: { kind: 'tenant', app: CRUD },
  scim_group_members: { kind: 'tenant', app: ['select', 'insert', 'delete'] },
  ledger_heads: {
    kind: 'tenant',
    app: ['select'],
    system: ['select', 'insert', 'update'],
    policies: {
      ...COUNTED,
      system_reading: reads(
        'manydesk_system',
        'the worker finds whose log has grown; it is metered within each',
      ),
    },
    admin: ['select(organization_id seq)'],
  },
  ledger_events: {
    kind: 'tenant',
    app: ['select'],
    system: ['select', 'insert'],
    policies: COUNTED,
    admin: ['select(occurred_at organization_id seq)'],
  },
  outbox: {
    kind: 'tenant',
    systemAccess: 'the relay takes rows of every organization in turn',
    system: CRUD,
    policies: COUNTED,
    admin: ['select(created_at organization_id seq)'],
  },
  job_receipts: { kind: 'tenant', app: ['select', 'insert'] },
  teams: { kind: 'tenant', app: ['select', 'insert', 'update'] },
  team_members: { kind: 'tenant', app: ['select', 'insert', 'delete'] },
  custom_fields: { kind: 'tenant', app: ['select', 'insert', 'update'] },
  companies: { kind: 'tenant', app: CRUD },
  company_domains: { kind: 'tenant', app: ['select', 'insert', 'delete'] },
  requesters: { kind: 'tenant', app: ['select', 'insert', 'update'] },
  requester_addresses: {
    kind: 'tenant',
    app: ['select', 'insert', 'update(requester_id)', 'delete'],
  },
  ticket_states: {
    kind: 'tenant',
    systemAccess:
      'ticket_states_begin runs as this role: an organization has its states before anybody is in it',
    app: ['select', 'insert', 'update'],
    system: ['insert'],
  },
  ticket_field_values: { kind: 'tenant', app: ['select', 'insert', 'delete'] },
  ticket_links: { kind: 'tenant', app: ['select', 'insert', 'delete'] },
  files: {
    kind: 'tenant',
    app: ['select', 'insert', 'delete'],
    policies: COUNTED,
    admin: ['select(id organization_id size)'],
  },
  drafts: { kind: 'tenant', app: CRUD },
  attachments: {
    kind: 'tenant',
    app: ['select', 'insert', 'update(draft_id message_id)', 'delete'],
  },
  canned_replies: { kind: 'tenant', app: CRUD },
  macros: { kind: 'tenant', app: CRUD },
  ticket_presences: {
    kind: 'tenant',
    systemAccess: 'whoever was not seen again is forgotten by a sweep, which is in no organization',
    app: CRUD,
    system: ['select(seen_at)', 'delete'],
  },
  notifications: {
    kind: 'tenant',
    systemAccess:
      'what a person is told of is written together with the mail that tells them, a row of the deployment',
    app: ['select', 'insert', 'update(mail_due_at read_at)'],
    system: [
      'select',
      'insert',
      'update(actor_name event_id in_app latest_at mail mail_due_at mail_id mailed_at message_id occurrences read_at)',
    ],
  },
  notification_preferences: { kind: 'tenant', app: ['select', 'insert', 'update'] },
  notification_occurrences: {
    kind: 'tenant',
    systemAccess:
      'written by the one statement that tells a person, forgotten by a sweep, which is in no organization',
    system: ['select', 'insert', 'delete'],
  },
  webhook_endpoints: {
    kind: 'tenant',
    systemAccess: 'the worker finds whose turn it is; the work itself is done within each',
    app: CRUD,
    system: [
      'select(created_by_user_id disabled_because due_at id is_enabled organization_id removed_at told_at)',
      'update(told_at)',
    ],
    policies: COUNTED,
    admin: [
      'select(created_at disabled_at disabled_because failing_since id is_enabled organization_id removed_at waiting)',
    ],
  },
  webhook_secrets: {
    kind: 'tenant',
    systemAccess: 'deliveries are signed by a role that may read what the tenant role may not',
    app: [
      'select(created_at endpoint_id expires_at id organization_id)',
      'insert',
      'update(expires_at)',
      'delete',
    ],
    system: ['select'],
  },
  webhook_replays: {
    kind: 'tenant',
    app: ['select', 'insert', 'update(at_seq finished_at made status)', 'delete'],
  },
  webhook_deliveries: {
    kind: 'tenant',
    app: ['select', 'insert', 'update(attempts due_at lease_id settled_at status)', 'delete'],
  },
  webhook_attempts: { kind: 'tenant', app: ['select', 'insert', 'delete'] },
  idempotency_keys: {
    kind: 'tenant',
    systemAccess:
      'answers that are past their time are removed by a sweep, which is in no organization',
    app: ['select', 'insert'],
    system: ['select(actor_id actor_type created_at key organization_id)', 'delete'],
  },
  operations: { kind: 'tenant', app: ['select', 'insert', 'update'] },
  operation_items: { kind: 'tenant', app: ['select', 'insert', 'update'] },
  operation_messages: { kind: 'tenant', app: ['select', 'insert', 'delete'] },
  views: { kind: 'tenant', app: CRUD },
  exports: {
    kind: 'tenant',
    app: ['select', 'insert', 'update'],
    policies: {
      admin_access: reads(
        'manydesk_admin',
        'an archive is not counted as storage, so whoever counts knows which file is one',
      ),
    },
    admin: ['select(file_id kind organization_id)'],
  },
  search_tickets: {
    kind: 'tenant',
    systemAccess: 'search_ticket_ids runs as this role and names the organization itself',
    app: CRUD,
    system: ['select(head number organization_id reader ticket_id words)'],
  },
  search_words: {
    kind: 'tenant',
    systemAccess: 'search_words_like runs as this role and names the organization itself',
    app: ['select', 'insert'],
    system: ['select'],
  },
  ticket_counters: {
    kind: 'tenant',
    app: ['select', 'insert', 'update'],
    policies: COUNTED,
    admin: ['select(last_number organization_id)'],
  },
  tickets: {
    kind: 'tenant',
    systemAccess:
      'ticket_ids_by_subject runs as this role and names the organization itself; a sweep finds the tickets that are to be woken',
    app: ['select', 'insert', 'update'],
    system: ['select(id organization_id snoozed_until subject updated_at)'],
    policies: {
      admin_access: reads('manydesk_admin', 'how many were opened in a month, and no word of one'),
    },
    admin: ['select(created_at organization_id)'],
  },
  ticket_tags: { kind: 'tenant', app: ['select', 'insert', 'delete'] },
  messages: {
    kind: 'tenant',
    app: ['select', 'insert', 'update(delivered_at delivery_status origin_id ticket_id)'],
  },
  inbound_mails: {
    kind: 'tenant',
    app: ['select', 'insert'],
    policies: COUNTED,
    admin: ['select(disposition id organization_id received_at)'],
  },
  outbound_mails: {
    kind: 'tenant',
    app: ['select', 'insert', 'update'],
    policies: COUNTED,
    admin: ['select(attempts created_at id organization_id status)'],
  },
  organization_entitlements: {
    kind: 'tenant',
    systemAccess: 'what an organization may have is written with its plan, and never by itself',
    app: ['select'],
    system: ['select', 'insert', 'update'],
    policies: { admin_access: reads('manydesk_admin', 'staff look for who needs a larger plan') },
    admin: [
      'select(access organization_id plan_id plan_version seats storage_bytes tickets_a_month used_percent)',
    ],
  },
  entitlement_overrides: {
    kind: 'tenant',
    systemAccess: 'the operator gives it; an organization could otherwise give itself more',
    system: CRUD,
  },
  entitlement_warnings: {
    kind: 'tenant',
    systemAccess: 'written together with the mails to the owners, rows of the deployment',
    system: ['select', 'insert'],
  },
  subscriptions: {
    kind: 'tenant',
    systemAccess: 'written with what the organization may have and owes, which it cannot write',
    app: ['select'],
    system: ['select', 'insert', 'update'],
    policies: { admin_access: reads('manydesk_admin', 'staff look for who does not pay') },
    admin: ['select(organization_id status)'],
  },
  billing_profiles: {
    kind: 'tenant',
    app: ['select', 'insert', 'update'],
    policies: {
      system_access: reads('manydesk_system', 'an invoice is made out by who may write invoices'),
    },
    system: ['select'],
  },
  invoices: {
    kind: 'tenant',
    systemAccess: 'numbers run through all organizations, so that none is left out',
    app: ['select'],
    system: ['select', 'insert', 'update(paid_at status)'],
    policies: {
      admin_access: reads(
        'manydesk_admin',
        'sums and times of what was billed, for whoever books it',
      ),
    },
    admin: [
      'select(created_at credits_id currency due_at id issued_at kind net number organization_id paid_at status tax total)',
    ],
  },
  provider_invoices: {
    kind: 'tenant',
    systemAccess: 'told by the provider; an organization could otherwise say what it paid',
    app: ['select'],
    system: ['select', 'insert', 'update(credited)'],
    policies: {
      admin_access: reads(
        'manydesk_admin',
        'sums and times of what was paid, for whoever books it',
      ),
    },
    admin: [
      'select(billed_by created_at credited currency id issued_at net number organization_id paid_at tax total)',
    ],
  },
  usage_records: {
    kind: 'tenant',
    app: ['select', 'insert'],
    policies: {
      system_reading: reads(
        'manydesk_system',
        'what the operator reckons with across organizations',
      ),
    },
    system: ['select'],
  },
  usage_samples: {
    kind: 'tenant',
    app: ['select', 'insert'],
    policies: {
      system_reading: reads(
        'manydesk_system',
        'what the operator reckons with across organizations',
      ),
    },
    system: ['select'],
  },
  usage_positions: {
    kind: 'tenant',
    app: ['select', 'insert', 'update(seq)'],
    policies: {
      system_access: reads('manydesk_system', 'the worker finds whose log has grown'),
    },
    system: ['select'],
  },
  usage_hours: {
    kind: 'tenant',
    systemAccess: 'what it cost is added up by each process, and not taken back by whom it is of',
    app: ['select'],
    system: ['select', 'insert', 'update'],
  },
  stripe_customers: {
    kind: 'tenant',
    systemAccess: 'what an organization pays would follow from what it writes here',
    system: ['select', 'insert', 'update'],
  },
  stripe_requests: {
    kind: 'tenant',
    systemAccess: 'what is asked of the provider, kept before it is sent',
    system: ['select', 'insert', 'update(answered_at outcome)', 'delete'],
  },
  support_accesses: {
    kind: 'tenant',
    adminAccess: 'staff ask; the organization answers',
    app: ['select', 'update(ended_at ended_because expires_at granted_at granted_by)'],
    admin: [
      'select',
      'insert',
      'update(ended_at ended_because expires_at first_operator_id granted_at second_operator_id)',
    ],
  },
  support_looks: { kind: 'tenant', app: ['select', 'insert', 'update(looked_at)'] },
  known_staff: {
    kind: 'tenant',
    adminAccess: 'what the staff are called who did something to the organization',
    app: ['select'],
    admin: ['select', 'insert'],
  },
  feature_overrides: {
    kind: 'tenant',
    adminAccess: 'staff say which features an organization has',
    policies: {
      system_access: reads('manydesk_system', 'read before an organization is in context'),
    },
    system: ['select'],
    admin: ['select', 'insert', 'delete'],
  },
  identities: {
    kind: 'global',
    why: 'a person exists once, whichever organizations they are in',
    systemAccess:
      'registration and sign-in know a person by their address, before there is a tenant',
    policies: {
      visible_through_membership: {
        command: 'SELECT',
        role: 'manydesk_app',
        using: '(EXISTS ( SELECT FROM memberships m WHERE (m.identity_id = identities.id)))',
        why: 'an organization sees the people who are its members; memberships has its own policy',
      },
    },
    app: ['select(created_at email id name)'],
    system: [
      'select',
      'insert',
      'delete',
      'update(email email_verified_at name password_changed_at password_hash)',
    ],
  },
  sessions: {
    kind: 'global',
    why: 'tokens are nobody’s to read but sign-in’s: the tenant role has no grant at all',
    systemAccess:
      'a refresh token is looked up by the session that it names, before there is a tenant',
    system: CRUD,
  },
  account_links: {
    kind: 'global',
    why: 'a link proves an address, for a person who may be in no organization yet',
    systemAccess: 'found by the id that its token carries, before there is a tenant',
    system: CRUD,
  },
  account_mails: {
    kind: 'global',
    why: 'mails to people about their accounts, who may be in no organization or in several',
    systemAccess: 'queued by sign-in and sent by the courier, for whomever',
    system: CRUD,
    policies: COUNTED,
    admin: ['select(created_at id organization_id status)'],
  },
  sign_in_attempts: {
    kind: 'global',
    why: 'counts guesses at an address, which may have no account',
    systemAccess: 'written and counted before anybody is known',
    system: CRUD,
  },
  signing_keys: {
    kind: 'global',
    why: 'the keys of the deployment’s own tokens, sealed',
    systemAccess: 'read to check a token, before there is a tenant',
    system: CRUD,
  },
  totp_factors: {
    kind: 'global',
    why: 'a person’s own, whichever organizations they are in',
    systemAccess: 'asked at sign-in, before there is a tenant',
    system: CRUD,
  },
  recovery_codes: {
    kind: 'global',
    why: 'a person’s own, whichever organizations they are in',
    systemAccess: 'asked at sign-in, before there is a tenant',
    system: CRUD,
  },
  passkeys: {
    kind: 'global',
    why: 'a person’s own, whichever organizations they are in',
    systemAccess: 'asked at sign-in, before there is a tenant',
    system: CRUD,
  },
  passkey_challenges: {
    kind: 'global',
    why: 'a question to somebody who is not known yet',
    systemAccess: 'asked at sign-in, before there is a tenant',
    system: CRUD,
  },
  factor_guesses: {
    kind: 'global',
    why: 'counts guesses at a person’s codes',
    systemAccess: 'counted at sign-in, before there is a tenant',
    system: CRUD,
  },
  remembered_devices: {
    kind: 'global',
    why: 'a person’s own, whichever organizations they are in',
    systemAccess: 'asked at sign-in, before there is a tenant',
    system: CRUD,
  },
  sso_flows: {
    kind: 'global',
    why: 'a sign-in that is at the provider right now',
    systemAccess: 'found by its state, before there is a tenant',
    system: CRUD,
  },
  plans: {
    kind: 'global',
    why: 'what can be had, and for how much',
    systemAccess: 'offered by the operator, taken by organizations',
    system: ['select', 'insert', 'update(is_offered)'],
    policies: { admin_access: reads('manydesk_admin', 'staff who sell read what is sold') },
    admin: ['select'],
  },
  invoice_series: {
    kind: 'global',
    why: 'the last number that a seller gave',
    systemAccess: 'numbers run through all organizations',
    system: ['select', 'insert', 'update'],
  },
  kept_invoices: {
    kind: 'global',
    why: 'the seller’s books outlive the organization that an invoice was written to',
    policies: {
      system_access: reads('manydesk_system', 'the operator prints them'),
      written_with_the_erasure: {
        command: 'INSERT',
        role: TABLE_OWNER,
        using: '',
        check: 'true',
        why: 'organization_erase runs as the owner, whom policies hold too',
      },
    },
    system: ['select'],
  },
  stripe_events: {
    kind: 'global',
    why: 'what the provider sent, before it is known whose it is',
    systemAccess: 'written at the door of the provider',
    system: ['select', 'insert', 'update(standing)', 'delete'],
  },
  staff_members: {
    kind: 'global',
    why: 'people of the deployment, who are nobody’s members',
    adminAccess: 'their own realm',
    admin: [
      'select',
      'insert',
      'update(ended_at name password_hash role totp_confirmed_at totp_last_step totp_sealed)',
    ],
  },
  staff_sessions: {
    kind: 'global',
    why: 'sessions of the staff',
    adminAccess: 'their own realm',
    admin: ['select', 'insert', 'update(last_used_at revoked_at)', 'delete'],
  },
  staff_acts: {
    kind: 'global',
    why: 'what staff did; the line outlives the organization',
    adminAccess: 'added to and never changed',
    policies: {
      system_adds: {
        command: 'INSERT',
        role: 'manydesk_system',
        using: '',
        check:
          "(NOT (organization_id IS DISTINCT FROM (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid))",
        why: 'what staff do to a plan or an invoice is written by who writes those, with the act in the same transaction',
      },
    },
    system: ['insert'],
    admin: ['select', 'insert'],
  },
  erasure_certificates: {
    kind: 'global',
    why: 'that an organization was deleted: all that is kept of it but the seller’s books',
    policies: {
      admin_access: reads('manydesk_admin', 'staff show it'),
      written_with_the_deletion: {
        command: 'INSERT',
        role: TABLE_OWNER,
        using: '',
        check: 'true',
        why: 'erasure_certify runs as the owner, whom policies hold too',
      },
    },
    admin: ['select'],
  },
  features: {
    kind: 'global',
    why: 'how large the share of organizations is that have a feature',
    adminAccess: 'staff say it',
    policies: {
      system_access: reads('manydesk_system', 'every process keeps them in memory'),
    },
    system: ['select'],
    admin: ['select', 'insert', 'update'],
  },
  announcements: {
    kind: 'global',
    why: 'what the people of every organization are told',
    adminAccess: 'staff write them',
    policies: {
      system_access: {
        command: 'SELECT',
        role: 'manydesk_system',
        using: '(withdrawn_at IS NULL)',
        why: 'read for whoever is signed in',
      },
    },
    system: ['select(ends_at id starts_at text text_ar title title_ar tone withdrawn_at)'],
    admin: ['select', 'insert', 'update(withdrawn_at)'],
  },
  _prisma_migrations: {
    kind: 'bookkeeping',
    why: 'which migrations were applied; nobody but the owner',
  },
};

/** Schemas beside `public` and Postgres’ own. Their tables are not looked at one by one. */
export const SCHEMAS: Record<string, string> = {
  bullmq:
    'the queue’s own tables: ids and sequence numbers, reached by the cross-tenant role alone',
};

/** Unique indexes of tenant tables that do not begin with the organization. */
export const UNIQUE_WITHOUT_ORGANIZATION: Record<string, string> = {
  organizations_slug_key:
    'slugs are made by the server with a random tail and the tenant role cannot write them',
  stripe_customers_customer_id_key:
    'a customer of the provider is one organization’s; the tenant role cannot reach the table',
  sso_domains_verified_key:
    'a verified domain leads to one organization; only who controls its DNS can learn that it is taken',
};

/** Foreign keys from a tenant table to a global one: column to what it names. */
export const KEYS_TO_GLOBAL_TABLES: Record<string, string> = {
  'memberships.identity_id':
    'a person’s place in an organization; the tenant role cannot write memberships',
  'sessions.identity_id': 'the person who signed in; the tenant role cannot reach sessions',
  'account_links.identity_id': 'whose it is; the tenant role cannot reach it',
  'totp_factors.identity_id': 'whose it is; the tenant role cannot reach it',
  'recovery_codes.identity_id': 'whose it is; the tenant role cannot reach it',
  'passkeys.identity_id': 'whose it is; the tenant role cannot reach it',
  'passkey_challenges.identity_id': 'whose it is; the tenant role cannot reach it',
  'remembered_devices.identity_id': 'whose it is; the tenant role cannot reach it',
  'factor_guesses.identity_id': 'whose it is; the tenant role cannot reach it',
  'support_accesses.staff_id': 'who of the staff asked; the tenant role cannot write it',
  'support_accesses.first_operator_id': 'who let them in; the tenant role cannot write it',
  'support_accesses.second_operator_id': 'who let them in; the tenant role cannot write it',
  'staff_sessions.staff_id': 'whose it is; the tenant role cannot reach it',
  'staff_acts.staff_id': 'who did it; the tenant role cannot reach it',
  'announcements.staff_id': 'who announced it; the tenant role cannot reach it',
};

/** Columns of a tenant table that hold an id, or a place in a log, and are no foreign key. */
export const IDS_WITHOUT_A_KEY: Record<string, string> = {
  'ledger_heads.seq': 'the count itself',
  'ledger_events.seq': 'its own place',
  'sign_in_attempts.organization_id': 'history: where a failed sign-in would have led',
  'sign_in_attempts.membership_id': 'history: whose it would have been',
  'account_mails.organization_id': 'whose letterhead a mail carries',
  'job_receipts.seq': 'history: an event whose job has taken effect',
  'ledger_events.actor_id': 'history: names who did it, also when they are gone',
  'ledger_events.subject_id': 'history: names what it was done to, also when that is gone',
  'ledger_events.causation_id': 'history: the event that led to it',
  'ledger_events.on_behalf_of': 'history: for whom it was done, also when they are gone',
  'organizations.delete_requested_by': 'history: who asked for the end, also when they are gone',
  'operation_messages.origin_before':
    'history: where a message came from, beside the message and the operation, which have their keys',
  'stripe_customers.turn': 'who asks the provider now: no row',
  'ledger_events.operation_id': 'history: what was done together',
  'ticket_presences.ticket_id': 'gone within a minute; whoever looks asks for the ticket first',
  'ticket_presences.user_id': 'the caller, from the credential; gone within a minute',
  'notifications.event_id': 'the event that told of it: one tells a person once',
  'operation_messages.from_id':
    'history: where a message was, beside the message and the operation, which have their keys',
  'operation_messages.to_id': 'the same',
  'search_tickets.seq': 'a place in the log: what is older never overwrites it',
  'operations.actor_id': 'history: names who did it, also when they are gone',
  'idempotency_keys.actor_id': 'the caller, from the credential; gone within a day',
  'notification_occurrences.event_id': 'the event that told of it: one tells a person once',
  'notifications.mail_id': 'the mail that told of it, a row of the deployment',
  'webhook_endpoints.cursor_seq': 'a place in the log: what is past it was looked at',
  'webhook_replays.from_seq': 'a place in the log',
  'webhook_replays.to_seq': 'a place in the log',
  'webhook_replays.at_seq': 'a place in the log',
  'webhook_deliveries.seq': 'the place of its event in the log',
  'webhook_deliveries.event_id': 'history: the event, or a ping, which is none',
  'webhook_deliveries.subject_id': 'history: what the event is about, also when that is gone',
  'webhook_deliveries.replay_of': 'history: the delivery that it repeats, which is forgotten first',
  'webhook_deliveries.lease_id': 'who sends it now: no row',
  'usage_records.event_id': 'the event that it was metered from: one counts once',
  'usage_positions.seq': 'a place in the log: what is before it was metered',
  'support_looks.subject_id': 'history: what was looked at, also when that is gone',
  'kept_invoices.organization_id': 'history: whom it was written to, who is gone',
  'erasure_certificates.organization_id': 'history: the organization that is gone',
  'staff_acts.organization_id': 'history: the line outlives the organization',
};

export interface FunctionRule {
  /** `definer` runs as its owner, a role or {@link TABLE_OWNER}; the digest pins the body that was reviewed. */
  runsAs: 'caller' | { definer: string; owner: string; digest: string };
  why: string;
  /** Roles that may call it. A trigger function is called by its trigger. */
  callers: string[];
}

/** Every function and procedure of `public` that no extension owns, by name and argument types. */
export const FUNCTIONS: Record<string, FunctionRule> = {
  'protect_tenant_table(regclass)': {
    runsAs: 'caller',
    why: 'migrations give every tenant table the same protection by it',
    callers: [],
  },
  'ledger_append(jsonb)': {
    runsAs: {
      definer:
        'the tenant role may not write its own history; the policies hold the owner too, so it writes to the organization in context alone',
      owner: 'manydesk_system',
      digest: 'f50d8dd959d8',
    },
    why: 'appends to the log of the organization in context',
    callers: ['manydesk_app', 'manydesk_system', 'manydesk_admin'],
  },
  'principal_changed()': {
    runsAs: 'caller',
    why: 'tells that a credential changed, by its id alone',
    callers: [],
  },
  'membership_ended()': {
    runsAs: 'caller',
    why: 'ends the sessions and secrets of a membership that ends, under the caller’s own policies',
    callers: [],
  },
  'organization_erase(uuid, integer)': {
    runsAs: {
      definer:
        'no role may delete what an organization holds; it deletes one whose grace is over, which it looks up itself, and nothing of any other',
      owner: TABLE_OWNER,
      digest: 'e58b42fab0bd',
    },
    why: 'erases an organization whose owner asked for it, two weeks later',
    callers: ['manydesk_system'],
  },
  'organization_keeps_owner()': {
    runsAs: 'caller',
    why: 'refuses the commit that would leave an organization without an owner',
    callers: [],
  },
  'organization_restore_refuses()': {
    runsAs: 'caller',
    why: 'names the tables that no archive brings; reads nothing',
    callers: [],
  },
  'organization_restore(text, text[], jsonb, boolean)': {
    runsAs: {
      definer:
        'no role may write a log, its hashes or its ids; it fills the organization that the same transaction made, and no other',
      owner: TABLE_OWNER,
      digest: '5cbd6a5fcda6',
    },
    why: 'brings an organization in from an archive, row by row',
    callers: ['manydesk_system'],
  },
  'customer_erase(uuid, timestamp with time zone)': {
    runsAs: {
      definer:
        'nobody may change what was said or what the log holds; it erases one customer of the organization in context, which it names in every statement',
      owner: TABLE_OWNER,
      digest: '60db612bf24c',
    },
    why: 'erases what is personal of a customer for good',
    callers: ['manydesk_system'],
  },
  'customer_to_erase(uuid)': {
    runsAs: {
      definer:
        'the cross-tenant role sees no customers; it holds one of the organization in context, which it names, and tells of it two columns without words',
      owner: TABLE_OWNER,
      digest: 'e6d8890845b9',
    },
    why: 'holds a customer who is to be erased against another who erases at once',
    callers: ['manydesk_system'],
  },
  'entitlements_changed()': {
    runsAs: 'caller',
    why: 'tells that an organization’s plan changed, by its id alone',
    callers: [],
  },
  'features_changed()': {
    runsAs: 'caller',
    why: 'tells that features changed, and nothing of them',
    callers: [],
  },
  'erasure_certify()': {
    runsAs: {
      definer: 'no role may write a certificate; it writes the one of the row that goes',
      owner: TABLE_OWNER,
      digest: '9cfc15ab331c',
    },
    why: 'certifies that an organization is gone',
    callers: [],
  },
  'signing_keys_changed()': {
    runsAs: 'caller',
    why: 'tells that the keys changed, and nothing of them',
    callers: [],
  },
  'account_mails_queued()': {
    runsAs: 'caller',
    why: 'tells that there is a mail to send, and nothing of it',
    callers: [],
  },
  'ticket_tags_follow()': {
    runsAs: 'caller',
    why: 'keeps the tags of a ticket as rows, under the caller’s own policies',
    callers: [],
  },
  'requester_addresses_follow()': {
    runsAs: 'caller',
    why: 'keeps the main address of a customer among their addresses, under the caller’s own policies',
    callers: [],
  },
  'ticket_states_begin()': {
    runsAs: {
      definer:
        'whoever makes an organization may write no ticket states; it writes the first five of the organization that was made, and no other',
      owner: 'manydesk_system',
      digest: '6c21f64d456c',
    },
    why: 'gives a new organization its ticket states',
    callers: [],
  },
  'ticket_state_follows()': {
    runsAs: 'caller',
    why: 'gives a ticket the default state of its category, under the caller’s own policies',
    callers: [],
  },
  'ticket_team_defaults()': {
    runsAs: 'caller',
    why: 'gives a new ticket the default team, under the caller’s own policies',
    callers: [],
  },
  'search_config(text)': {
    runsAs: 'caller',
    why: 'names the dictionary of a language; reads nothing',
    callers: ['manydesk_app'],
  },
  'search_ticket_ids(text, text[], integer, integer)': {
    runsAs: {
      definer:
        'full-text search is not leakproof; it names the organization itself, in the key of every shelf and beside it, and gives back ids and numbers of it alone, of what the named readers may read',
      owner: 'manydesk_system',
      digest: '5785831f238f',
    },
    why: 'the newest tickets of the organization in context that hold words',
    callers: ['manydesk_app'],
  },
  'search_words_like(text, boolean, integer)': {
    runsAs: {
      definer:
        'likeness of words is not leakproof; it names the organization itself and gives back words of it alone',
      owner: 'manydesk_system',
      digest: 'a1a43017d2c4',
    },
    why: 'words of the organization in context that begin so, or are like it',
    callers: ['manydesk_app'],
  },
  'ticket_versioned()': {
    runsAs: 'caller',
    why: 'counts the changes of a ticket and of each of its fields; reads nothing but the row',
    callers: [],
  },
  'ticket_field_values_follow()': {
    runsAs: 'caller',
    why: 'keeps the values of custom fields as rows, under the caller’s own policies',
    callers: [],
  },
  'notification_mail_due()': {
    runsAs: 'caller',
    why: 'says that a mail is due, and of nobody’s what',
    callers: [],
  },
  'ticket_presence_changed()': {
    runsAs: 'caller',
    why: 'tells that somebody came to a ticket or left it, by ids alone',
    callers: [],
  },
  'ticket_ids_by_subject(text)': {
    runsAs: {
      definer:
        'full-text search is not leakproof, so no index could serve it under row level security; it names the organization itself and gives back ids of it only',
      owner: 'manydesk_system',
      digest: '6f8c687e0d28',
    },
    why: 'words in the subjects of the organization in context',
    callers: ['manydesk_app'],
  },
};

/** Every trigger, as `table: function`. */
export const TRIGGERS: Record<string, string> = {
  'api_keys: principal_changed': 'a revoked key stops working on every process at once',
  'api_key_secrets: principal_changed': 'so does a revoked secret of it',
  'roles: principal_changed': 'so does a right that a custom role loses',
  'organizations: principal_changed': 'so does everything of a suspended organization',
  'memberships: membership_ended':
    'a membership that ends takes its sessions and the secrets that its person was shown with it',
  'memberships: organization_keeps_owner': 'whoever changes it, somebody owns the organization',
  'signing_keys: signing_keys_changed': 'every process signs with the same key',
  'account_mails: account_mails_queued': 'the courier looks at once',
  'sessions: principal_changed': 'so does an ended session',
  'support_accesses: principal_changed': 'so does a look that was taken back',
  'staff_members: principal_changed': 'so does one of the staff who left',
  'staff_sessions: principal_changed': 'so does a session of the staff',
  'organization_entitlements: entitlements_changed': 'a plan counts on every process at once',
  'memberships: entitlements_changed': 'so does whose seat it is',
  'organizations: erasure_certify': 'whoever erases an organization writes its certificate',
  'features: features_changed': 'a feature is on or off on every process at once',
  'feature_overrides: features_changed': 'so is what was said of one organization',
  'memberships: principal_changed': 'so does a changed role',
  'tickets: ticket_tags_follow': 'tags as rows, in the same transaction',
  'tickets: ticket_field_values_follow': 'values of custom fields as rows, in the same transaction',
  'tickets: ticket_state_follows': 'a ticket always has a state of its category',
  'tickets: ticket_team_defaults': 'a ticket that nobody sorted goes to the default team',
  'tickets: ticket_versioned': 'whoever changes a ticket, its version says so',
  'organizations: ticket_states_begin': 'an organization has its states from birth',
  'requesters: requester_addresses_follow': 'a customer is found by every address',
  'ticket_presences: ticket_presence_changed': 'open desks look at once',
  'notifications: notification_mail_due': 'the mail that tells of it goes at once',
};

/** Extensions, because each brings functions that everybody may call. */
export const EXTENSIONS: Record<string, string> = {
  plpgsql: 'the language of our functions; part of every server',
  btree_gin: 'lets the organization lead the index of words in subjects',
  pg_trgm: 'finds words that are like a word, for search that forgives slips',
};

/** Columns that the tenant role must never read, whatever else is granted. */
export const SECRET_COLUMNS: Record<string, string> = {
  'identities.password_hash': 'what a password is checked against',
  'sessions.refresh_hash': 'what a refresh token is checked against',
  'sessions.previous_hash': 'the one before it',
  'sso_connections.client_secret': 'what we show to an organization’s provider',
  'totp_factors.sealed': 'what codes are made of',
  'recovery_codes.code_hash': 'what a recovery code is checked against',
  'signing_keys.sealed': 'what access tokens are signed with',
  'webhook_secrets.sealed': 'what deliveries are signed with',
  'staff_members.password_hash': 'what a password of the staff is checked against',
  'staff_members.totp_sealed': 'what their codes are made of',
  'staff_sessions.token_hash': 'what their refresh token is checked against',
};

/** Settings that a role or database may carry. Any other could widen what a statement sees. */
export const HARMLESS_SETTINGS = [
  'timezone',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'log_statement',
  'log_min_duration_statement',
  'work_mem',
];

/** The one setting that says for whom a statement runs, as Postgres writes it back. */
export const CURRENT_ORGANIZATION =
  "(NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid";
