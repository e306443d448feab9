-- That an organization was deleted: all that is kept of it.
create table erasure_certificates (
  id              uuid           not null primary key default gen_random_uuid(),
  organization_id uuid           not null,
  name            text           not null,
  slug            text           not null,
  founded_at      timestamptz(3) not null,
  due_at          timestamptz(3),
  created_at      timestamptz(3) not null default now()
);
create unique index erasure_certificates_organization_id_key on erasure_certificates (organization_id);
create index erasure_certificates_created_at_id_idx on erasure_certificates (created_at desc, id desc);
alter table erasure_certificates enable row level security;
alter table erasure_certificates force row level security;
create policy admin_access on erasure_certificates for select to manydesk_admin using (true);
-- The owner of the tables is held by policies too, and it is they who delete the last row.
create policy written_with_the_deletion on erasure_certificates for insert to current_user with check (true);
grant select on erasure_certificates to manydesk_admin;

-- Whoever deletes an organization writes its certificate in the same transaction: there is no way past it.
create function erasure_certify() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into erasure_certificates (organization_id, name, slug, founded_at, due_at)
    values (old.id, old.name, old.slug, old.created_at, old.delete_after);
  return null;
end
$$;
revoke all on function erasure_certify() from public;
create trigger organizations_erasure_certify after delete on organizations
  for each row execute function erasure_certify();
