-- What an organization may have and do, as its plan says: one row, read by every request from memory. No row: everything.
create table organization_entitlements (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  plan_id         text           not null check (char_length(plan_id) between 1 and 50),
  plan_version    integer        not null check (plan_version > 0),
  access          text           not null default 'full' check (access in ('full', 'read_only', 'suspended')),
  -- Null: as many as there are.
  seats           integer        check (seats >= 0),
  tickets_a_month integer        check (tickets_a_month >= 0),
  storage_bytes   bigint         check (storage_bytes >= 0),
  calls_a_minute  integer        check (calls_a_minute > 0),
  features        text[]         not null default '{}' check (cardinality(features) <= 50),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id)
);
call protect_tenant_table('organization_entitlements');
-- The tenant role reads what it may and never writes it: it could give itself more.
grant select on organization_entitlements to manydesk_app;
create policy system_access on organization_entitlements to manydesk_system using (true) with check (true);
grant select, insert, update on organization_entitlements to manydesk_system;

-- Every process keeps them in memory, and drops what it has of an organization at once.
create function entitlements_changed() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_notify('entitlements', coalesce(new.organization_id, old.organization_id)::text);
  return null;
end
$$;
revoke all on function entitlements_changed() from public;
create trigger entitlements_changed after insert or update or delete on organization_entitlements
  for each row execute function entitlements_changed();
