-- Fills a freshly migrated database with :organizations organizations and :tickets tickets, set-based and the same
-- on every run: everything random is a hash of a position. Run by a superuser, for whom row level security, foreign
-- keys and triggers are off while the rows go in; the rows obey them all the same.

create schema bench;

create function bench.id(at timestamptz, seed text) returns uuid language sql immutable parallel safe as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
    || overlay(overlay(left(md5(seed), 20) placing '7' from 1) placing '8' from 5))::uuid
$$;

-- A number from 0 to below - 1 that looks random and is not.
create function bench.pick(key bigint, salt bigint, below bigint) returns bigint language sql immutable parallel safe as $$
  select (hashint8extended(key, salt) & 9223372036854775807) % below
$$;

-- The sizes follow Zipf's law, the organization of rank r having a share of 1 / r; but the largest has a fifth of all.
create table bench.organizations as
with shares as (
  select rank, case when rank = 1 then 0.2 else 0.8 / rank / sum(1.0 / rank) filter (where rank > 1) over () end as share
  from generate_series(1, :organizations) as rank
), sizes as (
  select rank, share, greatest(1, floor(:tickets * share))::integer as size from shares
), fitted as (
  select rank, share::float8 as share, size + case when rank = 1 then :tickets - sum(size) over () else 0 end as tickets from sizes
)
select rank, share, tickets::integer as tickets,
  bench.id(timestamptz '2024-01-01' + rank * interval '1 second', 'organization ' || rank) as id,
  greatest(1, tickets / 5)::integer as requesters,
  least(2 + tickets / 500, 30)::integer as members,
  -- About 7 % wait for an answer; a young organization has little else.
  least(tickets, greatest(tickets * 7 / 100, 30))::integer as open
from fitted;
alter table bench.organizations add primary key (rank);

insert into organizations (id, name, slug, created_at)
select id, 'Organization ' || rank, 'organization-' || rank, timestamptz '2024-01-01' from bench.organizations;

-- Triggers are off, so what they would write is written here.
insert into ticket_states (organization_id, id, name, category, position, is_default)
select o.id, bench.id(timestamptz '2024-01-01', 'state ' || o.rank || ' ' || s.position), s.name, s.category, s.position, true
from bench.organizations o, (values ('Open', 'open', 1), ('Pending', 'pending', 2), ('On hold', 'on_hold', 3), ('Solved', 'solved', 4),
  ('Closed', 'closed', 5)) as s (name, category, position);

create table bench.members as
select o.rank, n, o.id as organization_id,
  bench.id(timestamptz '2024-01-02', 'member ' || o.rank || ' ' || n) as id,
  bench.id(timestamptz '2024-01-02', 'identity ' || o.rank || ' ' || n) as identity_id
from bench.organizations o, generate_series(1, o.members) as n;
insert into identities (id, email, name, password_hash, created_at)
select identity_id, 'agent' || n || '@organization-' || rank || '.example', 'Agent ' || n, '', timestamptz '2024-01-02' from bench.members;
insert into memberships (organization_id, id, identity_id, name, role, created_at)
select organization_id, id, identity_id, 'Agent ' || n, case when n = 1 then 'owner' else 'agent' end, timestamptz '2024-01-02' from bench.members;

create table bench.requesters as
select o.rank, n, o.id as organization_id,
  bench.id(timestamptz '2024-02-01' + bench.pick(n * 1000 + o.rank, 1, 40000000) * interval '1 second', 'requester ' || o.rank || ' ' || n) as id
from bench.organizations o, generate_series(1, o.requesters) as n;
insert into requesters (organization_id, id, email, name, created_at)
select organization_id, id, 'requester' || n || '@customers-' || rank || '.example', 'Requester ' || n, timestamptz '2024-02-01'
from bench.requesters order by id;

insert into requester_addresses (organization_id, email, requester_id, created_at)
select organization_id, 'requester' || n || '@customers-' || rank || '.example', id, timestamptz '2024-02-01' from bench.requesters order by id;

alter table bench.members add primary key (rank, n);
alter table bench.requesters add primary key (rank, n);
analyze bench.organizations, bench.members, bench.requesters;

