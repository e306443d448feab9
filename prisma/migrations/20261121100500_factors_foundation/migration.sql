-- A person's further proofs. They are the person's, in whichever organization, and no tenant's to read.
create table totp_factors (
  identity_id  uuid           not null primary key references identities (id) on delete cascade on update restrict,
  sealed       bytea          not null,
  created_at   timestamptz(3) not null default now(),
  -- Null until a first code was shown right.
  confirmed_at timestamptz(3),
  -- The time step of the last code that was taken: no code works twice (RFC 6238, 5.2).
  last_step    bigint         not null default 0
);
alter table totp_factors enable row level security;
alter table totp_factors force row level security;
create policy system_access on totp_factors to manydesk_system using (true) with check (true);
grant select, insert, update, delete on totp_factors to manydesk_system;

create table recovery_codes (
  identity_id uuid           not null references identities (id) on delete cascade on update restrict,
  code_hash   bytea          not null,
  created_at  timestamptz(3) not null default now(),
  used_at     timestamptz(3),
  primary key (identity_id, code_hash)
);
alter table recovery_codes enable row level security;
alter table recovery_codes force row level security;
create policy system_access on recovery_codes to manydesk_system using (true) with check (true);
grant select, insert, update, delete on recovery_codes to manydesk_system;

create table passkeys (
  id            uuid           not null primary key,
  identity_id   uuid           not null references identities (id) on delete cascade on update restrict,
  credential_id text           not null,
  public_key    bytea          not null,
  counter       bigint         not null default 0,
  transports    text[]         not null default '{}',
  backed_up     boolean        not null default false,
  name          text           not null check (char_length(name) between 1 and 100),
  created_at    timestamptz(3) not null default now(),
  last_used_at  timestamptz(3)
);
create unique index passkeys_credential_id_key on passkeys (credential_id);
create index passkeys_identity_id_idx on passkeys (identity_id);
alter table passkeys enable row level security;
alter table passkeys force row level security;
create policy system_access on passkeys to manydesk_system using (true) with check (true);
grant select, insert, update, delete on passkeys to manydesk_system;

-- A question that a passkey answers, good once and for minutes.
create table passkey_challenges (
  id          uuid           not null primary key,
  challenge   text           not null,
  purpose     text           not null check (purpose in ('registration', 'sign_in', 'second_factor')),
  identity_id uuid           references identities (id) on delete cascade on update restrict,
  expires_at  timestamptz(3) not null
);
create index passkey_challenges_expires_at_idx on passkey_challenges (expires_at);
create index passkey_challenges_identity_id_idx on passkey_challenges (identity_id);
alter table passkey_challenges enable row level security;
alter table passkey_challenges force row level security;
create policy system_access on passkey_challenges to manydesk_system using (true) with check (true);
grant select, insert, update, delete on passkey_challenges to manydesk_system;

-- Devices that need not show the second factor again for a while.
create table remembered_devices (
  id           uuid           not null primary key,
  identity_id  uuid           not null references identities (id) on delete cascade on update restrict,
  token_hash   bytea          not null,
  -- In words, as "Firefox on Linux".
  device       text           not null check (char_length(device) <= 100),
  created_at   timestamptz(3) not null default now(),
  last_used_at timestamptz(3) not null default now(),
  expires_at   timestamptz(3) not null
);
create index remembered_devices_identity_id_idx on remembered_devices (identity_id);
alter table remembered_devices enable row level security;
alter table remembered_devices force row level security;
create policy system_access on remembered_devices to manydesk_system using (true) with check (true);
grant select, insert, update, delete on remembered_devices to manydesk_system;

-- How often somebody's codes were guessed since a time: one row a person and place, so that guesses on every process are
-- counted one after another. Guesses in a session are counted apart: whoever got hold of one must not lock its person out.
create table factor_guesses (
  identity_id uuid           not null references identities (id) on delete cascade on update restrict,
  place       text           not null check (place in ('sign_in', 'session')),
  guesses     integer        not null,
  since       timestamptz(3) not null,
  primary key (identity_id, place)
);
alter table factor_guesses enable row level security;
alter table factor_guesses force row level security;
create policy system_access on factor_guesses to manydesk_system using (true) with check (true);
grant select, insert, update, delete on factor_guesses to manydesk_system;
