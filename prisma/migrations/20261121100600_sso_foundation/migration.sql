create table sso_connections (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  name            text           not null check (char_length(name) between 1 and 100),
  issuer          text           not null check (char_length(issuer) <= 500),
  client_id       text           not null check (char_length(client_id) <= 300),
  client_secret   bytea          not null,
  -- What somebody who comes for the first time becomes.
  role            text           not null default 'viewer' check (role in ('admin', 'agent', 'viewer', 'custom')),
  role_id         uuid,
  enabled         boolean        not null default true,
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, id),
  check ((role = 'custom') = (role_id is not null)),
  foreign key (organization_id, role_id) references roles (organization_id, id) on delete restrict on update restrict
);
create index sso_connections_organization_id_created_at_id_idx on sso_connections (organization_id, created_at desc, id desc);
create index sso_connections_organization_id_role_id_idx on sso_connections (organization_id, role_id);
call protect_tenant_table('sso_connections');
-- Whoever signs in is in no organization yet; the connection is found by their address's domain.
create policy system_access on sso_connections to manydesk_system using (true) with check (true);
-- The client secret goes in and never out: the tenant role cannot read it, not even sealed.
grant select (organization_id, id, name, issuer, client_id, role, role_id, enabled, created_at, updated_at), insert, update, delete on sso_connections to manydesk_app;
grant select on sso_connections to manydesk_system;

create table sso_domains (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  connection_id   uuid           not null,
  domain          text           not null check (char_length(domain) <= 253),
  -- What the TXT record must say.
  proof           text           not null,
  verified_at     timestamptz(3),
  checked_at      timestamptz(3),
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, connection_id) references sso_connections (organization_id, id) on delete restrict on update restrict
);
create unique index sso_domains_organization_id_domain_key on sso_domains (organization_id, domain);
-- One domain leads to one organization. Only who controls the domain's DNS can learn that it is taken.
create unique index sso_domains_verified_key on sso_domains (domain) where verified_at is not null;
create index sso_domains_organization_id_connection_id_idx on sso_domains (organization_id, connection_id);
create index sso_domains_organization_id_created_at_id_idx on sso_domains (organization_id, created_at desc, id desc);
call protect_tenant_table('sso_domains');
create policy system_access on sso_domains to manydesk_system using (true) with check (true);
grant select, insert, update, delete on sso_domains to manydesk_app;
-- Whoever proves a domain later, when the record of its holder is gone, takes it over.
grant select, update (verified_at) on sso_domains to manydesk_system;

-- Who a provider's subject is. Never found by the address alone, which the provider may give to another person.
create table sso_subjects (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  connection_id   uuid           not null,
  subject         text           not null check (char_length(subject) <= 255),
  membership_id   uuid           not null,
  created_at      timestamptz(3) not null default now(),
  last_used_at    timestamptz(3) not null default now(),
  primary key (organization_id, connection_id, subject),
  foreign key (organization_id, connection_id) references sso_connections (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, membership_id) references memberships (organization_id, id) on delete restrict on update restrict
);
create index sso_subjects_organization_id_membership_id_idx on sso_subjects (organization_id, membership_id);
call protect_tenant_table('sso_subjects');
create policy system_access on sso_subjects to manydesk_system using (true) with check (true);
grant select, delete on sso_subjects to manydesk_app;
grant select, insert, update on sso_subjects to manydesk_system;

-- Sign-ins that are at the provider right now.
create table sso_flows (
  id              uuid           not null primary key,
  organization_id uuid           not null,
  connection_id   uuid           not null,
  state_hash      bytea          not null,
  nonce           text           not null,
  verifier        text           not null,
  return_to       text           not null default '/',
  -- Whose client began it: what a flood of beginnings is counted by.
  client_network  text           not null check (char_length(client_network) <= 64),
  created_at      timestamptz(3) not null default now(),
  expires_at      timestamptz(3) not null,
  foreign key (organization_id, connection_id) references sso_connections (organization_id, id) on delete cascade on update restrict
);
create index sso_flows_organization_id_connection_id_idx on sso_flows (organization_id, connection_id);
create index sso_flows_expires_at_idx on sso_flows (expires_at);
create index sso_flows_client_network_idx on sso_flows (client_network);
alter table sso_flows enable row level security;
alter table sso_flows force row level security;
create policy system_access on sso_flows to manydesk_system using (true) with check (true);
grant select, insert, update, delete on sso_flows to manydesk_system;
