create extension if not exists pg_trgm;

-- The dictionary of an organization's language: which forms are one word, and which words say nothing.
create function search_config(locale text) returns regconfig
  language sql immutable set search_path = pg_catalog, pg_temp
as $$
  select case split_part(lower(locale), '-', 1)
    when 'ar' then 'pg_catalog.arabic' when 'da' then 'pg_catalog.danish' when 'de' then 'pg_catalog.german'
    when 'en' then 'pg_catalog.english' when 'es' then 'pg_catalog.spanish' when 'fi' then 'pg_catalog.finnish'
    when 'fr' then 'pg_catalog.french' when 'hu' then 'pg_catalog.hungarian' when 'it' then 'pg_catalog.italian'
    when 'nb' then 'pg_catalog.norwegian' when 'nl' then 'pg_catalog.dutch' when 'no' then 'pg_catalog.norwegian'
    when 'pt' then 'pg_catalog.portuguese' when 'ro' then 'pg_catalog.romanian' when 'ru' then 'pg_catalog.russian'
    when 'sv' then 'pg_catalog.swedish' when 'tr' then 'pg_catalog.turkish' else 'pg_catalog.simple' end::regconfig
$$;

-- What is said on a ticket, as one document, so that two words are found together though they stand in two messages.
-- A ticket without notes has one row ("all" may read it). One with notes has two: what is "outside" of them, and what
-- the "team" may read. Whoever may not read notes is never shown, or counted, a ticket because of a word in one.
create table search_tickets (
  organization_id uuid     not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  ticket_id       uuid     not null,
  reader          text     not null check (reader in ('all', 'outside', 'team')),
  number          integer  not null,
  config          text     not null,
  -- Subject, customer and tags alone.
  head            tsvector not null,
  words           tsvector not null,
  -- The last event of the log that is in it: an older look never overwrites a newer one.
  seq             bigint   not null,
  primary key (organization_id, ticket_id, reader),
  foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete cascade on update restrict
);
create index search_tickets_organization_id_number_idx on search_tickets (organization_id, number desc);
-- By shelves: the organization and some thousands of its numbers. So a search reads the newest tickets first and stops
-- when it has enough, and a word that stands everywhere costs no more than a rare one. Without a list of what is to be
-- put in later, which every search would have to read through.
create index search_tickets_words_idx on search_tickets
  using gin ((organization_id::text || '/' || (number >> 11)::text), words) with (fastupdate = off);
alter table search_tickets alter column words set statistics 0, alter column head set statistics 0;
call protect_tenant_table('search_tickets');
grant select, insert, update, delete on search_tickets to manydesk_app;

-- The words that an organization uses, as they are written: what a beginning can end in, and what a slip was meant to be.
create table search_words (
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid
                       references organizations (id) on delete restrict on update restrict,
  word            text not null collate "C" check (char_length(word) between 3 and 40),
  primary key (organization_id, word)
);
create index search_words_similar_idx on search_words using gin (organization_id, lower(word) gin_trgm_ops);
call protect_tenant_table('search_words');
grant select, insert on search_words to manydesk_app;

-- `@@` and `%` are not leakproof, so under row level security no index could serve them. These run as a role that the
-- policy lets pass, name the organization themselves, and give back ids, numbers and words of it alone.
create policy system_access on search_tickets to manydesk_system using (true) with check (true);
grant select (organization_id, ticket_id, reader, number, head, words) on search_tickets to manydesk_system;
create policy system_access on search_words to manydesk_system using (true) with check (true);
grant select on search_words to manydesk_system;

-- The newest `most` tickets below the number `below` (all when it is null) that `query`, the text of a tsquery, finds
-- in what one of `readers` may read. Goes from shelf to shelf, each time twice as many.
create function search_ticket_ids(query text, readers text[], below integer, most integer)
  returns table (ticket_id uuid, number integer, in_head boolean)
  language plpgsql stable security definer rows 100 set search_path = pg_catalog, public, pg_temp
as $$
#variable_conflict use_column
declare
  organization uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  asked        tsquery := query::tsquery;
  last_shelf   integer;
  first_shelf  integer;
  shelves      integer := 1;
  found_some   integer;
  found_all    integer := 0;
begin
  if organization is null or numnode(asked) = 0 then
    return;
  end if;
  last_shelf := coalesce(below - 1, (select max(s.number) from search_tickets s where s.organization_id = organization)) >> 11;
  while last_shelf >= 0 and found_all < most loop
    first_shelf := greatest(0, last_shelf - shelves + 1);
    -- As text, so that it is planned for these values. Materialized, so that nothing but the index of words can serve
    -- it: walking the tickets in order and looking into each is what it is there to avoid.
    return query execute $statement$
       with s as materialized (
         select s.organization_id, s.ticket_id, s.reader, s.number, s.head from search_tickets s
         where s.organization_id::text || '/' || (s.number >> 11)::text = any($1) and s.words @@ $2
       )
       select s.ticket_id, s.number, s.head @@ $2 from s
       where s.organization_id = $3 and s.reader = any($4) and ($5::integer is null or s.number < $5)
       order by s.number desc limit $6 $statement$
      using (select array_agg(organization::text || '/' || n::text) from generate_series(first_shelf, last_shelf) n),
        asked, organization, readers, below, most - found_all;
    get diagnostics found_some = row_count;
    found_all := found_all + found_some;
    last_shelf := first_shelf - 1;
    shelves := shelves * 2;
  end loop;
end
$$;

-- Up to `most` words that begin with `wanted`, the shortest first, or that are like it, the likest first.
create function search_words_like(wanted text, as_beginning boolean, most integer) returns setof text
  language plpgsql stable security definer rows 30 set search_path = pg_catalog, public, pg_temp
as $$
declare
  organization uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
begin
  if as_beginning then
    return query execute
      'select w.word from search_words w
       where w.organization_id = $1 and w.word >= $2 and w.word < $2 || chr(1114111)
       order by char_length(w.word), w.word limit $3'
      using organization, wanted, most;
  else
    return query execute
      'select w.word from search_words w where w.organization_id = $1 and lower(w.word) % $2
       order by similarity(w.word, $2) desc, w.word limit $3'
      using organization, wanted, most;
  end if;
end
$$;

grant create on schema public to manydesk_system;
alter function search_ticket_ids(text, text[], integer, integer) owner to manydesk_system;
alter function search_words_like(text, boolean, integer) owner to manydesk_system;
revoke create on schema public from manydesk_system;
revoke all on function search_config(text) from public;
revoke all on function search_ticket_ids(text, text[], integer, integer) from public;
revoke all on function search_words_like(text, boolean, integer) from public;
grant execute on function search_config(text) to manydesk_app;
grant execute on function search_ticket_ids(text, text[], integer, integer) to manydesk_app;
grant execute on function search_words_like(text, boolean, integer) to manydesk_app;
