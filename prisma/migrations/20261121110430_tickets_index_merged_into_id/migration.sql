create index concurrently tickets_organization_id_merged_into_id_idx on tickets (organization_id, merged_into_id) where merged_into_id is not null;
