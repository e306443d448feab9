create table ledger_heads (
  organization_id uuid   not null primary key default nullif(current_setting('app.organization_id', true), '')::uuid
                         references organizations (id) on delete restrict on update restrict,
  seq             bigint not null default 0,
  hash            bytea  not null
);
call protect_tenant_table('ledger_heads');
grant select, update on ledger_heads to manydesk_app;
grant select, insert, update on ledger_heads to manydesk_system;

create table ledger_events (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  seq             bigint         not null,
  id              uuid           not null,
  type            text           not null,
  occurred_at     timestamptz(3) not null,
  actor_type      text           not null check (actor_type in ('user', 'api_key', 'requester', 'system')),
  actor_id        uuid,
  on_behalf_of    uuid,
  subject_type    text           not null,
  subject_id      uuid           not null,
  data            jsonb,
  changes         jsonb,
  request_id      text,
  causation_id    uuid,
  operation_id    uuid,
  depth           integer        not null default 0,
  data_hash       bytea          not null,
  prev_hash       bytea          not null,
  hash            bytea          not null,
  primary key (organization_id, seq)
);
create unique index ledger_events_organization_id_id_key on ledger_events (organization_id, id);
call protect_tenant_table('ledger_events');
-- Insert-only: nobody but the owner of the tables can change or remove a fact.
grant select, insert on ledger_events to manydesk_app, manydesk_system;

create table outbox (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  seq             bigint         not null,
  type            text           not null,
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, seq),
  foreign key (organization_id, seq) references ledger_events (organization_id, seq) on delete restrict on update restrict
);
call protect_tenant_table('outbox');
-- The relay takes rows of every organization in turn.
create policy system_access on outbox to manydesk_system using (true) with check (true);
grant insert on outbox to manydesk_app;
-- `update` because that is what `select … for update skip locked` asks for.
grant select, insert, update, delete on outbox to manydesk_system;

create table job_receipts (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  consumer        text           not null,
  seq             bigint         not null,
  done_at         timestamptz(3) not null default now(),
  primary key (organization_id, consumer, seq)
);
call protect_tenant_table('job_receipts');
grant select, insert on job_receipts to manydesk_app;

-- Appends events to the current organization's log and returns the last sequence number.
--
-- `events` is an array of {id, type, occurredAt (ISO 8601 UTC, milliseconds), actorType, actorId, onBehalfOf,
-- subjectType, subjectId, payload, requestId, causationId, operationId, depth}. `payload` is the text of
-- {"changes":…,"data":…} in canonical form (RFC 8785), hashed as it stands, so that anyone can recompute it.
--
-- A service calls it last in its transaction: the row lock on the head lasts from here to the commit, so it can
-- neither deadlock with domain rows nor leave a gap.
--   data_hash = sha256(payload)
--   hash      = sha256(prev_hash || data_hash || the header's fields joined by '|')
create function ledger_append(events jsonb) returns bigint
  language plpgsql volatile set search_path = pg_catalog, public
as $$
declare
  organization uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  head         record;
  event        jsonb;
  payload      jsonb;
  occurred     timestamptz(3);
  digest       bytea;
  chained      bytea;
begin
  select h.seq, h.hash into head from ledger_heads h where h.organization_id = organization for update;
  if not found then
    raise exception 'no ledger for the current organization' using errcode = '42501';
  end if;

  for event in select value from jsonb_array_elements(events) loop
    head.seq := head.seq + 1;
    occurred := (event ->> 'occurredAt')::timestamptz;
    payload  := (event ->> 'payload')::jsonb;
    digest   := sha256(convert_to(event ->> 'payload', 'UTF8'));
    chained  := sha256(head.hash || digest || convert_to(concat(
      organization, '|', head.seq, '|', event ->> 'id', '|', event ->> 'type', '|', event ->> 'occurredAt', '|',
      event ->> 'actorType', '|', event ->> 'actorId', '|', event ->> 'onBehalfOf', '|',
      event ->> 'subjectType', '|', event ->> 'subjectId', '|', event ->> 'requestId', '|',
      event ->> 'causationId', '|', event ->> 'operationId', '|', coalesce(event ->> 'depth', '0')), 'UTF8'));

    insert into ledger_events (organization_id, seq, id, type, occurred_at, actor_type, actor_id, on_behalf_of,
      subject_type, subject_id, data, changes, request_id, causation_id, operation_id, depth, data_hash, prev_hash, hash)
    values (organization, head.seq, (event ->> 'id')::uuid, event ->> 'type', occurred,
      event ->> 'actorType', (event ->> 'actorId')::uuid, (event ->> 'onBehalfOf')::uuid,
      event ->> 'subjectType', (event ->> 'subjectId')::uuid, payload -> 'data', nullif(payload -> 'changes', 'null'::jsonb),
      event ->> 'requestId', (event ->> 'causationId')::uuid, (event ->> 'operationId')::uuid,
      coalesce((event ->> 'depth')::integer, 0), digest, head.hash, chained);
    insert into outbox (organization_id, seq, type) values (organization, head.seq, event ->> 'type');

    head.hash := chained;
  end loop;

  update ledger_heads h set seq = head.seq, hash = head.hash where h.organization_id = organization;
  perform pg_notify('ledger', organization || '|' || head.seq);
  return head.seq;
end
$$;
revoke all on function ledger_append(jsonb) from public;
grant execute on function ledger_append(jsonb) to manydesk_app, manydesk_system;
