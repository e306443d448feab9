-- An organization that is restored from an archive comes in row by row, with the ids, the log and the hashes that it had.
-- No role of the product may write those, and none may from here on either: the rows go through one function.

-- Rows of one table point at each other in any order, so these two wait for the end of the restoring transaction. For all
-- others they are checked at once, as before.
alter table tickets alter constraint tickets_organization_id_merged_into_id_fkey deferrable initially immediate;
alter table requesters alter constraint requesters_organization_id_merged_into_id_fkey deferrable initially immediate;

-- What nobody has sorted goes to the default team, except what comes back: it was sorted before, or left so.
create or replace function ticket_team_defaults() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.team_id is null and current_setting('app.restoring', true) is distinct from 'on' then
    select t.id into new.team_id from teams t where t.organization_id = new.organization_id and t.is_default;
  end if;
  return new;
end
$$;

-- What belongs to a deployment and not to an organization: credentials, work that would be done once more, what is made anew.
create function organization_restore_refuses() returns text[]
  language sql immutable set search_path = pg_catalog, pg_temp
as $$
  select array['api_key_secrets', 'exports', 'idempotency_keys', 'job_receipts', 'notification_occurrences', 'outbox', 'search_tickets',
    'search_words', 'sso_connections', 'sso_domains', 'sso_subjects', 'ticket_field_values', 'ticket_presences', 'ticket_tags',
    'webhook_attempts', 'webhook_deliveries', 'webhook_replays', 'webhook_secrets']
$$;
revoke all on function organization_restore_refuses() from public;

-- Puts rows of the organization in context into one of its tables, as they are. Gives how many.
--
-- It answers in the transaction alone that made the organization (its first row goes through here too): nobody can put
-- anything into one that is there, its log least of all. It runs as the owner of the tables, whom their policy holds as
-- well; that each row is of the organization is asked beside it. What organization_restore_refuses()
-- names cannot be brought.
create function organization_restore(place text, columns text[], rows jsonb, is_first boolean) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set app.restoring = 'on'
as $$
declare
  organization uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  own          text := case place when 'organizations' then 'id' else 'organization_id' end;
  listed       text := (select string_agg(format('%I', c), ', ') from unnest(columns) c);
  done         integer;
begin
  if organization is null then
    raise exception 'no organization is in context' using errcode = '42501';
  end if;
  if place = any (organization_restore_refuses())
    or not exists (select from pg_policy p join pg_class c on c.oid = p.polrelid
      where c.relnamespace = 'public'::regnamespace and c.relname = place and p.polname = 'tenant_isolation') then
    raise exception '% is not restored from an archive', place using errcode = '42501';
  end if;
  if place = 'organizations' then
    set constraints tickets_organization_id_merged_into_id_fkey, requesters_organization_id_merged_into_id_fkey deferred;
  elsif not exists (select from organizations o where o.id = organization and o.xmin = pg_current_xact_id()::xid) then
    raise exception 'rows are restored in the transaction that makes their organization, and in no other' using errcode = '42501';
  end if;
  if exists (select from jsonb_array_elements(rows) r where (r ->> own) is distinct from organization::text) then
    raise exception 'a row of % is of another organization', place using errcode = '42501';
  end if;
  -- What triggers made for a new organization, or beside the rows of another table, gives way to what was there.
  if is_first and place <> 'organizations' then
    execute format('delete from %I where organization_id = $1', place) using organization;
  end if;
  execute format('insert into %I (%s) select %s from jsonb_populate_recordset(null::%I, $1)', place, listed, listed, place) using rows;
  get diagnostics done = row_count;
  return done;
end
$$;
revoke all on function organization_restore(text, text[], jsonb, boolean) from public;
grant execute on function organization_restore(text, text[], jsonb, boolean) to manydesk_system;

-- A whole organization is a file that is asked for too.
alter table exports
  drop constraint exports_kind_check,
  drop constraint exports_format_check,
  add constraint exports_kind_check check (kind in ('tickets', 'organization')),
  add constraint exports_format_check check (format in ('csv', 'jsonl', 'tar'));
