-- What the staff may see of every organization: that it is there, and how it fares, in counts and times. Each grant names
-- columns, and none of them holds a word that a tenant wrote but the organization's own name.
create policy admin_access on organizations for select to manydesk_admin using (true);
grant select (id, name, slug, created_at, locale, time_zone, suspended_at, delete_after) on organizations to manydesk_admin;
create policy admin_access on memberships for select to manydesk_admin using (true);
grant select (organization_id, id, status, last_active_at) on memberships to manydesk_admin;
create policy admin_access on ticket_counters for select to manydesk_admin using (true);
grant select (organization_id, last_number) on ticket_counters to manydesk_admin;
create policy admin_access on files for select to manydesk_admin using (true);
grant select (organization_id, size) on files to manydesk_admin;
create policy admin_access on ledger_heads for select to manydesk_admin using (true);
grant select (organization_id, seq) on ledger_heads to manydesk_admin;
create policy admin_access on ledger_events for select to manydesk_admin using (true);
grant select (organization_id, seq, occurred_at) on ledger_events to manydesk_admin;
create policy admin_access on outbox for select to manydesk_admin using (true);
grant select (organization_id, seq, created_at) on outbox to manydesk_admin;
create policy admin_access on outbound_mails for select to manydesk_admin using (true);
grant select (organization_id, id, status, attempts, created_at) on outbound_mails to manydesk_admin;
create policy admin_access on inbound_mails for select to manydesk_admin using (true);
grant select (organization_id, id, disposition, received_at) on inbound_mails to manydesk_admin;
create policy admin_access on webhook_endpoints for select to manydesk_admin using (true);
grant select (organization_id, id, is_enabled, disabled_because, disabled_at, failing_since, waiting, removed_at, created_at)
  on webhook_endpoints to manydesk_admin;
