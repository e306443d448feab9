-- Who writes the bills of a plan. What is billed elsewhere is written here as it is told, and never billed a second time.
alter table subscriptions add column billed_by text not null default 'manual' check (billed_by in ('manual', 'stripe'));
