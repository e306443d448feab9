-- What one person or one key did.
create index concurrently ledger_events_trail_actor_idx on ledger_events (organization_id, actor_id, seq)
  where type not like 'ticket.%' and type not like 'mail.%';
