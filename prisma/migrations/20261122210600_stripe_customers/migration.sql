-- Whom Stripe knows an organization as, and whose turn it is to ask Stripe about it: one at a time for each customer, also
-- while Stripe is asked, which no transaction waits for.
create table stripe_customers (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  -- Null until Stripe has made it.
  customer_id     text           check (customer_id ~ '^cus_[A-Za-z0-9_]{1,100}$'),
  -- Times that something was heard of it: what is heard while Stripe is asked is not lost.
  heard           bigint         not null default 0 check (heard >= 0),
  -- When Stripe is asked next, by the clock or because something was heard; null while Stripe has no such customer.
  look_at         timestamptz(3),
  -- When Stripe was asked last, and what it said was written.
  looked_at       timestamptz(3),
  -- Looks in a row that came to nothing, and why the last one did.
  failures        integer        not null default 0 check (failures >= 0),
  problem         text           not null default '' check (char_length(problem) <= 200),
  -- Whose turn it is, and until when: who has lost it writes nothing.
  turn            uuid,
  turn_until      timestamptz(3),
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id),
  check ((turn is null) = (turn_until is null)),
  check (customer_id is not null or look_at is null)
);
-- A customer is one organization's: found by what an event says.
create unique index stripe_customers_customer_id_key on stripe_customers (customer_id);
create index stripe_customers_look_at_idx on stripe_customers (look_at) where look_at is not null;
call protect_tenant_table('stripe_customers');
-- The tenant role has nothing to do with it: what it pays would follow from what it writes here.
create policy system_access on stripe_customers to manydesk_system using (true) with check (true);
grant select, insert, update on stripe_customers to manydesk_system;

-- What is asked of Stripe, kept before it is sent: who asks again for the same thing and never heard an answer asks with the
-- same key, and Stripe does it once.
create table stripe_requests (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  -- What it is for, and the hash of what is asked.
  purpose         text           not null check (char_length(purpose) between 1 and 200),
  fingerprint     text           not null check (char_length(fingerprint) = 64),
  idempotency_key text           not null check (char_length(idempotency_key) between 1 and 255),
  created_at      timestamptz(3) not null default now(),
  -- When Stripe answered; null while nobody knows what became of it.
  answered_at     timestamptz(3),
  outcome         text           not null default '' check (char_length(outcome) <= 100),
  primary key (organization_id, id)
);
create unique index stripe_requests_organization_id_purpose_key on stripe_requests (organization_id, purpose) where answered_at is null;
create index stripe_requests_created_at_idx on stripe_requests (created_at);
call protect_tenant_table('stripe_requests');
create policy system_access on stripe_requests to manydesk_system using (true) with check (true);
grant select, insert, update (answered_at, outcome), delete on stripe_requests to manydesk_system;

-- The events that Stripe has sent, each once. They say whom to ask about, and nothing that is believed.
create table stripe_events (
  id          text           not null check (id ~ '^evt_[A-Za-z0-9_]{1,100}$'),
  type        text           not null check (char_length(type) between 1 and 100),
  customer_id text           check (char_length(customer_id) between 1 and 110),
  -- heard: its customer is asked about. parked: nobody has that customer yet. ignored: about none of ours, and why.
  standing    text           not null check (standing in ('heard', 'parked', 'ignored')),
  reason      text           not null default '' check (char_length(reason) <= 100),
  received_at timestamptz(3) not null,
  primary key (id)
);
create index stripe_events_customer_id_idx on stripe_events (customer_id) where standing = 'parked';
create index stripe_events_received_at_idx on stripe_events (received_at);
alter table stripe_events enable row level security;
alter table stripe_events force row level security;
-- Of the deployment: they come before it is known whose they are.
create policy system_access on stripe_events to manydesk_system using (true) with check (true);
grant select, insert, update (standing), delete on stripe_events to manydesk_system;
