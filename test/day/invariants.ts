import type pg from 'pg';

/**
 * What must hold of an organization's rows and its log whatever was done at its desk and in whatever order: nothing
 * lost, nothing doubled, nothing crossed. Each statement gives a row for each breach of it. `$1` is the organization.
 */
const INVARIANTS: Record<string, string> = {
  'a ticket counts its messages': `select t.number::text as what from tickets t where t.organization_id = $1 and t.message_count <>
       (select count(*) from messages m where m.organization_id = $1 and m.ticket_id = t.id)`,
  'numbers are given without a gap': `select 'numbers end at ' || max(number) || ' and are ' || count(*) from tickets where organization_id = $1
     having max(number) <> count(*) or max(number) <> (select last_number from ticket_counters where organization_id = $1)`,
  'the log has no gap, and its head is its end': `select 'head ' || h.seq from ledger_heads h where h.organization_id = $1 and (
       h.seq <> (select count(*) from ledger_events e where e.organization_id = $1)
       or h.hash <> (select e.hash from ledger_events e where e.organization_id = $1 and e.seq = h.seq))`,
  'each event is chained to the one before': `select e.seq::text from ledger_events e join ledger_events p on p.organization_id = $1 and p.seq = e.seq - 1
     where e.organization_id = $1 and e.prev_hash <> p.hash`,
  'each message has one event of its own': `select m.id::text from messages m where m.organization_id = $1 and 1 <> (
       select count(*) from ledger_events e where e.organization_id = $1 and e.data ->> 'messageId' = m.id::text
         and e.type in ('ticket.created', 'ticket.replied', 'ticket.noted', 'ticket.message_received'))`,
  'each event of a message has its message': `select e.seq::text from ledger_events e where e.organization_id = $1
       and e.type in ('ticket.replied', 'ticket.noted', 'ticket.message_received')
       and not exists (select from messages m where m.organization_id = $1 and m.id::text = e.data ->> 'messageId')`,
  'a reply is one mail': `select m.id::text from messages m where m.organization_id = $1 and m.kind = 'reply' and 1 <> (
       select count(*) from outbound_mails o where o.organization_id = $1 and o.message_id = m.id and o.status = 'sent')`,
  'a mail that was taken is one message': `select i.id::text from inbound_mails i where i.organization_id = $1 and i.disposition in ('ticket', 'reply') and 1 <> (
       select count(*) from messages m where m.organization_id = $1 and m.id = i.message_id and m.mail_message_id = i.message_id_header)`,
  'a merged ticket is closed, empty and not in a ring': `with recursive chain as (
       select id, merged_into_id as next, 1 as step from tickets where organization_id = $1 and merged_into_id is not null
       union all
       select c.id, t.merged_into_id, step + 1 from chain c join tickets t on t.organization_id = $1 and t.id = c.next
       where t.merged_into_id is not null and step < 200
     )
     select t.number::text from tickets t where t.organization_id = $1 and t.merged_into_id is not null
       and (t.status <> 'closed' or t.message_count > 0 or exists (select from chain c where c.id = t.id and c.step >= 200))`,
  'a message that was moved came from a ticket that leads here': `with recursive leads as (
       select id as origin, merged_into_id as here from tickets where organization_id = $1 and merged_into_id is not null
       union
       select l.origin, t.merged_into_id from leads l join tickets t on t.organization_id = $1 and t.id = l.here
       where t.merged_into_id is not null
     )
     select m.id::text from messages m where m.organization_id = $1 and m.origin_id is not null
       and not exists (select from leads l where l.origin = m.origin_id and l.here = m.ticket_id)
       and not exists (select from operations o where o.organization_id = $1 and o.kind = 'split')`,
  'a state is of its category': `select t.number::text from tickets t join ticket_states s on s.organization_id = $1 and s.id = t.state_id
     where t.organization_id = $1 and s.category <> t.status`,
  'tags as rows are the tags': `select t.number::text from tickets t where t.organization_id = $1 and
       (select coalesce(array_agg(g.tag order by g.tag), '{}') from ticket_tags g where g.organization_id = $1 and g.ticket_id = t.id)
       <> (select coalesce(array_agg(x order by x), '{}') from unnest(t.tags) x)`,
  'the log tells where each field of a ticket ended': `with told as (
       select e.subject_id, c.key, c.value -> 1 as value, row_number() over (partition by e.subject_id, c.key order by e.seq desc) as back
       from ledger_events e cross join lateral jsonb_each(e.changes) c
       where e.organization_id = $1 and e.subject_type = 'ticket' and c.key in ('priority', 'type', 'assigneeId', 'status')
     )
     select t.number || ': ' || told.key || ' is told as ' || told.value::text from told join tickets t on t.organization_id = $1 and t.id = told.subject_id
     where back = 1 and told.value is distinct from
       case told.key when 'priority' then to_jsonb(t.priority) when 'type' then coalesce(to_jsonb(t.type), 'null')
         when 'status' then to_jsonb(t.status) else coalesce(to_jsonb(t.assignee_id), 'null') end`,
  'nothing waits to be handed on': `select type from outbox where organization_id = $1`,
};

/** The breaches of every invariant, each as a sentence. Reads as the owner of the tables. */
export async function breachesOf(owner: pg.Client, organizationId: string): Promise<string[]> {
  await owner.query("select set_config('app.organization_id', $1, false)", [organizationId]);
  const breaches: string[] = [];
  for (const [name, statement] of Object.entries(INVARIANTS)) {
    const { rows } = await owner.query<Record<string, unknown>>(
      statement,
      statement.includes('$1') ? [organizationId] : [],
    );
    for (const row of rows.slice(0, 5)) breaches.push(`${name}: ${Object.values(row).join(' ')}`);
    if (rows.length > 5) breaches.push(`${name}: and ${rows.length - 5} more`);
  }
  return breaches;
}
