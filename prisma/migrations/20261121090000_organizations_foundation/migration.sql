-- The two roles that the product uses. `npm run db:migrate` provisions them (they are cluster-wide and need
-- CREATEROLE once); they log in through members of their own, own nothing and bypass nothing.
do $$
begin
  if not exists (select from pg_roles where rolname = 'manydesk_app') then
    raise exception 'the role manydesk_app is missing: run the migrations with `npm run db:migrate`, which provisions it, or create it first (docs/operations.md)';
  end if;
end
$$;

revoke create on schema public from public;
grant usage on schema public to manydesk_app, manydesk_system;

create extension if not exists btree_gin;


-- The one form of protection that a tenant table has. The scalar sub-select becomes an InitPlan, evaluated once a
-- statement, so that the policy is an index condition. Migrations call this; nothing else may.
create procedure protect_tenant_table(target regclass)
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy tenant_isolation on %s
       using (organization_id = (select nullif(current_setting(''app.organization_id'', true), '''')::uuid))
       with check (organization_id = (select nullif(current_setting(''app.organization_id'', true), '''')::uuid))', target);
end
$$;
revoke all on procedure protect_tenant_table(regclass) from public;

create table organizations (
  id         uuid           not null primary key,
  name       text           not null check (char_length(name) between 1 and 200),
  slug       text           not null,
  created_at timestamptz(3) not null default now()
);
create unique index organizations_slug_key on organizations (slug);

-- The tenant's own row: the same policy, over its id.
alter table organizations enable row level security;
alter table organizations force row level security;
create policy tenant_isolation on organizations
  using (id = (select nullif(current_setting('app.organization_id', true), '')::uuid))
  with check (id = (select nullif(current_setting('app.organization_id', true), '')::uuid));
-- Registration creates organizations and sign-in lists a person's: both before there is a tenant.
create policy system_access on organizations to manydesk_system using (true) with check (true);
grant select, update (name) on organizations to manydesk_app;
grant select, insert on organizations to manydesk_system;
