create index concurrently search_tickets_shelf_words_idx on search_tickets
  using gin ((organization_id::text || '/' || (number >> 8)::text), words) with (fastupdate = off);