-- Rows go in by time, so that an organization's rows lie as scattered as they would after two years of use.
create table bench.tickets as
with drawn as (
  select o.rank, o.id as organization_id, n, o.tickets, o.open, o.members, o.requesters, o.rank * 10000000::bigint + n as key,
    timestamptz '2024-02-01' + interval '690 days' * (n - 0.5) / o.tickets as at
  from bench.organizations o, generate_series(1, o.tickets) as n
)
select d.rank, d.n, d.organization_id, d.key, bench.id(d.at, 'ticket ' || d.key) as id, d.at::timestamptz(3) as at,
  -- Ten on average: most tickets have a few, one in twenty has a hundred or so.
  case when bench.pick(d.key, 2, 100) < 60 then 1 + bench.pick(d.key, 13, 4)
    when bench.pick(d.key, 2, 100) < 95 then 5 + bench.pick(d.key, 13, 15)
    else 48 + bench.pick(d.key, 13, 76) end::integer as messages,
  -- The open ones are among the newest: every second of them, until there are enough.
  case
    when d.tickets - d.n < d.open * case when d.tickets >= d.open * 2 then 2 else 1 end
      and (d.tickets < d.open * 2 or (d.tickets - d.n) % 2 = 0) then 'open'
    when bench.pick(d.key, 3, 100) < 4 then 'pending'
    when bench.pick(d.key, 3, 100) < 5 then 'on_hold'
    when bench.pick(d.key, 3, 100) < 13 then 'solved'
    else 'closed'
  end as status,
  (array['low', 'normal', 'normal', 'normal', 'normal', 'normal', 'high', 'urgent'])[1 + bench.pick(d.key, 4, 8)] as priority,
  (array['email', 'email', 'api', 'web'])[1 + bench.pick(d.key, 5, 4)] as channel,
  r.id as requester_id, r.n as requester, m.id as assignee_id, m.n as assignee,
  case bench.pick(d.key, 6, 10)
    when 0 then array['tag-' || bench.pick(d.key, 7, 20)]
    when 1 then array['tag-' || bench.pick(d.key, 7, 10), 'tag-' || (10 + bench.pick(d.key, 8, 10))]
    else '{}'
  end as tags
from drawn d
join bench.requesters r on r.rank = d.rank and r.n = 1 + bench.pick(d.key, 9, d.requesters)
left join bench.members m on m.rank = d.rank and m.n = 1 + bench.pick(d.key, 10, d.members) and bench.pick(d.key, 11, 10) < 7
order by at;

insert into tickets (organization_id, id, number, subject, status, state_id, priority, channel, requester_id, requester_email, requester_name,
  assignee_id, assignee_name, tags, message_count, created_at, updated_at, last_message_at, closed_at)
select organization_id, id, n, (array['Cannot sign in', 'The invoice is wrong', 'Where is my order', 'The export has stopped',
    'How do I change my plan', 'A page does not load'])[1 + bench.pick(key, 12, 6)] || ' (' || n || ')',
  status, bench.id(timestamptz '2024-01-01', 'state ' || rank || ' ' || array_position(array['open', 'pending', 'on_hold', 'solved', 'closed'], status)),
  priority, channel, requester_id, 'requester' || requester || '@customers-' || rank || '.example', 'Requester ' || requester,
  assignee_id, 'Agent ' || assignee, tags, messages, at,
  at + messages * interval '1 hour', at + messages * interval '1 hour',
  case when status = 'closed' then at + messages * interval '1 hour' end
from bench.tickets;
insert into ticket_tags (organization_id, tag, ticket_id)
select organization_id, tag, id from bench.tickets, unnest(tags) as tag where tags <> '{}';
insert into ticket_counters (organization_id, last_number) select id, tickets from bench.organizations;

-- What is said: paragraphs of thirty words out of four thousand, a few of them said all the time.
create table bench.words as
select i, (array['ka', 'lo', 'mi', 'ter', 'sal', 'von', 'per', 'dra', 'nol', 'tis', 'gur', 'beth', 'or', 'quin', 'fal', 'zem'])[1 + i % 16]
  || (array['ra', 'den', 'mo', 'lis', 'tak', 'ven', 'su', 'pol', 'nir', 'go', 'hal', 'wex', 'ju', 'cor', 'bim', 'yet'])[1 + i / 16 % 16]
  || (array['', 'ta', 'on', 'er', 'ly', 'ish', 'um', 'el', 'ock', 'a', 'ine', 'us', 'or', 'ak', 'et', 'im'])[1 + i / 256 % 16] as word
from generate_series(0, 3999) as i;
create table bench.paragraphs as
select p::integer, string_agg(w.word, ' ' order by k) as text
from generate_series(0, 4095) as p cross join generate_series(1, 30) as k
join bench.words w on w.i = floor(power(4000, bench.pick(p * 100 + k, 31, 1000000) / 1000000.0))::integer - 1
group by p;
alter table bench.words add primary key (i);
alter table bench.paragraphs add primary key (p);
analyze bench.words, bench.paragraphs;

