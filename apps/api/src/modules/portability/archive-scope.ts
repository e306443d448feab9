/** Tables of an organization that are not in its archive, each with the reason that its manifest gives. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  api_key_secrets:
    'credentials stay with the deployment that gave them: rotate each key for a new secret',
  billing_profiles: 'plans and bills are of the deployment that sells them',
  entitlement_overrides: 'plans and bills are of the deployment that sells them',
  entitlement_warnings: 'plans and bills are of the deployment that sells them',
  exports: 'files that were made of what is here, kept for some days',
  feature_overrides: 'the operator of each deployment says who has which feature',
  idempotency_keys: 'answers that are kept for a day',
  invoices: 'plans and bills are of the deployment that sells them',
  job_receipts: 'work that is done is not done again: none is brought along',
  known_staff: 'the staff are of their deployment',
  notification_occurrences: 'what keeps somebody from being told twice, for some days',
  organization_entitlements: 'plans and bills are of the deployment that sells them',
  outbox: 'work that is under way is done where it was begun',
  provider_invoices: 'plans and bills are of the deployment that sells them',
  search_tickets: 'the index of words is made anew',
  search_words: 'the index of words is made anew',
  sso_connections:
    'the secret of the provider is sealed with the key of its deployment: connect the provider again',
  sso_domains: 'a domain is proved to a deployment: prove it again',
  sso_subjects: 'goes with the connection to the provider',
  stripe_customers: 'plans and bills are of the deployment that sells them',
  stripe_requests: 'plans and bills are of the deployment that sells them',
  subscriptions: 'plans and bills are of the deployment that sells them',
  support_accesses: 'the staff are of their deployment',
  support_looks: 'the staff are of their deployment',
  ticket_field_values: 'follows from the tickets',
  ticket_presences: 'who is looking at a ticket at this moment',
  ticket_tags: 'follows from the tickets',
  usage_hours: 'plans and bills are of the deployment that sells them',
  usage_positions: 'plans and bills are of the deployment that sells them',
  usage_records: 'plans and bills are of the deployment that sells them',
  usage_samples: 'plans and bills are of the deployment that sells them',
  webhook_attempts: 'how deliveries went, with the deployment that made them',
  webhook_deliveries: 'nothing is delivered a second time by another deployment',
  webhook_replays: 'nothing is delivered a second time by another deployment',
  webhook_secrets: 'sealed with the key of its deployment: rotate the secret of each endpoint',
};

/** A column that is written otherwise than it stands: as this expression over the row `t`. */
type Rewritten = Readonly<Record<string, string>>;

/**
 * Columns that say how it stands in one deployment and would be untrue, or would set work off, in another. The columns are
 * written as the next deployment is to have them, so that an archive of what was restored is the same file.
 */
export const REWRITTEN: Readonly<Record<string, Rewritten>> = {
  organizations: {
    sso_required: 'false',
    suspended_at: 'null::timestamptz',
    delete_after: 'null::timestamptz',
    delete_requested_by: 'null::uuid',
  },
  notifications: { mail_due_at: 'null::timestamptz', mail_id: 'null::uuid' },
  webhook_endpoints: {
    is_enabled: 'false',
    disabled_at: 'coalesce(t.disabled_at, t.updated_at)',
    disabled_because: "coalesce(t.disabled_because, 'by_hand')",
    cursor_seq: '(select h.seq from ledger_heads h)',
    last_position: '0::bigint',
    waiting: '0',
    due_at: 'null::timestamptz',
    rate_tokens: '0::double precision',
    rate_at: 'null::timestamptz',
    failing_since: 'null::timestamptz',
  },
};

/** What those columns have in every archive, whatever stood in them. One that says otherwise would set work off where it comes in. */
export const AT_REST: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  organizations: {
    ...{ sso_required: false, suspended_at: null, delete_after: null, delete_requested_by: null },
  },
  notifications: { mail_due_at: null, mail_id: null },
  webhook_endpoints: {
    ...{ is_enabled: false, last_position: 0, waiting: 0, due_at: null },
    ...{ rate_tokens: 0, rate_at: null, failing_since: null },
  },
};

/** What the manifest says of {@link REWRITTEN}. */
export const REWRITTEN_BECAUSE: Readonly<Record<string, string>> = {
  organizations: 'it works, and asks for no single sign-on, until its owner says otherwise',
  notifications: 'no mail is due',
  webhook_endpoints:
    'each is switched off and at the end of the log: rotate its secret and switch it on',
  memberships:
    'people are named by their address: who has no account yet is made one without a password',
};

/**
 * A membership names its person, who belongs to the deployment. In an archive the address and the name stand for them,
 * under these names.
 */
export const PERSON_TABLE = 'memberships';
export const PERSON_COLUMN = 'identity_id';
export const PERSON_FIELDS: Rewritten = {
  person_email: '(select i.email from identities i where i.id = t.identity_id)',
  person_name: '(select i.name from identities i where i.id = t.identity_id)',
};

/** Rows that go with a table only when this holds of the row `t`. */
export const KEPT_IF: Readonly<Record<string, string>> = {
  // The bytes of exports are in the same table.
  files: 'exists (select from attachments a where a.file_id = t.id)',
};

/** Tables with rows of many megabytes, which are read one at a time. */
export const HEAVY: ReadonlySet<string> = new Set(['inbound_mails', 'organization_logos']);
