-- What the staff tell the people of every organization.
create table announcements (
  id           uuid           not null primary key,
  staff_id     uuid           not null references staff_members (id) on delete restrict on update restrict,
  tone         text           not null check (tone in ('info', 'warning')),
  title        text           not null check (char_length(title) between 1 and 200),
  text         text           not null check (char_length(text) between 1 and 2000),
  title_ar     text           check (char_length(title_ar) between 1 and 200),
  text_ar      text           check (char_length(text_ar) between 1 and 2000),
  starts_at    timestamptz(3) not null,
  ends_at      timestamptz(3) check (ends_at > starts_at),
  created_at   timestamptz(3) not null,
  withdrawn_at timestamptz(3),
  check ((title_ar is null) = (text_ar is null))
);
create index announcements_created_at_id_idx on announcements (created_at desc, id desc);
create index announcements_staff_id_idx on announcements (staff_id);
alter table announcements enable row level security;
alter table announcements force row level security;
-- Read for whoever is signed in, and who announced it is the staff's own to know.
create policy system_access on announcements for select to manydesk_system using (withdrawn_at is null);
create policy admin_access on announcements to manydesk_admin using (true) with check (true);
grant select (id, tone, title, text, title_ar, text_ar, starts_at, ends_at, withdrawn_at) on announcements to manydesk_system;
grant select, insert, update (withdrawn_at) on announcements to manydesk_admin;
