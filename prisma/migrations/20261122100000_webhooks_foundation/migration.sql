-- Where an organization wants its events sent. Each endpoint has a place of its own in the log, as a reader of the feed
-- has: what is past it is made into deliveries by one statement that moves the place too.
create table webhook_endpoints (
  organization_id    uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                    references organizations (id) on delete restrict on update restrict,
  id                 uuid           not null,
  url                text           not null check (char_length(url) between 1 and 2000),
  description        text           not null default '' check (char_length(description) <= 200),
  -- Which events; all of them when there is none.
  types              text[]         not null default '{}' check (cardinality(types) <= 100),
  payload            text           not null default 'full' check (payload in ('full', 'thin')),
  ordering           text           not null default 'none' check (ordering in ('none', 'subject')),
  max_concurrency    integer        not null default 5 check (max_concurrency between 1 and 20),
  rate_per_second    integer        not null default 20 check (rate_per_second between 1 and 100),
  is_enabled         boolean        not null default true,
  disabled_at        timestamptz(3),
  disabled_because   text           check (disabled_because in ('by_hand', 'gone', 'failing')),
  -- What of the events it may see: rights of whoever made it or changed it last.
  reads              text[]         not null default '{}',
  created_by_user_id uuid,
  created_by_key_id  uuid,
  -- The last event that was looked at for it.
  cursor_seq         bigint         not null,
  -- The number of its newest delivery, and how many are not settled.
  last_position      bigint         not null default 0,
  waiting            integer        not null default 0,
  -- When something is to be sent; null when nothing is.
  due_at             timestamptz(3),
  -- What may be sent at once, and when that was counted.
  rate_tokens        double precision not null default 0,
  rate_at            timestamptz(3),
  failing_since      timestamptz(3),
  last_delivered_at  timestamptz(3),
  -- When its owners were mailed that it was switched off.
  told_at            timestamptz(3),
  version            integer        not null default 1,
  created_at         timestamptz(3) not null default now(),
  updated_at         timestamptz(3) not null default now(),
  -- From then on it is gone for every reader; its rows are swept up.
  removed_at         timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, created_by_user_id) references memberships (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, created_by_key_id) references api_keys (organization_id, id) on delete restrict on update restrict
);
create index webhook_endpoints_organization_id_created_at_id_idx on webhook_endpoints (organization_id, created_at desc, id desc);
create index webhook_endpoints_due_idx on webhook_endpoints (due_at) where is_enabled and removed_at is null and due_at is not null;
call protect_tenant_table('webhook_endpoints');
grant select, insert, update, delete on webhook_endpoints to manydesk_app;
-- The worker finds whose turn it is, in every organization; the work itself is done within each.
create policy system_access on webhook_endpoints to manydesk_system using (true) with check (true);
grant select (organization_id, id, is_enabled, due_at, removed_at, disabled_because, created_by_user_id, told_at), update (told_at)
  on webhook_endpoints to manydesk_system;

-- What deliveries are signed with: one, or two while it is rotated.
create table webhook_secrets (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  endpoint_id     uuid           not null,
  sealed          bytea          not null,
  created_at      timestamptz(3) not null default now(),
  expires_at      timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, endpoint_id) references webhook_endpoints (organization_id, id) on delete restrict on update restrict
);
create index webhook_secrets_organization_id_endpoint_id_idx on webhook_secrets (organization_id, endpoint_id);
call protect_tenant_table('webhook_secrets');
-- A secret goes in and never out: the tenant role cannot read it, not even sealed.
grant select (organization_id, id, endpoint_id, created_at, expires_at), insert, update (expires_at), delete on webhook_secrets to manydesk_app;
create policy system_access on webhook_secrets to manydesk_system using (true) with check (true);
grant select on webhook_secrets to manydesk_system;

