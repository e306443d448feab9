-- That mails to people of the desk fail: whether, when and of whom, and neither to whom nor what.
create policy admin_access on account_mails for select to manydesk_admin using (true);
grant select (id, organization_id, status, created_at) on account_mails to manydesk_admin;
