-- The worker finds whose log has grown, in every organization: the place and the hash of the last event, and no event.
create policy system_reading on ledger_heads for select to manydesk_system using (true);

-- What answering and working for an organization took in an hour, added up by each process.
create table usage_hours (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  hour            timestamptz(3) not null check (date_trunc('hour', hour, 'UTC') = hour),
  calls           bigint         not null default 0 check (calls >= 0),
  call_ms         bigint         not null default 0 check (call_ms >= 0),
  statements      bigint         not null default 0 check (statements >= 0),
  database_ms     bigint         not null default 0 check (database_ms >= 0),
  jobs            bigint         not null default 0 check (jobs >= 0),
  job_ms          bigint         not null default 0 check (job_ms >= 0),
  primary key (organization_id, hour)
);
call protect_tenant_table('usage_hours');
-- The tenant role reads how often it called, and cannot take back what it cost.
grant select on usage_hours to manydesk_app;
create policy system_access on usage_hours to manydesk_system using (true) with check (true);
grant select, insert, update on usage_hours to manydesk_system;

-- What the operator reckons with across organizations: what each used, and what it paid.
create policy system_reading on usage_records for select to manydesk_system using (true);
grant select on usage_records to manydesk_system;
create policy system_reading on usage_samples for select to manydesk_system using (true);
grant select on usage_samples to manydesk_system;

-- What the operator gives an organization instead of what its plan says, for a time.
create table entitlement_overrides (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  -- Only what is said here differs: {"seats": 50, "storageBytes": null}; null is any number.
  terms           jsonb          not null check (jsonb_typeof(terms) = 'object' and terms <> '{}'::jsonb),
  reason          text           not null check (char_length(reason) between 1 and 500),
  until           timestamptz(3) not null,
  given_by        text           not null check (char_length(given_by) between 1 and 200),
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id)
);
create index entitlement_overrides_until_idx on entitlement_overrides (until);
call protect_tenant_table('entitlement_overrides');
-- Written by the operator alone: the tenant role learns of it by what it may.
create policy system_access on entitlement_overrides to manydesk_system using (true) with check (true);
grant select, insert, update, delete on entitlement_overrides to manydesk_system;

-- Whose seat it is changes with who is there: every process drops what it has of the organization.
create trigger entitlements_changed after insert or delete or update of status, role on memberships
  for each row execute function entitlements_changed();
