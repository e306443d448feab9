alter table requesters add column erased_at timestamptz(3);

-- Erases what is personal of a customer of the organization in context, for good: who they are and how they were reached,
-- what was said on their tickets and by them on others, their mails, the files with them, and what the log says of all that.
-- The rows stay, so that numbers, counts and the work of others still add up; of the log the hashes stay, so that its chain
-- holds. Gives how much it was.
--
-- It runs as the owner of the tables, since nobody else may change what was said or what the log holds, and does this one
-- thing. The policy holds the owner too; the organization is named beside it in every statement.
create function customer_erase(customer uuid, at timestamptz,
    out tickets integer, out messages integer, out mails integer, out files integer, out events integer)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  organization uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  -- The customer and whoever was merged into them.
  who          uuid[];
  addresses    text[];
  names        text[];
  theirs       uuid[];
  said         uuid[];
  mailed       uuid[];
  copied       uuid[];
  -- Words of theirs, and events that name them.
  words        text[];
  seqs         bigint[];
  part         integer;
  -- One of the addresses as a whole: erasing a@b.example leaves aa@b.example alone.
  named        text;
begin
  if organization is null then
    raise exception 'no organization is in context' using errcode = '42501';
  end if;
  with recursive chain as (
    select r.id from requesters r where r.organization_id = organization and r.id = customer
    union select r.id from requesters r join chain c on r.merged_into_id = c.id where r.organization_id = organization
  ) select array_agg(c.id order by c.id) into who from chain c;
  perform from requesters r where r.organization_id = organization and r.id = any (who) order by r.id for update;
  select array_agg(distinct lower(a)), array_agg(distinct n) into addresses, names from (
    select r.email as a, r.name as n from requesters r where r.organization_id = organization and r.id = any (who)
    union all select a.email, null from requester_addresses a where a.organization_id = organization and a.requester_id = any (who)) x;

  named := '(^|[^[:alnum:]._%+-])(' || (select string_agg(regexp_replace(a, '([]*+?^${}()|\\.[])', '\\\1', 'g'), '|') from unnest(addresses) a)
    || ')($|[^[:alnum:].-]|[.-]($|[^[:alnum:]]))';

  -- All that are written to below, in the order of everybody who takes several.
  perform from tickets t where t.organization_id = organization
    and (t.requester_id = any (who) or exists (select from unnest(t.cc) c where lower(c) = any (addresses)))
    order by t.id for no key update;
  select coalesce(array_agg(t.id), '{}') into theirs from tickets t where t.organization_id = organization and t.requester_id = any (who);
  select coalesce(array_agg(m.id), '{}') into said from messages m
    where m.organization_id = organization and (m.ticket_id = any (theirs) or m.origin_id = any (theirs) or m.author_requester_id = any (who));
  select coalesce(array_agg(x.id), '{}') into mailed from (
    select i.id from inbound_mails i where i.organization_id = organization
      and (i.ticket_id = any (theirs) or i.message_id = any (said) or lower(i.from_address) = any (addresses))
    union all select o.id from outbound_mails o where o.organization_id = organization
      and (o.ticket_id = any (theirs) or o.message_id = any (said) or lower(o.to_address) = any (addresses))) x;

  -- What others said with a copy to them stays, but not that they had one.
  select coalesce(array_agg(m.id), '{}') into copied from messages m
    where m.organization_id = organization and m.id <> all (said) and exists (select from unnest(m.cc || m.bcc) c where lower(c) = any (addresses));
  select coalesce(array_agg(distinct u.lexeme), '{}') into words from (
      select m.body as text from messages m where m.organization_id = organization and m.id = any (said)
      union all select t.subject from tickets t where t.organization_id = organization and t.id = any (theirs)
      union all select translate(n, '@.-_', '    ') from unnest(names || addresses) n) x
    cross join lateral unnest(to_tsvector('simple', left(x.text, 300000))) u;
  select coalesce(array_agg(e.seq), '{}') into seqs from ledger_events e
    where e.organization_id = organization and (e.data is not null or e.changes is not null) and (
      e.subject_id = any (who || theirs || said || mailed)
      or (exists (select from unnest(addresses) a where strpos(lower(coalesce(e.data::text, '') || coalesce(e.changes::text, '')), a) > 0)
        and lower(coalesce(e.data::text, '') || ' ' || coalesce(e.changes::text, '')) ~ named));

  -- The bytes go with the next sweep, like those of every file that nothing refers to.
  delete from attachments a where a.organization_id = organization and (a.message_id = any (said)
    or a.draft_id in (select d.id from drafts d where d.organization_id = organization and d.ticket_id = any (theirs)));
  get diagnostics files = row_count;
  delete from drafts d where d.organization_id = organization and d.ticket_id = any (theirs);
  update drafts d set cc = array(select c from unnest(d.cc) c where lower(c) <> all (addresses)),
      bcc = array(select c from unnest(d.bcc) c where lower(c) <> all (addresses))
    where d.organization_id = organization and exists (select from unnest(d.cc || d.bcc) c where lower(c) = any (addresses));
  update messages m set body = '', html = null, quote = null, cc = '{}', bcc = '{}', mail_message_id = null, attachment_count = 0,
      delivery_status = case m.delivery_status when 'queued' then 'failed' else m.delivery_status end,
      author_name = case when m.author_requester_id = any (who) then 'Erased' else m.author_name end
    where m.organization_id = organization and m.id = any (said);
  get diagnostics messages = row_count;
  update inbound_mails i set raw = '', size = 0, fingerprint = sha256(convert_to(i.id::text, 'UTF8')), message_id_header = null,
      from_address = null, subject = null
    where i.organization_id = organization and i.id = any (mailed);
  get diagnostics mails = row_count;
  update outbound_mails o set to_address = o.id || '@erased.invalid', subject = '', text = '', html = null, cc = '{}', bcc = '{}',
      last_error = null, status = case o.status when 'queued' then 'failed' else o.status end
    where o.organization_id = organization and o.id = any (mailed);
  get diagnostics part = row_count;
  mails := mails + part;
  -- Nobody can take one line out of the bytes of a mail, so they go as a whole; what was said in it stands in its message.
  update inbound_mails i set raw = '', size = 0 where i.organization_id = organization and i.message_id = any (copied);
  update outbound_mails o set cc = array(select c from unnest(o.cc) c where lower(c) <> all (addresses)),
      bcc = array(select c from unnest(o.bcc) c where lower(c) <> all (addresses))
    where o.organization_id = organization and exists (select from unnest(o.cc || o.bcc) c where lower(c) = any (addresses));
  update notifications n set actor_name = null
    where n.organization_id = organization and (n.ticket_id = any (theirs) or n.message_id = any (said)) and n.actor_name = any (names);

  -- What an undoing would put back is gone, so there is none any more, of none of the tickets that it was about: a merge
  -- has noted on the one that is left whom the others brought along.
  update operations o set undo_until = least(o.undo_until, at - interval '1 ms'), parameters = o.parameters - 'subject'
    where o.organization_id = organization and o.id in (
      select i.operation_id from operation_items i where i.organization_id = organization and i.ticket_id = any (theirs)
      union select x.operation_id from operation_messages x where x.organization_id = organization and x.message_id = any (said));
  update operation_items i set before = '{}', after = '{}' where i.organization_id = organization and (i.ticket_id = any (theirs)
    or (i.operation_id in (select o.id from operations o where o.organization_id = organization and o.undo_until <= at)
      and lower(i.before::text || ' ' || i.after::text) ~ named));
  update operations o set undo_until = least(o.undo_until, at - interval '1 ms'), parameters = '{"change": {}}'
    where o.organization_id = organization and lower(o.parameters::text) ~ named;

  -- Written down anew from what is left, by a job.
  delete from search_tickets s where s.organization_id = organization and (s.ticket_id = any (theirs)
    or s.ticket_id in (select m.ticket_id from messages m where m.organization_id = organization and m.id = any (said))
    or s.ticket_id in (select t.id from tickets t where t.organization_id = organization
      and exists (select from unnest(t.cc) c where lower(c) = any (addresses))));
  -- Others may use such a word too: it is learnt again as soon as one of their tickets is written down.
  delete from search_words w where w.organization_id = organization and w.word = any (words);

  -- Copies that they were sent on tickets of others.
  update messages m set cc = array(select c from unnest(m.cc) c where lower(c) <> all (addresses)),
      bcc = array(select c from unnest(m.bcc) c where lower(c) <> all (addresses))
    where m.organization_id = organization
      and exists (select from unnest(m.cc || m.bcc) c where lower(c) = any (addresses));
  update tickets t set cc = array(select c from unnest(t.cc) c where lower(c) <> all (addresses))
    where t.organization_id = organization and exists (select from unnest(t.cc) c where lower(c) = any (addresses));

  update tickets t set subject = 'Erased', cc = '{}', fields = '{}' where t.organization_id = organization and t.id = any (theirs);
  get diagnostics tickets = row_count;
  -- The tickets repeat name and address, and follow.
  update requesters r set name = 'Erased', email = r.id || '@erased.invalid', notes = '', fields = '{}', company_id = null,
      version = r.version + 1, field_versions = '{}', updated_at = at, erased_at = at
    where r.organization_id = organization and r.id = any (who);
  delete from requester_addresses a where a.organization_id = organization and a.requester_id = any (who);

  -- Files that were made of all this before are not handed out any more, and those that are being made are not finished.
  update exports e set expires_at = least(e.expires_at, at), file_id = null where e.organization_id = organization and e.expires_at is not null;
  update exports e set status = 'failed', finished_at = at,
      problem = 'A customer was erased while it was written: ask for it again.'
    where e.organization_id = organization
      and (e.status = 'running' or (e.status = 'queued' and lower(e.parameters::text) ~ named));
  update exports e set parameters = e.parameters || '{"conditions": null, "viewConditions": null}'
    where e.organization_id = organization and e.status <> 'queued' and lower(e.parameters::text) ~ named;

  -- What receivers answered to being told of them.
  update webhook_attempts w set request_headers = '{}', response_headers = null, response_body = null, problem = null
    from webhook_deliveries d
    where w.organization_id = organization and d.organization_id = organization and d.id = w.delivery_id
      and (d.seq = any (seqs) or d.subject_id = any (who || theirs || said || mailed));

  -- The hash of what is erased stays, and so does every other.
  update ledger_events e set data = null, changes = null where e.organization_id = organization and e.seq = any (seqs);
  get diagnostics events = row_count;
end
$$;
revoke all on function customer_erase(uuid, timestamptz) from public;
grant execute on function customer_erase(uuid, timestamptz) to manydesk_system;

-- Whether there is such a customer to erase, held against two who erase at once. The cross-tenant role sees no customers.
create function customer_to_erase(customer uuid) returns table (merged_into_id uuid, erased_at timestamptz)
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp
as $$
  select r.merged_into_id, r.erased_at from requesters r
  where r.organization_id = nullif(current_setting('app.organization_id', true), '')::uuid and r.id = customer for update
$$;
revoke all on function customer_to_erase(uuid) from public;
grant execute on function customer_to_erase(uuid) to manydesk_system;
