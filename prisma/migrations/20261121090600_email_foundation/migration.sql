create table inbound_mails (
  organization_id   uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                   references organizations (id) on delete restrict on update restrict,
  id                uuid           not null,
  raw               bytea          not null,
  size              integer        not null,
  fingerprint       bytea          not null,
  message_id_header text,
  from_address      text,
  subject           text,
  disposition       text           not null check (disposition in ('ticket', 'reply', 'duplicate', 'rejected')),
  reason            text,
  ticket_id         uuid,
  message_id        uuid,
  auto_generated    boolean        not null default false,
  received_at       timestamptz(3) not null default now(),
  primary key (organization_id, id),
  check ((disposition in ('ticket', 'reply')) <= (ticket_id is not null and message_id is not null)),
  check ((disposition = 'rejected') <= (reason is not null)),
  foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, message_id) references messages (organization_id, id) on delete restrict on update restrict
);
-- Two deliveries of one mail at once: one is the mail, the other its duplicate.
create unique index inbound_mails_organization_id_fingerprint_key on inbound_mails (organization_id, fingerprint)
  where disposition in ('ticket', 'reply');
create index inbound_mails_organization_id_received_at_id_idx on inbound_mails (organization_id, received_at desc, id desc);
create index inbound_mails_organization_id_from_address_received_at_idx on inbound_mails (organization_id, from_address, received_at);
create index inbound_mails_organization_id_ticket_id_idx on inbound_mails (organization_id, ticket_id);
call protect_tenant_table('inbound_mails');
grant select, insert on inbound_mails to manydesk_app;

create table outbound_mails (
  organization_id   uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                                   references organizations (id) on delete restrict on update restrict,
  id                uuid           not null,
  ticket_id         uuid           not null,
  message_id        uuid           not null,
  message_id_header text           not null,
  from_address      text           not null,
  from_name         text           not null,
  to_address        text           not null,
  subject           text           not null,
  text              text           not null,
  status            text           not null default 'queued' check (status in ('queued', 'sent', 'failed')),
  attempts          integer        not null default 0,
  last_error        text,
  created_at        timestamptz(3) not null default now(),
  sent_at           timestamptz(3),
  primary key (organization_id, id),
  foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, message_id) references messages (organization_id, id) on delete restrict on update restrict
);
create unique index outbound_mails_organization_id_message_id_key on outbound_mails (organization_id, message_id);
create index outbound_mails_organization_id_created_at_id_idx on outbound_mails (organization_id, created_at desc, id desc);
create index outbound_mails_organization_id_ticket_id_idx on outbound_mails (organization_id, ticket_id);
call protect_tenant_table('outbound_mails');
grant select, insert, update on outbound_mails to manydesk_app;
