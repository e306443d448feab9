create index concurrently tickets_organization_id_last_message_at_id_idx on tickets (organization_id, last_message_at desc, id desc);
