-- How much of what its plan bounds an organization uses, of the thing of which it uses most: noted every quarter of an hour,
-- so that the staff find who needs a larger plan without counting everything of everybody.
alter table organization_entitlements add column used_percent integer check (used_percent >= 0);
-- Nothing that may be done follows from it, so that no process drops what it knows.
drop trigger entitlements_changed on organization_entitlements;
create trigger entitlements_changed
  after insert or delete or update of plan_id, plan_version, access, seats, tickets_a_month, storage_bytes, calls_a_minute, features
  on organization_entitlements for each row execute function entitlements_changed();

-- What an organization has and how it stands, for those who look after it.
create policy admin_access on organization_entitlements for select to manydesk_admin using (true);
grant select (organization_id, plan_id, access, seats, tickets_a_month, storage_bytes, used_percent)
  on organization_entitlements to manydesk_admin;
create policy admin_access on subscriptions for select to manydesk_admin using (true);
grant select (organization_id, status) on subscriptions to manydesk_admin;
-- How many tickets were opened since a day: no word of one.
create policy admin_access on tickets for select to manydesk_admin using (true);
grant select (organization_id, created_at) on tickets to manydesk_admin;
