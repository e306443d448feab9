create index concurrently tickets_organization_id_team_id_updated_at_id_idx on tickets (organization_id, team_id, updated_at desc, id desc);
