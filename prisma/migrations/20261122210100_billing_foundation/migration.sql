-- What can be had, and for how much. A version never changes: whoever took it keeps its price until they take another.
create table plans (
  id                text           not null check (id ~ '^[a-z][a-z0-9-]{0,49}$'),
  version           integer        not null check (version > 0),
  name              text           not null check (char_length(name) between 1 and 100),
  currency          text           not null check (currency ~ '^[A-Z]{3}$'),
  -- For a seat and a month, or a year, in the smallest unit of the currency.
  monthly_price     integer        not null check (monthly_price >= 0),
  yearly_price      integer        not null check (yearly_price >= 0),
  trial_days        integer        not null default 0 check (trial_days between 0 and 365),
  -- The most seats that can be taken; null for any number.
  seats             integer        check (seats > 0),
  tickets_a_month   integer        check (tickets_a_month >= 0),
  storage_bytes     bigint         check (storage_bytes >= 0),
  calls_a_minute    integer        check (calls_a_minute > 0),
  features          text[]         not null default '{}' check (cardinality(features) <= 50),
  -- Whether it is shown and can be taken; only ever the newest version.
  is_offered        boolean        not null default true,
  created_at        timestamptz(3) not null default now(),
  primary key (id, version)
);
alter table plans enable row level security;
alter table plans force row level security;
-- Of the deployment and of no organization: the tenant role has nothing to do with it.
create policy system_access on plans to manydesk_system using (true) with check (true);
grant select, insert, update (is_offered) on plans to manydesk_system;

insert into plans (id, version, name, currency, monthly_price, yearly_price, trial_days, seats, tickets_a_month, storage_bytes, calls_a_minute, features, is_offered) values
  ('free-for-all', 1, 'Free for all', 'EUR', 0, 0, 0, null, null, null, null, '{sso,custom_roles,sla}', false),
  ('starter', 1, 'Starter', 'EUR', 900, 9000, 14, 5, 1000, 5368709120, 600, '{}', true),
  ('team', 1, 'Team', 'EUR', 2900, 29000, 14, 100, 20000, 107374182400, 3000, '{custom_roles}', true),
  ('business', 1, 'Business', 'EUR', 5900, 59000, 14, null, null, null, null, '{sso,custom_roles,sla}', true);

-- The plan that an organization has taken.
create table subscriptions (
  organization_id   uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                   references organizations (id) on delete restrict on update restrict,
  status            text           not null check (status in ('trialing', 'active', 'past_due', 'grace', 'read_only', 'suspended', 'canceled')),
  -- A plan is never deleted.
  plan_id           text           not null,
  plan_version      integer        not null,
  billed_every      text           not null check (billed_every in ('month', 'year')),
  seats             integer        not null check (seats between 1 and 100000),
  trial_ends_at     timestamptz(3),
  -- What the periods are counted from.
  anchor_at         timestamptz(3) not null,
  period_start      timestamptz(3) not null,
  period_end        timestamptz(3) not null check (period_end > period_start),
  -- Since when something is overdue.
  owed_since        timestamptz(3),
  ends_with_period  boolean        not null default false,
  canceled_at       timestamptz(3),
  -- What it becomes with the next period.
  next_plan_id      text,
  next_plan_version integer,
  next_billed_every text           check (next_billed_every in ('month', 'year')),
  next_seats        integer        check (next_seats between 1 and 100000),
  -- When time alone changes it next.
  look_at           timestamptz(3),
  created_at        timestamptz(3) not null default now(),
  updated_at        timestamptz(3) not null default now(),
  primary key (organization_id),
  check ((status = 'canceled') = (canceled_at is not null)),
  check ((next_plan_id is null) = (next_seats is null) and (next_plan_id is null) = (next_plan_version is null) and (next_plan_id is null) = (next_billed_every is null))
);
create index subscriptions_look_at_idx on subscriptions (look_at) where look_at is not null;
call protect_tenant_table('subscriptions');
-- Read by the organization, and written with what it may have and owes, which it cannot write.
grant select on subscriptions to manydesk_app;
create policy system_access on subscriptions to manydesk_system using (true) with check (true);
grant select, insert, update on subscriptions to manydesk_system;

-- Whom invoices are made out to.
create table billing_profiles (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  name            text           not null check (char_length(name) between 1 and 200),
  address         text           not null check (char_length(address) between 1 and 500),
  tax_id          text           not null default '' check (char_length(tax_id) <= 50),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id)
);
call protect_tenant_table('billing_profiles');
grant select, insert, update on billing_profiles to manydesk_app;
create policy system_access on billing_profiles for select to manydesk_system using (true);
grant select on billing_profiles to manydesk_system;

-- The last number that a seller has given: taken and used in one transaction, so that none is left out and none comes twice.
create table invoice_series (
  prefix      text    not null check (prefix ~ '^[A-Z0-9]{1,10}$'),
  kind        text    not null check (kind in ('invoice', 'credit_note')),
  last_number integer not null default 0 check (last_number >= 0),
  primary key (prefix, kind)
);
alter table invoice_series enable row level security;
alter table invoice_series force row level security;
-- The numbers are the seller's and run through all organizations.
create policy system_access on invoice_series to manydesk_system using (true) with check (true);
grant select, insert, update on invoice_series to manydesk_system;

-- What was asked for, and taken back. Never changed but for having been paid or taken back.
create table invoices (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  kind            text           not null check (kind in ('invoice', 'credit_note')),
  number          text           not null check (char_length(number) <= 30),
  status          text           not null check (status in ('open', 'paid', 'credited', 'issued')),
  currency        text           not null check (currency ~ '^[A-Z]{3}$'),
  -- All amounts are in the smallest unit of the currency; those of a credit note are below zero.
  net             bigint         not null,
  tax             bigint         not null,
  total           bigint         not null,
  tax_name        text           not null,
  tax_rate        integer        not null check (tax_rate between 0 and 10000),
  lines           jsonb          not null check (jsonb_typeof(lines) = 'array'),
  seller          jsonb          not null,
  buyer           jsonb          not null,
  issued_at       timestamptz(3) not null,
  due_at          timestamptz(3) not null,
  paid_at         timestamptz(3),
  -- The invoice that a credit note takes back.
  credits_id      uuid,
  created_at      timestamptz(3) not null,
  primary key (organization_id, id),
  check (total = net + tax),
  check ((kind = 'credit_note') = (credits_id is not null) and (kind = 'credit_note') = (status = 'issued')),
  check ((status = 'paid') = (paid_at is not null)),
  foreign key (organization_id, credits_id) references invoices (organization_id, id) on delete restrict on update restrict
);
create unique index invoices_organization_id_number_key on invoices (organization_id, number);
-- An invoice is taken back once.
create unique index invoices_organization_id_credits_id_key on invoices (organization_id, credits_id);
create index invoices_organization_id_created_at_id_idx on invoices (organization_id, created_at desc, id desc);
-- How the operator finds the one that was paid.
create index invoices_number_idx on invoices (number);
call protect_tenant_table('invoices');
grant select on invoices to manydesk_app;
create policy system_access on invoices to manydesk_system using (true) with check (true);
grant select, insert, update (status, paid_at) on invoices to manydesk_system;
