-- The log is written by `ledger_append` and by nothing else: the tenant role loses its right to insert events and to
-- move the head, so that whoever runs a statement of their own in a tenant's name can still not write that tenant's
-- history, or unmake the proof that it was not changed. The function runs as the cross-tenant role, which the policies
-- hold as well: it writes to the organization in context and to no other.
grant create on schema public to manydesk_system;
alter function ledger_append(jsonb) owner to manydesk_system;
revoke create on schema public from manydesk_system;
alter function ledger_append(jsonb) security definer;
revoke update on ledger_heads from manydesk_app;
revoke insert on ledger_events from manydesk_app;
revoke insert on outbox from manydesk_app;
