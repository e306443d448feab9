-- Invoices are the seller's books too, and a law says for how long they are kept: they outlive the organization that
-- they were written to, apart from everything else of it.
create table kept_invoices (
  organization_id uuid           not null,
  number          text           not null,
  kind            text           not null check (kind in ('invoice', 'credit_note')),
  status          text           not null,
  currency        text           not null,
  net             bigint         not null,
  tax             bigint         not null,
  total           bigint         not null,
  tax_name        text           not null,
  tax_rate        integer        not null,
  lines           jsonb          not null,
  seller          jsonb          not null,
  buyer           jsonb          not null,
  issued_at       timestamptz(3) not null,
  due_at          timestamptz(3) not null,
  paid_at         timestamptz(3),
  kept_at         timestamptz(3) not null default now(),
  primary key (organization_id, number)
);
create index kept_invoices_issued_at_number_idx on kept_invoices (issued_at, number);
alter table kept_invoices enable row level security;
alter table kept_invoices force row level security;
create policy system_access on kept_invoices for select to manydesk_system using (true);
-- The owner of the tables is held by policies too, and it is they who erase.
create policy written_with_the_erasure on kept_invoices for insert to current_user with check (true);
grant select on kept_invoices to manydesk_system;

-- The erasure of an organization, with what was sold to it and who of the staff looked. Whoever adds a table adds it here.
create or replace function organization_erase(target uuid, most integer default 5000, out is_done boolean, out people uuid[])
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  -- What refers to a row goes before it.
  own constant text[] := array[
    'support_looks', 'support_accesses', 'known_staff', 'feature_overrides',
    'stripe_requests', 'stripe_customers', 'usage_records', 'usage_positions', 'usage_samples', 'usage_hours',
    'entitlement_warnings', 'entitlement_overrides', 'billing_profiles', 'subscriptions', 'organization_entitlements',
    'webhook_attempts', 'webhook_deliveries', 'webhook_replays', 'webhook_secrets', 'webhook_endpoints',
    'notification_occurrences', 'notification_preferences', 'idempotency_keys',
    'job_receipts', 'outbox', 'ledger_events', 'ledger_heads',
    'search_tickets', 'search_words', 'notifications', 'ticket_presences', 'operation_messages', 'operation_items', 'operations', 'exports',
    'attachments', 'drafts', 'files', 'canned_replies', 'macros', 'views', 'ticket_links',
    'outbound_mails', 'inbound_mails', 'messages', 'ticket_field_values', 'ticket_tags', 'tickets', 'ticket_counters',
    'ticket_states', 'team_members', 'teams', 'custom_fields', 'requester_addresses', 'requesters', 'company_domains', 'companies',
    'api_key_calls', 'api_key_addresses', 'api_key_secrets', 'api_keys',
    'scim_group_members', 'scim_groups', 'scim_users', 'sso_subjects', 'sso_domains', 'sso_connections',
    'invitations', 'organization_logos'];
  place text;
  gone integer;
  room integer := most;
begin
  is_done := false;
  people := '{}';
  -- The owner of the tables is held by the tenant's policy too.
  perform set_config('app.organization_id', target::text, true);
  perform from organizations o where o.id = target and o.delete_after <= now() for update skip locked;
  if not found then
    raise exception 'the organization is not due, or somebody else is at it' using errcode = '55000';
  end if;
  -- What points at another of its own table points at nothing first: rows go some thousands at a time, in any order.
  foreach place in array array['tickets', 'requesters'] loop
    execute format(
      'update %I set merged_into_id = null where organization_id = $1
         and ctid = any (array(select ctid from %I where organization_id = $1 and merged_into_id is not null limit $2))', place, place)
      using target, room;
    get diagnostics gone = row_count;
    room := room - gone;
    if room <= 0 then return; end if;
  end loop;
  -- A credit note points at the invoice that it takes back, so it goes first.
  foreach place in array array['credit_note', 'invoice'] loop
    with gone_rows as (
      delete from invoices i where i.organization_id = target
        and i.ctid = any (array(select j.ctid from invoices j where j.organization_id = target and j.kind = place limit room))
      returning i.*
    ), kept as (
      insert into kept_invoices (organization_id, number, kind, status, currency, net, tax, total, tax_name, tax_rate,
          lines, seller, buyer, issued_at, due_at, paid_at)
        select g.organization_id, g.number, g.kind, g.status, g.currency, g.net, g.tax, g.total, g.tax_name, g.tax_rate,
          g.lines, g.seller, g.buyer, g.issued_at, g.due_at, g.paid_at from gone_rows g
        returning 1
    ) select count(*) into gone from kept k;
    room := room - gone;
    if room <= 0 then return; end if;
  end loop;
  foreach place in array own loop
    execute format(
      'delete from %I where organization_id = $1
         and ctid = any (array(select ctid from %I where organization_id = $1 limit $2))', place, place)
      using target, room;
    get diagnostics gone = row_count;
    room := room - gone;
    if room <= 0 then return; end if;
  end loop;
  -- Together, because an organization that is there keeps an owner. Sessions go with their membership.
  with left_over as (delete from memberships m where m.organization_id = target returning m.identity_id)
    select coalesce(array_agg(l.identity_id), '{}') into people from left_over l;
  delete from roles r where r.organization_id = target;
  delete from organizations o where o.id = target;
  is_done := true;
end
$$;
