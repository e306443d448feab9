create index concurrently tickets_organization_id_company_id_updated_at_id_idx on tickets (organization_id, company_id, updated_at desc, id desc);
