-- Names are sought by how they begin. Under row level security an index serves only leakproof operators: an order by
-- bytes of a stored column is one, LIKE and lower() in an expression are not.
create table companies (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  name            text           not null check (char_length(name) between 1 and 200),
  name_key        text           not null collate "C" generated always as (lower(name)) stored,
  notes           text           not null default '' check (char_length(notes) <= 20000),
  fields          jsonb          not null default '{}',
  version         integer        not null default 1,
  field_versions  jsonb          not null default '{}',
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
create unique index companies_organization_id_name_key on companies (organization_id, name);
create index companies_organization_id_name_key_idx on companies (organization_id, name_key);
create index companies_organization_id_created_at_id_idx on companies (organization_id, created_at desc, id desc);
call protect_tenant_table('companies');
grant select, insert, update, delete on companies to manydesk_app;

-- Whoever writes from one of these domains is of the company.
create table company_domains (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  domain          text           not null collate "C" check (domain = lower(domain) and char_length(domain) between 3 and 253),
  company_id      uuid           not null,
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, domain),
  foreign key (organization_id, company_id) references companies (organization_id, id) on delete cascade on update restrict
);
create index company_domains_organization_id_company_id_idx on company_domains (organization_id, company_id);
call protect_tenant_table('company_domains');
grant select, insert, delete on company_domains to manydesk_app;

alter table requesters
  add column name_key       text           not null collate "C" generated always as (lower(name)) stored,
  -- The last word of the name: who looks for "Requester" finds Rita.
  add column surname_key    text           not null collate "C" generated always as (lower(regexp_replace(name, '^.*\s', ''))) stored,
  add column company_id     uuid,
  add column notes          text           not null default '' check (char_length(notes) <= 20000),
  add column fields         jsonb          not null default '{}',
  -- The customer that this one turned out to be.
  add column merged_into_id uuid,
  add column version        integer        not null default 1,
  add column field_versions jsonb          not null default '{}',
  add column updated_at     timestamptz(3) not null default now(),
  add foreign key (organization_id, company_id) references companies (organization_id, id) on delete set null (company_id) on update restrict,
  add foreign key (organization_id, merged_into_id) references requesters (organization_id, id) on delete restrict on update restrict,
  add check (merged_into_id <> id);
create index requesters_organization_id_company_id_idx on requesters (organization_id, company_id);
create index requesters_organization_id_name_key_idx on requesters (organization_id, name_key);
create index requesters_organization_id_surname_key_idx on requesters (organization_id, surname_key);
create index requesters_organization_id_merged_into_id_idx on requesters (organization_id, merged_into_id) where merged_into_id is not null;
create index requesters_organization_id_created_at_id_idx on requesters (organization_id, created_at desc, id desc);

-- Every address by which a customer is known, the main one (requesters.email) among them: one look finds whose it is.
create table requester_addresses (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  email           text           not null collate "C" check (email = lower(email) and char_length(email) <= 254),
  -- Finds the people of a domain that a company gets.
  domain          text           not null collate "C" generated always as (split_part(email, '@', -1)) stored,
  requester_id    uuid           not null,
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, email),
  foreign key (organization_id, requester_id) references requesters (organization_id, id) on delete restrict on update restrict
);
create index requester_addresses_organization_id_requester_id_idx on requester_addresses (organization_id, requester_id);
create index requester_addresses_organization_id_domain_idx on requester_addresses (organization_id, domain);
alter table requesters no force row level security;
insert into requester_addresses (organization_id, email, requester_id, created_at)
  select organization_id, lower(email), id, created_at from requesters on conflict do nothing;
alter table requesters force row level security;
call protect_tenant_table('requester_addresses');
grant select, insert, update (requester_id), delete on requester_addresses to manydesk_app;

-- A customer is found by their addresses, so the main one is always among them, whoever writes the row; and an address
-- leads to one customer, so nobody is made with one that is another's. A customer who was merged has none any more.
create function requester_addresses_follow() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.merged_into_id is not null then return null; end if;
  insert into requester_addresses (organization_id, email, requester_id) values (new.organization_id, lower(new.email), new.id)
    on conflict (organization_id, email) do nothing;
  if not found and not exists (select from requester_addresses a
      where a.organization_id = new.organization_id and a.email = lower(new.email) and a.requester_id = new.id) then
    raise unique_violation using message = 'the address is of another customer';
  end if;
  return null;
end
$$;
revoke all on function requester_addresses_follow() from public;
create trigger requester_addresses_follow after insert or update of email on requesters
  for each row execute function requester_addresses_follow();
