-- What a person is told of, in the desk and by mail, is theirs to choose; what happens again before they have looked
-- is counted and not told anew.
create table notification_preferences (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  user_id         uuid           not null,
  -- By reason: {"inApp": boolean, "mail": "at_once" | "digest" | "off"}. A reason that is not in it is as the product has it.
  choices         jsonb          not null default '{}' check (jsonb_typeof(choices) = 'object'),
  digest_every    text           not null default 'daily' check (digest_every in ('hourly', 'daily')),
  digest_hour     smallint       not null default 8 check (digest_hour between 0 and 23),
  -- Null: as the organization has it.
  time_zone       text           check (char_length(time_zone) <= 64),
  locale          text           check (char_length(locale) <= 35),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, user_id),
  foreign key (organization_id, user_id) references memberships (organization_id, id) on delete restrict on update restrict
);
call protect_tenant_table('notification_preferences');
grant select, insert, update on notification_preferences to manydesk_app;

-- Which events a person was told of: a job that runs again tells nobody twice, and a flood is seen by its count.
create table notification_occurrences (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  user_id         uuid           not null,
  event_id        uuid           not null,
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, user_id, event_id),
  foreign key (organization_id, user_id) references memberships (organization_id, id) on delete restrict on update restrict
);
create index notification_occurrences_organization_id_user_id_created_at_idx on notification_occurrences (organization_id, user_id, created_at);
create index notification_occurrences_created_at_idx on notification_occurrences (created_at);
call protect_tenant_table('notification_occurrences');
-- Written with the notification, in the one statement that tells; forgotten by the worker's sweep, which is in no organization.
create policy system_access on notification_occurrences to manydesk_system using (true) with check (true);
grant select, insert, delete on notification_occurrences to manydesk_system;

alter table notifications
  drop constraint notifications_kind_check,
  add constraint notifications_kind_check check (kind in ('mentioned', 'assigned', 'customer_replied', 'ticket_created', 'suppressed')),
  -- What was held back in a flood is of no ticket in particular.
  alter column ticket_id drop not null,
  add constraint notifications_ticket_id_check check ((kind = 'suppressed') = (ticket_id is null)),
  -- How often it happened before it was read.
  add column occurrences integer not null default 1 check (occurrences > 0),
  add column latest_at timestamptz(3) not null default now(),
  -- Whether the desk shows it; what is mailed alone waits here too.
  add column in_app boolean not null default true,
  add column mail text check (mail in ('at_once', 'digest')),
  -- When a mail is to tell of it; null when none is to.
  add column mail_due_at timestamptz(3),
  -- The last mail that told of it.
  add column mail_id uuid,
  add column mailed_at timestamptz(3),
  add constraint notifications_mail_due_at_check check (mail_due_at is null or mail is not null);
alter table notifications no force row level security;
update notifications set latest_at = created_at;
-- Of several about one ticket that were not read, the newest stays unread.
update notifications n set read_at = n.created_at
  where n.read_at is null and exists (
    select from notifications later where later.organization_id = n.organization_id and later.user_id = n.user_id
      and later.ticket_id = n.ticket_id and later.kind = n.kind and later.read_at is null
      and (later.created_at, later.id) > (n.created_at, n.id));
alter table notifications force row level security;
drop index notifications_organization_id_user_id_event_id_key;
drop index notifications_organization_id_user_id_created_at_id_idx;
create index notifications_organization_id_user_id_latest_at_id_idx on notifications (organization_id, user_id, latest_at desc, id desc);
drop index notifications_unread_idx;
-- What happens again before it is read is the same notification; also how the unread ones are counted.
create unique index notifications_unread_key on notifications (organization_id, user_id, ticket_id, kind) nulls not distinct where read_at is null;
create index notifications_mail_due_idx on notifications (mail_due_at) where mail_due_at is not null;
create index notifications_mail_id_idx on notifications (organization_id, mail_id) where mail_id is not null;
-- Whoever changes the hour of their digest moves what waits for it.
grant update (mail_due_at) on notifications to manydesk_app;
-- The sweep finds what is due in every organization, and notes with the mail that it was told.
revoke select (organization_id, id, user_id, event_id) on notifications from manydesk_system;
grant select, update (read_at, mail, mail_due_at, mail_id, mailed_at, occurrences, latest_at, event_id, message_id, actor_name, in_app) on notifications to manydesk_system;

create function notification_mail_due() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_notify('notification_mails', '');
  return null;
end
$$;
revoke all on function notification_mail_due() from public;
-- What is due later waits for the sweep's own time.
create trigger notification_mail_due after insert or update of mail_due_at on notifications
  for each row when (new.mail_due_at is not null and new.mail_due_at <= clock_timestamp())
  execute function notification_mail_due();
