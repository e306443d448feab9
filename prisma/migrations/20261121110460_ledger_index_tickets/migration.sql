-- What happened to one ticket, the newest first.
create index concurrently ledger_events_tickets_idx on ledger_events (organization_id, subject_id, seq)
  where subject_type = 'ticket';
