import { preparedStatement } from '#core/database/prepared-statement.js';

/** Characters of one message that are looked through: past them there is a log file, and no word of anybody's. */
const LONGEST_SAID = 50_000;
/** Messages of one ticket, the newest. */
const MOST_SAID = 1_000;

/** Those of them that are looked at first for a piece to show, and those that are if there is none in these. */
const NEWEST_SAID = 6;
const NEWER_SAID = 20;

/** An address is found by its parts and by its domain too. */
const PARTS = (address: string): string =>
  `concat_ws(' ', ${address}, translate(${address}, '@.-_', '    '), split_part(${address}, '@', 2))`;

/** The mark of words that stand in further addresses of a customer alone, which a ticket does not show. */
const ADDRESSES = 'C';

/** The text of a tsquery that looks past what {@link ADDRESSES} marks. `query` is as Postgres wrote it, without marks. */
export function withoutAddresses(query: string): string {
  return query.replace(/'(?:[^']|'')*'/g, '$&:ABD');
}

/**
 * Writes down the words of tickets ($1), of each the newest $2 characters of what was said. Everything is of one
 * snapshot, the last event of the log with it, so an older look never overwrites a newer one. The texts stay in the
 * database.
 */
export const indexTickets = preparedStatement(
  'search_index_tickets',
  `with settings as (
     select search_config(o.locale) as config, (select h.seq from ledger_heads h) as seq from organizations o
   ), asked as (
     select t.id, t.number, t.subject, array_to_string(t.tags, ' ') as tags,
       concat_ws(' ', t.requester_name, ${PARTS('t.requester_email')}, array_to_string(t.cc, ' ')) as customer,
       (select string_agg(${PARTS('a.email')}, ' ') from requester_addresses a
         where a.requester_id = t.requester_id and a.email <> t.requester_email) as addresses
     from tickets t where t.id = any($1::uuid[])
   ), said as (
     select a.id, string_agg(m.body, E'\\n\\n' order by m.created_at, m.id) filter (where m.kind <> 'note') as outside,
       string_agg(m.body, E'\\n\\n' order by m.created_at, m.id) as everything, bool_or(m.kind = 'note') as has_notes
     from asked a cross join lateral (
       select s.*, sum(length(s.body)) over (order by s.created_at desc, s.id desc) - length(s.body) as before from (
         select m.id, m.kind, m.created_at, left(m.body, least(${LONGEST_SAID}, $2::int)) as body from messages m
         where m.ticket_id = a.id order by m.created_at desc, m.id desc limit ${MOST_SAID}
       ) s
     ) m where m.before < $2::int group by a.id
   ), texts as (
     select a.*, r.reader, r.said from asked a left join said s on s.id = a.id cross join lateral (
       select 'all' as reader, s.everything as said where s.has_notes is not true
       union all select 'outside', s.outside where s.has_notes
       union all select 'team', s.everything where s.has_notes
     ) r
   ), docs as (
     select x.id, x.number, x.reader, x.said, s.config, s.seq, concat_ws(' ', x.subject, x.customer, x.addresses) as first_words,
       setweight(to_tsvector(s.config, x.subject), 'A') || setweight(to_tsvector(s.config, x.customer || ' ' || x.tags), 'B')
         || setweight(to_tsvector(s.config, coalesce(x.addresses, '')), '${ADDRESSES}') as head
     from texts x, settings s
   ), kept as (
     insert into search_tickets as k (ticket_id, reader, number, config, head, words, seq)
     select d.id, d.reader, d.number, d.config::text, d.head, d.head || to_tsvector(d.config, coalesce(d.said, '')), d.seq from docs d
     on conflict (organization_id, ticket_id, reader) do update
       set config = excluded.config, head = excluded.head, words = excluded.words, seq = excluded.seq
       where excluded.seq >= k.seq
     returning 1
   ), gone as (
     delete from search_tickets g using settings s where g.ticket_id = any($1::uuid[]) and g.seq <= s.seq
       and not exists (select from docs d where d.id = g.ticket_id and d.reader = g.reader)
   ), learnt as (
     insert into search_words (word)
     select distinct u.lexeme collate "C" from docs d
     cross join lateral unnest(to_tsvector('simple', d.first_words || ' ' || coalesce(d.said, ''))) u
     where d.reader <> 'outside' and char_length(u.lexeme) between 3 and 40 and u.lexeme !~ '[0-9@/._:]'
     order by 1 on conflict do nothing
   )
   select count(*)::int as "kept" from kept`,
);

/** Whether the words of the ticket $1 hold the event $2 already. */
export const isIndexed = preparedStatement(
  'search_is_indexed',
  `select exists (select from search_tickets s where s.ticket_id = $1 and s.seq >= $2::bigint) as "isIndexed"`,
);

/** Tickets after the ticket $1 of which no words are written down, $2 at most. */
export const ticketsWithoutWords = preparedStatement(
  'search_tickets_without_words',
  `select t.id from tickets t where t.id > $1::uuid
     and not exists (select from search_tickets s where s.ticket_id = t.id) order by t.id limit $2`,
);

