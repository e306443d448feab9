-- The answers to writes that came with an Idempotency-Key, each written in the transaction of its effect. A key is the
-- caller's own: two credentials of one organization never see each other's answers.
create table idempotency_keys (
  organization_id uuid        not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  actor_type      text        not null check (actor_type in ('user', 'api_key')),
  actor_id        uuid        not null,
  key             text        not null check (char_length(key) between 1 and 255),
  -- SHA-256 of method, path and body: the same key for something else is a mistake that is told.
  fingerprint     bytea       not null check (octet_length(fingerprint) = 32),
  status          smallint    not null check (status between 200 and 299),
  -- The answer, sealed: it may hold a secret that is shown once.
  answer          bytea       not null,
  created_at      timestamptz(3) not null,
  primary key (organization_id, actor_type, actor_id, key)
);
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);
call protect_tenant_table('idempotency_keys');
grant select, insert on idempotency_keys to manydesk_app;
-- Those that are past their time are removed for all organizations at once.
create policy system_access on idempotency_keys to manydesk_system using (true) with check (true);
grant select (organization_id, actor_type, actor_id, key, created_at), delete on idempotency_keys to manydesk_system;
