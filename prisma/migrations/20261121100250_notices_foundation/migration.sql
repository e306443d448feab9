-- Mails to people about their account, on their way. Never holds a token: links are made when the mail is.
create table account_mails (
  id              uuid           not null primary key,
  kind            text           not null,
  to_address      text           not null check (char_length(to_address) <= 254),
  locale          text           not null default 'en',
  data            jsonb          not null default '{}',
  organization_id uuid,
  status          text           not null default 'queued' check (status in ('queued', 'sent', 'dropped', 'failed')),
  attempts        integer        not null default 0,
  next_attempt_at timestamptz(3) not null default now(),
  last_error      text,
  created_at      timestamptz(3) not null default now(),
  settled_at      timestamptz(3)
);
create index account_mails_queued_idx on account_mails (next_attempt_at) where status = 'queued';
create index account_mails_to_address_kind_created_at_idx on account_mails (to_address, kind, created_at);
create index account_mails_created_at_id_idx on account_mails (created_at desc, id desc);
alter table account_mails enable row level security;
alter table account_mails force row level security;
create policy system_access on account_mails to manydesk_system using (true) with check (true);
grant select, insert, update, delete on account_mails to manydesk_system;
create function account_mails_queued() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_notify('account_mails', '');
  return null;
end
$$;
revoke all on function account_mails_queued() from public;
create trigger account_mails_queued after insert on account_mails
  for each statement execute function account_mails_queued();
