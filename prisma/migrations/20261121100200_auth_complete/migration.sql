alter table sessions
  add column method        text    not null default 'password' check (method in ('password', 'passkey', 'sso', 'link')),
  add column second_factor boolean not null default false,
  -- However it is used, a session ends here: the organization's longest session.
  add column ends_at       timestamptz(3);
-- The person may look at their sessions of every organization, and ends them from any.
create index sessions_identity_id_last_used_at_id_idx on sessions (identity_id, last_used_at desc, id desc);

-- Links that are mailed to prove an address, good once. The token is an HMAC of the row's id, so it is kept nowhere.
create table account_links (
  id          uuid           not null primary key,
  purpose     text           not null check (purpose in ('registration', 'password_reset', 'email_change')),
  email       text           not null check (char_length(email) <= 254),
  identity_id uuid           references identities (id) on delete cascade on update restrict,
  data        jsonb          not null default '{}',
  created_at  timestamptz(3) not null default now(),
  expires_at  timestamptz(3) not null,
  used_at     timestamptz(3)
);
create index account_links_identity_id_idx on account_links (identity_id);
create index account_links_expires_at_idx on account_links (expires_at);
-- How many mails an address was sent of late.
create index account_links_email_purpose_created_at_idx on account_links (email, purpose, created_at);
alter table account_links enable row level security;
alter table account_links force row level security;
create policy system_access on account_links to manydesk_system using (true) with check (true);
grant select, insert, update, delete on account_links to manydesk_system;

-- Failed sign-ins: what throttling counts, and what is still to be told to the ledger of the person's organization.
-- Written alike for addresses that have an account and those that have none, so that neither takes longer.
create table sign_in_attempts (
  id              uuid           not null primary key,
  at              timestamptz(3) not null default now(),
  account_hash    bytea          not null,
  address         text           not null,
  known_device    boolean        not null default false,
  reason          text           not null,
  user_agent      text,
  organization_id uuid,
  membership_id   uuid,
  recorded_at     timestamptz(3)
);
create index sign_in_attempts_account_hash_at_idx on sign_in_attempts (account_hash, at);
create index sign_in_attempts_address_at_idx on sign_in_attempts (address, at);
create index sign_in_attempts_at_idx on sign_in_attempts (at);
alter table sign_in_attempts enable row level security;
alter table sign_in_attempts force row level security;
create policy system_access on sign_in_attempts to manydesk_system using (true) with check (true);
grant select, insert, update, delete on sign_in_attempts to manydesk_system;

-- The keys that access tokens are signed with, sealed under MANYDESK_SECRET; their ids are the `kid` of tokens.
create table signing_keys (
  id          uuid           not null primary key,
  sealed      bytea          not null,
  created_at  timestamptz(3) not null default now(),
  -- Signs from here on: later than `created_at`, so that every process knows it by then.
  active_from timestamptz(3) not null,
  -- Checks until here: later than the life of the last token it signed.
  good_until  timestamptz(3)
);
alter table signing_keys enable row level security;
alter table signing_keys force row level security;
create policy system_access on signing_keys to manydesk_system using (true) with check (true);
grant select, insert, update, delete on signing_keys to manydesk_system;
create function signing_keys_changed() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_notify('signing_keys', '');
  return null;
end
$$;
revoke all on function signing_keys_changed() from public;
create trigger signing_keys_changed after insert or update or delete on signing_keys
  for each statement execute function signing_keys_changed();
