-- How large the share of organizations is that have a feature; a feature without a row is had by all.
create table features (
  name       text    not null primary key check (char_length(name) <= 100),
  percentage integer not null check (percentage between 0 and 100)
);
alter table features enable row level security;
alter table features force row level security;
create policy system_access on features for select to manydesk_system using (true);
create policy admin_access on features to manydesk_admin using (true) with check (true);
grant select on features to manydesk_system;
grant select, insert, update on features to manydesk_admin;

-- What was said of one organization by name. No grant to the tenant role: what it has is not its own to say.
create table feature_overrides (
  organization_id uuid    not null default nullif(current_setting('app.organization_id', true), '')::uuid
                          references organizations (id) on delete restrict on update restrict,
  feature         text    not null check (char_length(feature) <= 100),
  is_on           boolean not null,
  primary key (organization_id, feature)
);
call protect_tenant_table('feature_overrides');
create policy system_access on feature_overrides for select to manydesk_system using (true);
create policy admin_access on feature_overrides to manydesk_admin using (true) with check (true);
grant select on feature_overrides to manydesk_system;
grant select, insert, delete on feature_overrides to manydesk_admin;

-- Every process keeps all of it in memory.
create function features_changed() returns trigger
  language plpgsql set search_path = pg_catalog
as $$
begin
  perform pg_notify('features', '');
  return null;
end
$$;
revoke all on function features_changed() from public;
create trigger features_changed after insert or update or delete on features
  for each statement execute function features_changed();
create trigger feature_overrides_changed after insert or update or delete on feature_overrides
  for each statement execute function features_changed();
