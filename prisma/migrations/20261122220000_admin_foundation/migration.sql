-- The people of whoever runs the deployment. They are nobody's members: tables of their own, a database role of their
-- own, and no row of theirs that the tenant role or the role of sign-ins can reach.
do $$
begin
  if not exists (select from pg_roles where rolname = 'manydesk_admin') then
    raise exception 'the role manydesk_admin is missing: run the migrations with `npm run db:migrate`, which provisions it, or create it first (docs/operations.md)';
  end if;
end
$$;
grant usage on schema public to manydesk_admin;

create table staff_members (
  id            uuid           not null primary key,
  email         text           not null check (char_length(email) <= 254),
  name          text           not null check (char_length(name) between 1 and 100),
  role          text           not null check (role in ('support', 'billing', 'operator')),
  password_hash text           not null,
  -- The authenticator app, sealed for its person. It is no factor before it is confirmed.
  totp_sealed       bytea,
  totp_confirmed_at timestamptz(3),
  totp_last_step    bigint         not null default 0,
  created_at    timestamptz(3) not null default now(),
  ended_at      timestamptz(3)
);
create unique index staff_members_email_key on staff_members (email);
alter table staff_members enable row level security;
alter table staff_members force row level security;
create policy admin_access on staff_members to manydesk_admin using (true) with check (true);
grant select, insert, update (name, role, password_hash, totp_sealed, totp_confirmed_at, totp_last_step, ended_at)
  on staff_members to manydesk_admin;

create table staff_sessions (
  id           uuid           not null primary key,
  staff_id     uuid           not null references staff_members (id) on delete restrict on update restrict,
  token_hash   bytea          not null,
  created_at   timestamptz(3) not null default now(),
  last_used_at timestamptz(3) not null,
  ends_at      timestamptz(3) not null,
  revoked_at   timestamptz(3)
);
create index staff_sessions_staff_id_idx on staff_sessions (staff_id);
alter table staff_sessions enable row level security;
alter table staff_sessions force row level security;
create policy admin_access on staff_sessions to manydesk_admin using (true) with check (true);
grant select, insert, update (last_used_at, revoked_at), delete on staff_sessions to manydesk_admin;

-- What staff did. Added to and never changed: nobody but the owner of the tables can alter or remove a line.
create table staff_acts (
  id              uuid           not null primary key,
  at              timestamptz(3) not null,
  -- Null for the command line, whose user is the machine's.
  staff_id        uuid           references staff_members (id) on delete restrict on update restrict,
  type            text           not null check (char_length(type) <= 100),
  -- No reference: the line outlives the organization.
  organization_id uuid,
  data            jsonb          not null default '{}',
  request_id      text,
  address         text
);
create index staff_acts_at_id_idx on staff_acts (at desc, id desc);
create index staff_acts_organization_id_at_id_idx on staff_acts (organization_id, at desc, id desc);
alter table staff_acts enable row level security;
alter table staff_acts force row level security;
create policy admin_access on staff_acts to manydesk_admin using (true) with check (true);
grant select, insert on staff_acts to manydesk_admin;
