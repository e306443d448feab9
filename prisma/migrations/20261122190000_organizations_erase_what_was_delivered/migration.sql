-- The erasure of an organization, with what was handed out of it. Whoever adds a table adds it here.
create or replace function organization_erase(target uuid, most integer default 5000, out is_done boolean, out people uuid[])
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  -- What refers to a row goes before it.
  own constant text[] := array[
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
