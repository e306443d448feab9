-- What was paid to a provider that makes out its own invoices, as it told us: for the organization's list and the operator's
-- books of costs. The invoice itself is the provider's, and so are lines and addresses on it.
create table provider_invoices (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  billed_by       text           not null check (billed_by in ('stripe')),
  -- What the provider calls it, and the number that stands on it.
  provider_id     text           not null check (char_length(provider_id) between 1 and 255),
  number          text           not null check (char_length(number) between 1 and 255),
  currency        text           not null check (currency ~ '^[A-Z]{3}$'),
  net             bigint         not null,
  tax             bigint         not null,
  total           bigint         not null,
  -- What of the total was taken back since.
  credited        bigint         not null default 0 check (credited >= 0),
  period_start    timestamptz(3) not null,
  period_end      timestamptz(3) not null,
  issued_at       timestamptz(3) not null,
  paid_at         timestamptz(3) not null,
  -- When it was issued, by which it stands among the invoices of our own.
  created_at      timestamptz(3) not null,
  primary key (organization_id, id),
  check (total = net + tax)
);
create unique index provider_invoices_organization_id_provider_id_key on provider_invoices (organization_id, provider_id);
create index provider_invoices_organization_id_created_at_id_idx on provider_invoices (organization_id, created_at desc, id desc);
call protect_tenant_table('provider_invoices');
-- The tenant role reads what it paid, and never says so itself.
grant select on provider_invoices to manydesk_app;
create policy system_access on provider_invoices to manydesk_system using (true) with check (true);
grant select, insert, update (credited) on provider_invoices to manydesk_system;
create policy admin_access on provider_invoices for select to manydesk_admin using (true);
grant select (organization_id, id, billed_by, number, currency, net, tax, total, credited, issued_at, paid_at, created_at)
  on provider_invoices to manydesk_admin;

-- An archive could otherwise say what was paid.
create or replace function organization_restore_refuses() returns text[]
  language sql immutable set search_path = pg_catalog, pg_temp
as $$
  select array['api_key_secrets', 'billing_profiles', 'entitlement_overrides', 'entitlement_warnings', 'exports', 'feature_overrides',
    'idempotency_keys', 'invoices', 'job_receipts', 'known_staff', 'notification_occurrences', 'organization_entitlements', 'outbox',
    'provider_invoices', 'search_tickets', 'search_words', 'sso_connections', 'sso_domains', 'sso_subjects', 'stripe_customers', 'stripe_requests',
    'subscriptions', 'support_accesses', 'support_looks', 'ticket_field_values', 'ticket_presences', 'ticket_tags', 'usage_hours',
    'usage_positions', 'usage_records', 'usage_samples', 'webhook_attempts', 'webhook_deliveries', 'webhook_replays', 'webhook_secrets']
$$;
