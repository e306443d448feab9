-- What was used before it came is metered where it was used: of an organization that is brought in, metering begins at the end
-- of the log that it brought, in the same transaction. A look in between would count its whole past into today's bill.
create or replace function organization_restore(place text, columns text[], rows jsonb, is_first boolean) returns integer
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
  if place = 'ledger_heads' then
    insert into usage_positions (organization_id, seq) select h.organization_id, h.seq from ledger_heads h where h.organization_id = organization
      on conflict (organization_id) do update set seq = excluded.seq;
  end if;
  return done;
end
$$;
