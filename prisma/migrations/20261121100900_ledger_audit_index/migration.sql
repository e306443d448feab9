-- The trail is what is left of a log without the work on tickets and mails: one event in hundreds. Concurrent and
-- alone in its file, because a log that is in use must not be locked for it. The condition is the text that
-- modules/audit/trail.ts writes, so that the planner can prove it.
create index concurrently ledger_events_trail_idx on ledger_events (organization_id, seq)
  where type not like 'ticket.%' and type not like 'mail.%';
