-- Each shelf is asked for by itself. A list of shelves (`= any`) is a condition that a GIN index cannot take together
-- with another at one cost, and the planner left it out: every organization's tickets with the words were fetched and
-- thrown away, thirty times as many as were meant.
create or replace function search_ticket_ids(query text, readers text[], below integer, most integer)
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
         select s.* from unnest($1) shelf cross join lateral (
           select s.organization_id, s.ticket_id, s.reader, s.number, s.head from search_tickets s
           where s.organization_id::text || '/' || (s.number >> 11)::text = shelf and s.words @@ $2
           -- A fence: else the planner may join the other way around.
           offset 0
         ) s
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
