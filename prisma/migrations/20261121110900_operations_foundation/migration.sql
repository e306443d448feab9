-- Things that are done to tickets as a whole and can be undone as a whole.
create table operations (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  kind            text           not null check (kind in ('merge', 'split', 'bulk', 'macro')),
  status          text           not null check (status in ('queued', 'running', 'done', 'failed', 'undoing', 'undone')),
  -- What was asked for.
  parameters      jsonb          not null,
  -- What came of it.
  result          jsonb          not null default '{}',
  total           integer        not null default 0,
  done            integer        not null default 0,
  failed          integer        not null default 0,
  actor_type      text           not null,
  actor_id        uuid,
  actor_name      text           not null,
  created_at      timestamptz(3) not null default now(),
  finished_at     timestamptz(3),
  undo_until      timestamptz(3),
  undone_at       timestamptz(3),
  primary key (organization_id, id)
);
create index operations_organization_id_created_at_id_idx on operations (organization_id, created_at desc, id desc);
call protect_tenant_table('operations');
grant select, insert, update on operations to manydesk_app;

-- What it did to each ticket: enough to undo it, and to see whether somebody changed the same since.
create table operation_items (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  operation_id    uuid           not null,
  position        integer        not null,
  ticket_id       uuid           not null,
  status          text           not null default 'pending' check (status in ('pending', 'done', 'unchanged', 'failed', 'undone')),
  problem         text,
  before          jsonb          not null default '{}',
  after           jsonb          not null default '{}',
  -- The version of the ticket that the operation left.
  version         integer,
  primary key (organization_id, operation_id, position),
  foreign key (organization_id, operation_id) references operations (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete restrict on update restrict
);
create unique index operation_items_organization_id_operation_id_ticket_id_key on operation_items (organization_id, operation_id, ticket_id);
create index operation_items_organization_id_ticket_id_idx on operation_items (organization_id, ticket_id);
call protect_tenant_table('operation_items');
grant select, insert, update on operation_items to manydesk_app;

-- Which messages an operation moved, from where to where. What several operations moved in turn has its moves numbered,
-- so that any of them can be taken back, also one in the middle.
create table operation_messages (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  operation_id    uuid           not null,
  message_id      uuid           not null,
  step            integer        not null check (step > 0),
  from_id         uuid           not null,
  to_id           uuid           not null,
  -- What the message said of its origin before.
  origin_before   uuid,
  primary key (organization_id, operation_id, message_id),
  foreign key (organization_id, operation_id) references operations (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, message_id) references messages (organization_id, id) on delete restrict on update restrict
);
create unique index operation_messages_organization_id_message_id_step_key on operation_messages (organization_id, message_id, step);
call protect_tenant_table('operation_messages');
-- A move that was taken back is a move no longer.
grant select, insert, delete on operation_messages to manydesk_app;