/** Tickets of the customer $1 after the ticket $2, $3 at most. */
export const ticketsOfCustomer = preparedStatement(
  'search_tickets_of_customer',
  `select t.id from tickets t where t.requester_id = $1::uuid and t.id > $2::uuid order by t.id limit $3`,
);

/** All tickets after $1, $2 at most; of those alone whose words are of another language than the organization's if $3. */
export const ticketsToIndex = preparedStatement(
  'search_tickets_to_index',
  `select t.id from tickets t where t.id > $1::uuid and (not $3::boolean or exists (
     select from search_tickets s, organizations o
     where s.ticket_id = t.id and s.config <> search_config(o.locale)::text
   )) order by t.id limit $2`,
);

/**
 * Words ($1) and phrases ($2) as what is asked of the index, in the language of the organization; of the last word,
 * if $3, what it can be the beginning of.
 */
export const readTerms = preparedStatement(
  'search_read_terms',
  `with language as (select search_config(o.locale) as config from organizations o)
   select 'word' as "kind", w.text as "text", plainto_tsquery(l.config, w.text)::text as "query",
     array(select c || '|' || plainto_tsquery(l.config, c)::text from search_words_like(w.text, true, 30) c
       where $3::boolean and w.n = cardinality($1::text[])) as "others"
   from language l, unnest($1::text[]) with ordinality w (text, n)
   union all
   select 'phrase', p.text, phraseto_tsquery(l.config, p.text)::text, '{}' from language l, unnest($2::text[]) p (text)`,
);

/** Words that are like each of $1, as the organization uses them: `word|query`. */
export const likeWords = preparedStatement(
  'search_like_words',
  `select w.text as "text", array(select c || '|' || plainto_tsquery(search_config(o.locale), c)::text
     from search_words_like(w.text, false, 30) c) as "others"
   from organizations o, unnest($1::text[]) w (text)`,
);

/** The messages of the ticket `a` from the newest but `from` on, `most` of them: the one with the most of the stems $2. */
const HIT = (from: number, most: number): string => `(
     select m.ticket_id as "ticketId", m.id, substr(m.body, greatest(1, h.first_at - 120), 600) as "piece",
       h.first_at > 121 as "isCut"
     from (
       -- The fence keeps the small letters from being made once more for each stem.
       select n.*, lower(n.body) as small from (
         select m.id, m.ticket_id, m.created_at, left(m.body, ${LONGEST_SAID}) as body from messages m
         where m.ticket_id = a.ticket_id and ($3::boolean or m.kind <> 'note')
         order by m.created_at desc, m.id desc offset ${from} limit ${most}
       ) n offset 0
     ) m cross join lateral (
       select count(*) filter (where p.at > 0) as hits, coalesce(min(p.at) filter (where p.at > 0), 0) as first_at
       from (select strpos(m.small, s.stem) as at from unnest($2::text[]) s (stem)) p
     ) h
     where h.hits > 0 order by h.hits desc, m.created_at desc, m.id desc limit 1
   )`;

/**
 * Where the stems $2 stand in what was said on the tickets $1: of each the message with the most of them, the newest
 * first, and a piece of it around the first. Notes only if $3. A conversation is looked through beyond its newest
 * messages only when none of those has any: each message lies on a page of its own.
 */
export const messagesWith = preparedStatement(
  'search_messages_with',
  `select f.* from unnest($1::uuid[]) a (ticket_id) cross join lateral (
     ${HIT(0, NEWEST_SAID)} union all ${HIT(NEWEST_SAID, NEWER_SAID - NEWEST_SAID)}
     union all ${HIT(NEWER_SAID, MOST_SAID - NEWER_SAID)} limit 1
   ) f`,
);

/**
 * Who or what a name of a filter means ($1 kinds, $2 names, in pairs): people by their name or the first part of it,
 * teams and companies by their name, customers by their name or an address. $3 whether customers are for the reader:
 * if not, then those alone whom a ticket shows, by what it shows of them.
 */
export const idsByName = preparedStatement(
  'search_ids_by_name',
  `select a.kind as "kind", a.name as "name", f.id from unnest($1::text[], $2::text[]) a (kind, name) cross join lateral (
     select m.id from memberships m where a.kind = 'assignee'
       and (lower(m.name) = lower(a.name) or split_part(lower(m.name), ' ', 1) = lower(a.name))
     union all select t.id from teams t where a.kind = 'team' and lower(t.name) = lower(a.name)
     union all select c.id from companies c where $3::boolean and a.kind = 'company' and lower(c.name) = lower(a.name)
     union all select r.requester_id from requester_addresses r
       where $3::boolean and a.kind = 'customer' and r.email = lower(a.name)
     union all select r.id from requesters r where a.kind = 'customer'
       and (lower(r.name) = lower(a.name) or (not $3::boolean and r.email = lower(a.name)))
       and ($3::boolean or exists (select from tickets t where t.requester_id = r.id))
   ) f limit 100`,
);
