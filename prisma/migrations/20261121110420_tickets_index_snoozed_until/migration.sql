create index concurrently tickets_organization_id_snoozed_until_idx on tickets (organization_id, snoozed_until) where snoozed_until is not null;
