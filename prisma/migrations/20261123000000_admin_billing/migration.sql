-- What the staff do to a plan or an invoice is written by the role that writes plans and invoices, with the act of the staff
-- in the same transaction: it adds lines about the organization that it is at, or about none, and can read none of them.
create policy system_adds on staff_acts for insert to manydesk_system
  with check (organization_id is not distinct from nullif(current_setting('app.organization_id', true), '')::uuid);
grant insert on staff_acts to manydesk_system;

-- What was billed: sums and times. Neither what for nor to whom, which an organization says of itself.
create policy admin_access on invoices for select to manydesk_admin using (true);
grant select (organization_id, id, kind, number, status, currency, net, tax, total, issued_at, due_at, paid_at, credits_id, created_at)
  on invoices to manydesk_admin;
