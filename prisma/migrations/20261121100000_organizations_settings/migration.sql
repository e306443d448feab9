alter table organizations
  add column time_zone              text    not null default 'UTC' check (char_length(time_zone) between 1 and 64),
  add column locale                 text    not null default 'en' check (char_length(locale) between 2 and 35),
  add column accent                 text    check (accent ~ '^#[0-9a-f]{6}$'),
  -- Hours that a session may live in all, however it is used.
  add column session_hours          integer not null default 720 check (session_hours between 1 and 8760),
  add column second_factor_required boolean not null default false,
  -- Domains of the addresses that may be invited; none means any.
  add column allowed_domains        text[]  not null default '{}',
  add column sso_required           boolean not null default false,
  add column suspended_at           timestamptz(3),
  add column delete_after           timestamptz(3),
  add column delete_requested_by    uuid;
grant update (session_hours, second_factor_required, allowed_domains, sso_required) on organizations to manydesk_app;
-- `slug`, and what is changed together with it, through the cross-tenant role alone: its uniqueness spans
-- organizations, so the tenant role could probe it.
revoke update (name) on organizations from manydesk_app;
grant update (name, slug, time_zone, locale, accent, suspended_at, delete_after, delete_requested_by) on organizations to manydesk_system;

create table organization_logos (
  organization_id uuid           not null primary key default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  media_type      text           not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  bytes           bytea          not null check (octet_length(bytes) <= 262144),
  digest          text           not null,
  updated_at      timestamptz(3) not null default now()
);
call protect_tenant_table('organization_logos');
grant select, insert, update, delete on organization_logos to manydesk_app;

-- What hangs on a row may be named by another column of it than `id`: the second argument.
create or replace function principal_changed() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_notify('principal', tg_argv[0] || ':' || (to_jsonb(old) ->> coalesce(tg_argv[1], 'id')));
  return null;
end
$$;
create trigger organizations_principal_changed
  after update of suspended_at, delete_after, second_factor_required, session_hours, sso_required on organizations
  for each row execute function principal_changed('organization');
