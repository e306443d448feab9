-- The states of tickets. An organization names and orders its own; the category of each is fixed, and it is what rules
-- and lists go by. One of each category is what a ticket gets when only the category is said.
create table ticket_states (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  name            text           not null check (char_length(name) between 1 and 60),
  category        text           not null check (category in ('open', 'pending', 'on_hold', 'solved', 'closed')),
  position        integer        not null default 0,
  is_default      boolean        not null default false,
  archived_at     timestamptz(3),
  version         integer        not null default 1,
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, id),
  check (not (is_default and archived_at is not null))
);
create unique index ticket_states_organization_id_name_key on ticket_states (organization_id, name);
create unique index ticket_states_default_key on ticket_states (organization_id, category) where is_default;
-- What tickets repeat of their state, as the target of their foreign key.
create unique index ticket_states_repeated_key on ticket_states (organization_id, id, category);
call protect_tenant_table('ticket_states');
grant select, insert, update on ticket_states to manydesk_app;

-- An organization has its five states from birth, whoever makes it: a ticket without a state cannot be.
create policy system_access on ticket_states to manydesk_system using (true) with check (true);
grant insert on ticket_states to manydesk_system;
create function ticket_states_begin() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into ticket_states (organization_id, id, name, category, position, is_default)
    select new.id, gen_random_uuid(), s.name, s.category, s.position, true
    from (values ('Open', 'open', 1), ('Pending', 'pending', 2), ('On hold', 'on_hold', 3), ('Solved', 'solved', 4), ('Closed', 'closed', 5))
      as s (name, category, position);
  return null;
end
$$;
grant create on schema public to manydesk_system;
alter function ticket_states_begin() owner to manydesk_system;
revoke create on schema public from manydesk_system;
revoke all on function ticket_states_begin() from public;
create trigger ticket_states_begin after insert on organizations for each row execute function ticket_states_begin();

alter table organizations no force row level security;
alter table ticket_states no force row level security;
insert into ticket_states (organization_id, id, name, category, position, is_default)
  select o.id, gen_random_uuid(), s.name, s.category, s.position, true
  from organizations o, (values ('Open', 'open', 1), ('Pending', 'pending', 2), ('On hold', 'on_hold', 3), ('Solved', 'solved', 4), ('Closed', 'closed', 5))
    as s (name, category, position);

alter table tickets
  add column state_id       uuid,
  add column type           text           check (type in ('question', 'incident', 'problem', 'task')),
  add column team_id        uuid,
  add column company_id     uuid,
  -- Out of sight until then, or until the customer writes.
  add column snoozed_until  timestamptz(3),
  -- The ticket that this one was merged into.
  add column merged_into_id uuid,
  -- Who gets a copy of every reply, beside the requester.
  add column cc             text[]         not null default '{}',
  add column fields         jsonb          not null default '{}',
  -- Counts the changes of what people set, and which of them changed each field last: two who change different fields
  -- do not get in each other's way, and two who change the same one are told.
  add column version        integer        not null default 1,
  add column field_versions jsonb          not null default '{}';
alter table tickets no force row level security;
update tickets t set state_id = s.id from ticket_states s
  where s.organization_id = t.organization_id and s.category = t.status and s.is_default;
alter table tickets force row level security;
alter table organizations force row level security;
alter table ticket_states force row level security;
alter table tickets
  alter column state_id set not null,
  add foreign key (organization_id, state_id, status) references ticket_states (organization_id, id, category) on delete restrict on update restrict,
  add foreign key (organization_id, team_id) references teams (organization_id, id) on delete restrict on update restrict,
  add foreign key (organization_id, company_id) references companies (organization_id, id) on delete set null (company_id) on update restrict,
  add foreign key (organization_id, merged_into_id) references tickets (organization_id, id) on delete restrict on update restrict,
  add check (merged_into_id <> id);

-- Whoever says the category alone gets its default state.
create function ticket_state_follows() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.state_id is null or (tg_op = 'UPDATE' and new.state_id = old.state_id and new.status <> old.status) then
    select s.id into new.state_id from ticket_states s
      where s.organization_id = new.organization_id and s.category = new.status and s.is_default;
  end if;
  return new;
end
$$;
revoke all on function ticket_state_follows() from public;
create trigger ticket_state_follows_insert before insert on tickets for each row execute function ticket_state_follows();
create trigger ticket_state_follows_update before update of status on tickets for each row execute function ticket_state_follows();

-- What nobody has sorted goes to the default team, whichever way it came in.
create function ticket_team_defaults() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
  if new.team_id is null then
    select t.id into new.team_id from teams t where t.organization_id = new.organization_id and t.is_default;
  end if;
  return new;
end
$$;
revoke all on function ticket_team_defaults() from public;
create trigger ticket_team_defaults before insert on tickets for each row execute function ticket_team_defaults();

-- The sweep that wakes tickets looks for those whose time has come, in every organization.
grant select (snoozed_until) on tickets to manydesk_system;

-- Named so that it runs after ticket_state_follows: triggers of one event go by name.
create function ticket_versioned() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
declare
  changed text[] := '{}';
