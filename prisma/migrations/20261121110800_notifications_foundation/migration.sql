-- What a person is told of: they were mentioned, a ticket became theirs.
create table notifications (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  user_id         uuid           not null,
  kind            text           not null check (kind in ('mentioned', 'assigned')),
  ticket_id       uuid           not null,
  message_id      uuid,
  -- Null when no person did it.
  actor_name      text,
  event_id        uuid           not null,
  read_at         timestamptz(3),
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references memberships (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, message_id) references messages (organization_id, id) on delete restrict on update restrict
);
-- One event tells a person once, however often its job runs.
create unique index notifications_organization_id_user_id_event_id_key on notifications (organization_id, user_id, event_id);
create index notifications_organization_id_user_id_created_at_id_idx on notifications (organization_id, user_id, created_at desc, id desc);
create index notifications_unread_idx on notifications (organization_id, user_id) where read_at is null;
create index notifications_organization_id_ticket_id_idx on notifications (organization_id, ticket_id);
call protect_tenant_table('notifications');
grant select, insert, update (read_at) on notifications to manydesk_app;
-- A notification and the mail that tells of it are one transaction, or a crash in between would lose the mail: mails to
-- people are rows of the deployment, which the tenant role may not write.
create policy system_access on notifications to manydesk_system using (true) with check (true);
grant select (organization_id, id, user_id, event_id), insert on notifications to manydesk_system;
