alter table outbound_mails
  add column html text,
  add column cc   text[] not null default '{}',
  add column bcc  text[] not null default '{}';
