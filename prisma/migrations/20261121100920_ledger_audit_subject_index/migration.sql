-- What was done to one person, key or role.
create index concurrently ledger_events_trail_subject_idx on ledger_events (organization_id, subject_id, seq)
  where type not like 'ticket.%' and type not like 'mail.%';
