create table requesters (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  email           text           not null check (char_length(email) <= 254),
  name            text           not null check (char_length(name) <= 200),
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
create unique index requesters_organization_id_email_key on requesters (organization_id, email);
-- What tickets repeat of their requester, as the target of their foreign key (below).
create unique index requesters_repeated_key on requesters (organization_id, id, email, name);
call protect_tenant_table('requesters');
grant select, insert, update on requesters to manydesk_app;

create table ticket_counters (
  organization_id uuid    not null primary key default nullif(current_setting('app.organization_id', true), '')::uuid
                          references organizations (id) on delete restrict on update restrict,
  last_number     integer not null default 0
);
call protect_tenant_table('ticket_counters');
grant select, insert, update on ticket_counters to manydesk_app;

-- What tickets repeat of their assignee.
create unique index memberships_repeated_key on memberships (organization_id, id, name);

-- A ticket repeats the name and address of its requester and the name of its assignee, so that a list reads one
-- table: 25 rows are 25 rows and not 75. The foreign keys carry what is repeated and cascade, so the database itself
-- keeps it equal.
--
-- No native enums: under row level security a non-leakproof operator cannot be an index condition, and enum
-- equality is one. text with a check is served by the index.
create table tickets (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  number          integer        not null,
  subject         text           not null check (char_length(subject) between 1 and 500),
  status          text           not null default 'open' check (status in ('open', 'pending', 'on_hold', 'solved', 'closed')),
  priority        text           not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  channel         text           not null check (channel in ('api', 'web', 'email')),
  requester_id    uuid           not null,
  requester_email text           not null,
  requester_name  text           not null,
  assignee_id     uuid,
  assignee_name   text,
  tags            text[]         not null default '{}',
  message_count   integer        not null default 0,
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  last_message_at timestamptz(3) not null default now(),
  closed_at       timestamptz(3),
  primary key (organization_id, id),
  check ((status = 'closed') = (closed_at is not null)),
  check ((assignee_id is null) = (assignee_name is null)),
  foreign key (organization_id, requester_id, requester_email, requester_name)
    references requesters (organization_id, id, email, name) on delete restrict on update cascade,
  foreign key (organization_id, assignee_id, assignee_name)
    references memberships (organization_id, id, name) on delete restrict on update cascade
);
create unique index tickets_organization_id_number_key on tickets (organization_id, number);
create index tickets_organization_id_updated_at_id_idx on tickets (organization_id, updated_at desc, id desc);
create index tickets_organization_id_created_at_id_idx on tickets (organization_id, created_at desc, id desc);
create index tickets_organization_id_status_updated_at_id_idx on tickets (organization_id, status, updated_at desc, id desc);
create index tickets_organization_id_status_created_at_id_idx on tickets (organization_id, status, created_at desc, id desc);
create index tickets_organization_id_priority_updated_at_id_idx on tickets (organization_id, priority, updated_at desc, id desc);
create index tickets_organization_id_assignee_id_updated_at_id_idx on tickets (organization_id, assignee_id, updated_at desc, id desc);
create index tickets_organization_id_requester_id_updated_at_id_idx on tickets (organization_id, requester_id, updated_at desc, id desc);
create index tickets_subject_words_idx on tickets using gin (organization_id, to_tsvector('simple', subject));
call protect_tenant_table('tickets');
grant select, insert, update on tickets to manydesk_app;

-- Tags as rows: `tags @> …` is not leakproof, so no index could serve it under row level security.
create table ticket_tags (
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  tag             text not null,
  ticket_id       uuid not null,
  primary key (organization_id, tag, ticket_id),
  foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade on update restrict
);
create index ticket_tags_organization_id_ticket_id_idx on ticket_tags (organization_id, ticket_id);
call protect_tenant_table('ticket_tags');
grant select, insert, delete on ticket_tags to manydesk_app;

create function ticket_tags_follow() returns trigger
  language plpgsql set search_path = pg_catalog, public
as $$
begin
  delete from ticket_tags t where t.organization_id = new.organization_id and t.ticket_id = new.id and t.tag <> all (new.tags);
  insert into ticket_tags (organization_id, tag, ticket_id)
    select new.organization_id, tag, new.id from unnest(new.tags) as tag on conflict do nothing;
  return null;
end
$$;
revoke all on function ticket_tags_follow() from public;
create trigger ticket_tags_on_insert after insert on tickets
  for each row when (new.tags <> '{}') execute function ticket_tags_follow();
create trigger ticket_tags_on_update after update of tags on tickets
  for each row when (new.tags is distinct from old.tags) execute function ticket_tags_follow();

create table messages (
  organization_id     uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                     references organizations (id) on delete restrict on update restrict,
  id                  uuid           not null,
  ticket_id           uuid           not null,
  kind                text           not null check (kind in ('inbound', 'reply', 'note')),
  channel             text           not null check (channel in ('api', 'web', 'email')),
  author_user_id      uuid,
  author_requester_id uuid,
  author_api_key_id   uuid,
  author_name         text           not null,
  body                text           not null,
  mail_message_id     text,
  delivery_status     text           check (delivery_status in ('queued', 'sent', 'failed')),
  delivered_at        timestamptz(3),
  created_at          timestamptz(3) not null default now(),
  primary key (organization_id, id),
  check (num_nonnulls(author_user_id, author_requester_id, author_api_key_id) = 1),
  foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, author_user_id) references memberships (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, author_requester_id) references requesters (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, author_api_key_id) references api_keys (organization_id, id) on delete restrict on update restrict
);
create index messages_organization_id_ticket_id_created_at_id_idx on messages (organization_id, ticket_id, created_at, id);
create index messages_organization_id_mail_message_id_idx on messages (organization_id, mail_message_id);
call protect_tenant_table('messages');
-- What was said is never changed; only what became of its delivery.
grant select, insert, update (delivery_status, delivered_at) on messages to manydesk_app;

-- Words in a subject. `@@` is not leakproof either, so the search runs as a role that the policy lets pass and
-- names the organization itself; it sees three columns and gives back ids of the current organization only, the
-- newest 10,000 at most. Listed in the isolation proof.
create policy system_access on tickets to manydesk_system using (true) with check (true);
grant select (organization_id, id, subject, updated_at) on tickets to manydesk_system;
create function ticket_ids_by_subject(words text) returns setof uuid
  language sql stable security definer rows 100 set search_path = pg_catalog, public
as $$
  select t.id from tickets t
  where t.organization_id = nullif(current_setting('app.organization_id', true), '')::uuid
    and to_tsvector('simple'::regconfig, t.subject) @@ plainto_tsquery('simple'::regconfig, words)
  order by t.updated_at desc limit 10000
$$;
grant create on schema public to manydesk_system;
alter function ticket_ids_by_subject(text) owner to manydesk_system;
revoke create on schema public from manydesk_system;
revoke all on function ticket_ids_by_subject(text) from public;
grant execute on function ticket_ids_by_subject(text) to manydesk_app;
