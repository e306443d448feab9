-- Temporary tables and functions come last for it, as for every function: left unsaid, they come first.
alter function features_changed() set search_path = pg_catalog, pg_temp;
