-- What is sold is read by the staff who sell it; the role that writes plans writes it for them.
create policy admin_access on plans for select to manydesk_admin using (true);
grant select on plans to manydesk_admin;
-- How many have which version of it.
grant select (plan_version) on organization_entitlements to manydesk_admin;