begin
  if new.subject is distinct from old.subject then changed := array_append(changed, 'subject'); end if;
  if new.state_id is distinct from old.state_id then changed := array_append(changed, 'status'); end if;
  if new.priority is distinct from old.priority then changed := array_append(changed, 'priority'); end if;
  if new.type is distinct from old.type then changed := array_append(changed, 'type'); end if;
  if new.assignee_id is distinct from old.assignee_id then changed := array_append(changed, 'assigneeId'); end if;
  if new.team_id is distinct from old.team_id then changed := array_append(changed, 'teamId'); end if;
  if new.requester_id is distinct from old.requester_id then changed := array_append(changed, 'requesterId'); end if;
  if new.company_id is distinct from old.company_id then changed := array_append(changed, 'companyId'); end if;
  if new.snoozed_until is distinct from old.snoozed_until then changed := array_append(changed, 'snoozedUntil'); end if;
  if new.merged_into_id is distinct from old.merged_into_id then changed := array_append(changed, 'mergedIntoId'); end if;
  if new.tags is distinct from old.tags then changed := array_append(changed, 'tags'); end if;
  if new.cc is distinct from old.cc then changed := array_append(changed, 'cc'); end if;
  if new.fields is distinct from old.fields then
    changed := changed || array(
      select 'fields.' || coalesce(o.key, n.key) from jsonb_each(old.fields) o full join jsonb_each(new.fields) n on n.key = o.key
      where o.value is distinct from n.value);
  end if;
  if changed <> '{}' then
    new.version := old.version + 1;
    new.field_versions := old.field_versions || (select jsonb_object_agg(c, new.version) from unnest(changed) c);
  end if;
  return new;
end
$$;
revoke all on function ticket_versioned() from public;
create trigger ticket_versioned
  before update of subject, status, state_id, priority, type, assignee_id, team_id, requester_id, company_id, snoozed_until, merged_into_id, tags, cc, fields
  on tickets for each row execute function ticket_versioned();

-- The values of custom fields as rows, kept by a trigger like the tags: jsonb operators are not leakproof, so under row
-- level security no index could serve them. Dates are ISO 8601 text, whose order is theirs.
create table ticket_field_values (
  organization_id uuid             not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  key             text             not null,
  value           text             not null collate "C",
  number          double precision,
  ticket_id       uuid             not null,
  primary key (organization_id, key, value, ticket_id),
  foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade on update restrict
);
create index ticket_field_values_organization_id_ticket_id_idx on ticket_field_values (organization_id, ticket_id);
create index ticket_field_values_organization_id_key_number_idx on ticket_field_values (organization_id, key, number, ticket_id)
  where number is not null;
call protect_tenant_table('ticket_field_values');
grant select, insert, delete on ticket_field_values to manydesk_app;

create function ticket_field_values_follow() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
  if tg_op = 'UPDATE' then
    delete from ticket_field_values v where v.organization_id = new.organization_id and v.ticket_id = new.id
      and v.key in (select o.key from jsonb_each(old.fields) o where new.fields -> o.key is distinct from o.value);
  end if;
  insert into ticket_field_values (organization_id, key, value, number, ticket_id)
    select new.organization_id, f.key, e.value, case when jsonb_typeof(f.value) = 'number' then e.value::double precision end, new.id
    from jsonb_each(new.fields) f
    cross join lateral (
      select x as value from jsonb_array_elements_text(case when jsonb_typeof(f.value) = 'array' then f.value else '[]' end) x
      union select f.value #>> '{}' where jsonb_typeof(f.value) in ('string', 'number', 'boolean')
    ) e
    on conflict do nothing;
  return null;
end
$$;
revoke all on function ticket_field_values_follow() from public;
create trigger ticket_field_values_on_insert after insert on tickets
  for each row when (new.fields <> '{}') execute function ticket_field_values_follow();
create trigger ticket_field_values_on_update after update of fields on tickets
  for each row when (new.fields is distinct from old.fields) execute function ticket_field_values_follow();

-- "blocks" and "parent" go from one to the other; "related" and "duplicate" are the same from both ends and stand once.
create table ticket_links (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  kind            text           not null check (kind in ('related', 'duplicate', 'parent', 'blocks')),
  from_id         uuid           not null,
  to_id           uuid           not null,
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, id),
  check (from_id <> to_id),
  check (kind in ('parent', 'blocks') or from_id < to_id),
  foreign key (organization_id, from_id) references tickets (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, to_id) references tickets (organization_id, id) on delete restrict on update restrict
);
create unique index ticket_links_organization_id_from_id_to_id_kind_key on ticket_links (organization_id, from_id, to_id, kind);
create index ticket_links_organization_id_to_id_idx on ticket_links (organization_id, to_id);
call protect_tenant_table('ticket_links');
grant select, insert, delete on ticket_links to manydesk_app;

alter table messages
  -- Sanitised; null for what is plain text alone. `body` is always the plain text.
  add column html             text,
  -- What the writer repeated of earlier mails, folded away.
  add column quote            text,
  add column cc               text[]   not null default '{}',
  add column bcc              text[]   not null default '{}',
  add column mentions         uuid[]   not null default '{}',
  add column attachment_count integer  not null default 0,
  -- The ticket that the message was written on, when that was merged into this one or split off from it.
  add column origin_id        uuid,
  add foreign key (organization_id, origin_id) references tickets (organization_id, id) on delete restrict on update restrict;
-- A merge moves messages to another ticket; what was said stays as it is.
grant update (ticket_id, origin_id) on messages to manydesk_app;
