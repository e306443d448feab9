create index concurrently messages_organization_id_origin_id_idx on messages (organization_id, origin_id) where origin_id is not null;
