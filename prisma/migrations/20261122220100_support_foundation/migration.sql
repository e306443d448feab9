-- What one of the staff asked an organization to look at, and what became of it.
create table support_accesses (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  staff_id        uuid           not null references staff_members (id) on delete restrict on update restrict,
  staff_name      text           not null,
  reason          text           not null check (char_length(reason) between 1 and 500),
  scopes          text[]         not null,
  hours           integer        not null check (hours between 1 and 72),
  created_at      timestamptz(3) not null default now(),
  granted_at      timestamptz(3),
  -- Who of the organization let them in; null when two operators did.
  granted_by      uuid,
  first_operator_id  uuid        references staff_members (id) on delete restrict on update restrict,
  second_operator_id uuid        references staff_members (id) on delete restrict on update restrict,
  expires_at      timestamptz(3),
  ended_at        timestamptz(3),
  ended_because   text           check (ended_because in ('refused', 'revoked', 'given_back')),
  primary key (organization_id, id),
  foreign key (organization_id, granted_by) references memberships (organization_id, id) on delete restrict on update restrict,
  check (first_operator_id <> second_operator_id),
  -- Nobody is let in but by the organization or by two operators.
  check (granted_at is null or granted_by is not null or second_operator_id is not null)
);
create index support_accesses_organization_id_created_at_id_idx on support_accesses (organization_id, created_at desc, id desc);
create index support_accesses_created_at_id_idx on support_accesses (created_at desc, id desc);
create index support_accesses_staff_id_idx on support_accesses (staff_id);
create index support_accesses_organization_id_granted_by_idx on support_accesses (organization_id, granted_by);
call protect_tenant_table('support_accesses');
create policy admin_access on support_accesses to manydesk_admin using (true) with check (true);
grant select, update (granted_at, granted_by, expires_at, ended_at, ended_because) on support_accesses to manydesk_app;
grant select, insert, update (granted_at, first_operator_id, second_operator_id, expires_at, ended_at, ended_because)
  on support_accesses to manydesk_admin;
-- Who looks is out at once on every process, as a revoked key is.
create trigger support_accesses_principal_changed
  after update of granted_at, expires_at, ended_at on support_accesses
  for each row execute function principal_changed('support_access');
create trigger staff_members_principal_changed
  after update of ended_at, role, totp_confirmed_at on staff_members
  for each row execute function principal_changed('staff');
create trigger staff_sessions_principal_changed
  after update of revoked_at on staff_sessions
  for each row execute function principal_changed('staff', 'staff_id');

-- When each thing was last looked at, so that the log tells of it once a minute.
create table support_looks (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  access_id       uuid           not null,
  route           text           not null,
  subject_id      uuid           not null,
  looked_at       timestamptz(3) not null,
  primary key (organization_id, access_id, route, subject_id),
  foreign key (organization_id, access_id) references support_accesses (organization_id, id) on delete restrict on update restrict
);
call protect_tenant_table('support_looks');
grant select, insert, update (looked_at) on support_looks to manydesk_app;

-- What the staff who did something to an organization are called, for its own trail.
create table known_staff (
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid
                  references organizations (id) on delete restrict on update restrict,
  id              uuid not null,
  name            text not null,
  primary key (organization_id, id)
);
call protect_tenant_table('known_staff');
create policy admin_access on known_staff to manydesk_admin using (true) with check (true);
grant select on known_staff to manydesk_app;
grant select, insert on known_staff to manydesk_admin;

-- What the staff do to an organization is in its own log, which one function writes.
grant execute on function ledger_append(jsonb) to manydesk_admin;
alter table ledger_events drop constraint ledger_events_actor_type_check;
-- Rows that are there passed a narrower rule: they are not looked through while the table is held.
alter table ledger_events add constraint ledger_events_actor_type_check
  check (actor_type in ('user', 'api_key', 'requester', 'staff', 'system')) not valid;
