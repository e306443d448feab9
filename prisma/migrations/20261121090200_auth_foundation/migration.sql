create table sessions (
  id                   uuid           not null primary key,
  organization_id      uuid           not null,
  membership_id        uuid           not null,
  identity_id          uuid           not null references identities (id) on delete cascade on update restrict,
  refresh_hash         bytea          not null,
  previous_hash        bytea,
  previous_valid_until timestamptz(3),
  generation           integer        not null default 0,
  user_agent           text,
  created_at           timestamptz(3) not null default now(),
  last_used_at         timestamptz(3) not null default now(),
  expires_at           timestamptz(3) not null,
  revoked_at           timestamptz(3),
  foreign key (organization_id, membership_id) references memberships (organization_id, id) on delete cascade on update restrict
);
create index sessions_organization_id_membership_id_idx on sessions (organization_id, membership_id);
create index sessions_identity_id_idx on sessions (identity_id);
-- Tokens are nobody's to read but sign-in's: the tenant role has no grant here at all.
alter table sessions enable row level security;
alter table sessions force row level security;
create policy system_access on sessions to manydesk_system using (true) with check (true);
grant select, insert, update, delete on sessions to manydesk_system;
