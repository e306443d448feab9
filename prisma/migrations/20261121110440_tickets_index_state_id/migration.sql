create index concurrently tickets_organization_id_state_id_updated_at_id_idx on tickets (organization_id, state_id, updated_at desc, id desc);