-- Events that are sent once more, all between two places of the log: made into deliveries bit by bit.
create table webhook_replays (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  endpoint_id     uuid           not null,
  from_seq        bigint         not null,
  to_seq          bigint         not null,
  at_seq          bigint         not null,
  made            integer        not null default 0,
  status          text           not null default 'running' check (status in ('running', 'done', 'stopped')),
  created_at      timestamptz(3) not null default now(),
  finished_at     timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, endpoint_id) references webhook_endpoints (organization_id, id) on delete restrict on update restrict
);
create index webhook_replays_organization_id_endpoint_id_created_at_id_idx on webhook_replays (organization_id, endpoint_id, created_at desc, id desc);
-- One at a time an endpoint.
create unique index webhook_replays_running_key on webhook_replays (organization_id, endpoint_id) where status = 'running';
call protect_tenant_table('webhook_replays');
grant select, insert, update (at_seq, made, status, finished_at), delete on webhook_replays to manydesk_app;

-- One event on its way to one endpoint.
create table webhook_deliveries (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  endpoint_id     uuid           not null,
  -- Its number among those of the endpoint: the order in which they were made.
  position        bigint         not null,
  event_id        uuid           not null,
  -- Null for a ping, which is no event of the log.
  seq             bigint,
  type            text           not null,
  subject_id      uuid,
  payload         text           not null check (payload in ('full', 'thin')),
  replay_id       uuid,
  replay_of       uuid,
  status          text           not null default 'waiting' check (status in ('waiting', 'delivered', 'failed')),
  attempts        integer        not null default 0,
  -- When it is to be sent, or when whoever sends it has lost it; null while it waits behind another of its subject.
  due_at          timestamptz(3),
  lease_id        uuid,
  created_at      timestamptz(3) not null default now(),
  settled_at      timestamptz(3),
  primary key (organization_id, id),
  check ((status = 'waiting') = (settled_at is null)),
  foreign key (organization_id, endpoint_id) references webhook_endpoints (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, replay_id) references webhook_replays (organization_id, id) on delete restrict on update restrict
);
create unique index webhook_deliveries_organization_id_endpoint_id_position_key on webhook_deliveries (organization_id, endpoint_id, position);
-- An event goes out once to an endpoint, and once more a replay.
create unique index webhook_deliveries_event_key on webhook_deliveries (organization_id, endpoint_id, seq) where replay_id is null and replay_of is null;
create unique index webhook_deliveries_replay_key on webhook_deliveries (organization_id, replay_id, seq) where replay_id is not null;
create index webhook_deliveries_due_idx on webhook_deliveries (organization_id, endpoint_id, due_at, position) where settled_at is null and due_at is not null;
create index webhook_deliveries_subject_idx on webhook_deliveries (organization_id, endpoint_id, subject_id, position) where settled_at is null;
create index webhook_deliveries_organization_id_endpoint_id_status_posit_idx on webhook_deliveries (organization_id, endpoint_id, status, position);
create index webhook_deliveries_settled_idx on webhook_deliveries (organization_id, settled_at) where settled_at is not null;
call protect_tenant_table('webhook_deliveries');
grant select, insert, update (status, attempts, due_at, lease_id, settled_at), delete on webhook_deliveries to manydesk_app;

-- One try: what was asked, what was answered. The body that was sent is the event, which the log has.
create table webhook_attempts (
  organization_id  uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                  references organizations (id) on delete restrict on update restrict,
  id               uuid           not null,
  delivery_id      uuid           not null,
  number           integer        not null,
  started_at       timestamptz(3) not null,
  duration         integer        not null,
  url              text           not null,
  request_headers  jsonb          not null,
  status           integer,
  response_headers jsonb,
  response_body    text,
  problem          text,
  primary key (organization_id, id),
  foreign key (organization_id, delivery_id) references webhook_deliveries (organization_id, id) on delete restrict on update restrict
);
create index webhook_attempts_organization_id_delivery_id_number_idx on webhook_attempts (organization_id, delivery_id, number);
call protect_tenant_table('webhook_attempts');
grant select, insert, delete on webhook_attempts to manydesk_app;
