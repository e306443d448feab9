-- An archive of the organization lies beside its storage: whoever counts what is used must know which files are archives.
grant select (id) on files to manydesk_admin;
create policy admin_access on exports for select to manydesk_admin using (true);
grant select (organization_id, file_id, kind) on exports to manydesk_admin;
