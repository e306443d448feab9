-- What belongs to a deployment and not to an organization: credentials, work that would be done once more, what is made
-- anew, and what was sold, given or looked at by whoever runs it. An archive could otherwise give its organization a plan.
create or replace function organization_restore_refuses() returns text[]
  language sql immutable set search_path = pg_catalog, pg_temp
as $$
  select array['api_key_secrets', 'billing_profiles', 'entitlement_overrides', 'entitlement_warnings', 'exports', 'feature_overrides',
    'idempotency_keys', 'invoices', 'job_receipts', 'known_staff', 'notification_occurrences', 'organization_entitlements', 'outbox',
    'search_tickets', 'search_words', 'sso_connections', 'sso_domains', 'sso_subjects', 'stripe_customers', 'stripe_requests',
    'subscriptions', 'support_accesses', 'support_looks', 'ticket_field_values', 'ticket_presences', 'ticket_tags', 'usage_hours',
    'usage_positions', 'usage_records', 'usage_samples', 'webhook_attempts', 'webhook_deliveries', 'webhook_replays', 'webhook_secrets']
$$;