-- First the requester, then a person and the requester in turn. The bodies are made after the sort, which is of keys.
insert into messages (organization_id, id, ticket_id, kind, channel, author_user_id, author_requester_id, author_name, body,
  delivery_status, delivered_at, created_at)
select organization_id, bench.id(at, 'message ' || key || ' ' || k), id,
  case when by_person then 'reply' else 'inbound' end, case when by_person then 'web' else channel end,
  case when by_person then assignee_id end, case when by_person then null else requester_id end,
  case when by_person then 'Agent ' || assignee else 'Requester ' || requester end,
  one.text || ' ref' || key || '. ' || left(two.text, bench.pick(key, 20 + k, 200)::integer),
  case when by_person then 'sent' end, case when by_person then at + interval '1 second' end, at
from (
  select t.organization_id, t.key, t.id, t.channel, t.assignee_id, t.requester_id, t.assignee, t.requester, k,
    t.at + k * interval '1 hour' as at, k % 2 = 0 and t.assignee_id is not null as by_person
  from bench.tickets t, generate_series(1, t.messages) as k
  order by at
) as sorted
join bench.paragraphs one on one.p = bench.pick(key, 60 + k, 4096)
join bench.paragraphs two on two.p = bench.pick(key, 90 + k, 4096);

-- What search looks in: the words of a ticket as one document, as the product's own job writes them, and in its order.
insert into search_tickets (organization_id, ticket_id, reader, number, config, head, words, seq)
select t.organization_id, t.id, 'all', t.number, search_config('en')::text, h.head, h.head || to_tsvector('english', t.text), 0
from (
  select t.organization_id, t.id, t.number, t.subject, t.requester_name, t.requester_email, t.tags, said.text
  from (select organization_id, ticket_id, left(string_agg(body, ' '), 400000) as text from messages group by 1, 2) said
  join tickets t on t.organization_id = said.organization_id and t.id = said.ticket_id
  order by t.created_at
) t
cross join lateral (select setweight(to_tsvector('english', t.subject), 'A')
  || setweight(to_tsvector('english', t.requester_name || ' ' || t.requester_email), 'B')
  || setweight(to_tsvector('english', array_to_string(t.tags, ' ')), 'C') as head) h;
-- The vocabulary of the larger organizations: whoever says little has hardly any.
insert into search_words (organization_id, word)
select distinct o.id, w.word from bench.organizations o cross join bench.words w where o.rank <= 200;

insert into ledger_heads (organization_id, seq, hash) select id, 0, decode(repeat('00', 32), 'hex') from bench.organizations;
create index on bench.tickets (rank, n);
-- The newest tickets of each organization are in its log, written by the product's own function.
do $$
declare organization record;
begin
  for organization in select rank, id, tickets from bench.organizations order by rank loop
    perform set_config('app.organization_id', organization.id::text, true);
    perform ledger_append(jsonb_agg(jsonb_build_object(
      'id', bench.id(t.at, 'event ' || t.key), 'type', 'ticket.created',
      'occurredAt', to_char(t.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'actorType', 'requester', 'actorId', t.requester_id, 'subjectType', 'ticket', 'subjectId', t.id,
      'payload', '{"changes":null,"data":{"number":' || t.n || ',"priority":"' || t.priority || '","requesterId":"' || t.requester_id || '"}}',
      'requestId', bench.id(t.at, 'request ' || t.key)) order by t.n))
    from bench.tickets t where t.rank = organization.rank and t.n > organization.tickets - 100;
  end loop;
end
$$;
-- As if the relay had taken them.
delete from outbox;
-- What search is asked for.
create table bench.vocabulary as select i, word from bench.words where word not in (select word from bench.words group by word having count(*) > 1);
insert into views (organization_id, id, name, scope, conditions, columns)
select id, bench.id(timestamptz '2024-01-04', 'view ' || rank), 'Waiting and pressing', 'organization',
  '{"all": [{"field": "status", "operator": "in", "value": ["open", "pending"]}, {"field": "priority", "operator": "in", "value": ["high", "urgent"]}]}',
  array['subject', 'requester', 'priority', 'updatedAt'] from bench.organizations;
drop table bench.tickets, bench.requesters, bench.members, bench.words, bench.paragraphs;
