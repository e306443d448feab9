-- What was used, one row for each event that counts: written once however often the log is read, and never changed.
create table usage_records (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  event_id        uuid           not null,
  meter           text           not null check (char_length(meter) between 1 and 50),
  quantity        bigint         not null check (quantity > 0),
  occurred_at     timestamptz(3) not null,
  primary key (organization_id, event_id, meter)
);
create index usage_records_organization_id_occurred_at_idx on usage_records (organization_id, occurred_at);
call protect_tenant_table('usage_records');
grant select, insert on usage_records to manydesk_app;

-- How far the log of an organization was metered.
create table usage_positions (
  organization_id uuid   not null default nullif(current_setting('app.organization_id', true), '')::uuid
                         references organizations (id) on delete restrict on update restrict,
  seq             bigint not null default 0 check (seq >= 0),
  primary key (organization_id)
);
call protect_tenant_table('usage_positions');
grant select, insert, update (seq) on usage_positions to manydesk_app;
-- The worker finds whose log has grown, in every organization; it is metered within each.
create policy system_access on usage_positions for select to manydesk_system using (true);
grant select on usage_positions to manydesk_system;

-- What is there at a time and is no event: people and bytes, once a day.
create table usage_samples (
  organization_id uuid   not null default nullif(current_setting('app.organization_id', true), '')::uuid
                         references organizations (id) on delete restrict on update restrict,
  day             date   not null,
  meter           text   not null check (char_length(meter) between 1 and 50),
  quantity        bigint not null check (quantity >= 0),
  primary key (organization_id, day, meter)
);
call protect_tenant_table('usage_samples');
grant select, insert on usage_samples to manydesk_app;

-- What owners were warned of: once a month for each level.
create table entitlement_warnings (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  entitlement     text           not null check (char_length(entitlement) between 1 and 50),
  month           date           not null,
  percent         integer        not null check (percent in (80, 100)),
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, entitlement, month, percent)
);
call protect_tenant_table('entitlement_warnings');
-- Written with the mails to the owners, which the tenant role may not write.
create policy system_access on entitlement_warnings to manydesk_system using (true) with check (true);
grant select, insert on entitlement_warnings to manydesk_system;
