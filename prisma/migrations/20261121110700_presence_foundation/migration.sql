-- Who has a ticket open or is typing on it, until shortly. Worth nothing after a crash, so not logged.
create unlogged table ticket_presences (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                 references organizations (id) on delete restrict on update restrict,
  ticket_id       uuid           not null,
  user_id         uuid           not null,
  state           text           not null check (state in ('viewing', 'typing')),
  seen_at         timestamptz(3) not null default now(),
  primary key (organization_id, ticket_id, user_id)
);
create index ticket_presences_organization_id_seen_at_idx on ticket_presences (organization_id, seen_at);
call protect_tenant_table('ticket_presences');
grant select, insert, update, delete on ticket_presences to manydesk_app;
-- Whoever was not seen again is forgotten by the worker's sweep, which is in no organization.
create policy system_access on ticket_presences to manydesk_system using (true) with check (true);
grant select (seen_at), delete on ticket_presences to manydesk_system;

-- A sign of life that changes nothing tells nobody, unless they had been taken for gone.
create function ticket_presence_changed() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and new.state = old.state and new.seen_at < old.seen_at + interval '45 seconds' then
    return null;
  end if;
  perform pg_notify('presence', coalesce(new.organization_id, old.organization_id) || '|' || coalesce(new.ticket_id, old.ticket_id));
  return null;
end
$$;
revoke all on function ticket_presence_changed() from public;
create trigger ticket_presence_changed after insert or delete or update of state on ticket_presences
  for each row execute function ticket_presence_changed();
