-- Bytes, once an organization however often they are attached. The bytes themselves are on the disk or in the object
-- store, under a name made of the organization and the row: a file that is taken in again
-- while its last use is cleaned away must not lose its bytes to the cleaning.
create table files (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  sha256          bytea          not null check (octet_length(sha256) = 32),
  size            bigint         not null check (size >= 0),
  -- Sniffed from the bytes.
  media_type      text           not null,
  created_at      timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
create unique index files_organization_id_sha256_key on files (organization_id, sha256);
call protect_tenant_table('files');
grant select, insert, delete on files to manydesk_app;

create table drafts (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id              uuid           not null,
  user_id         uuid           not null,
  ticket_id       uuid           not null,
  kind            text           not null check (kind in ('reply', 'note')),
  html            text           not null default '',
  -- Null while nobody has thought of it: the ticket's own then.
  cc              text[],
  bcc             text[]         not null default '{}',
  mentions        uuid[]         not null default '{}',
  version         integer        not null default 1,
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, user_id) references memberships (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, ticket_id) references tickets (organization_id, id) on delete restrict on update restrict
);
create unique index drafts_organization_id_user_id_ticket_id_kind_key on drafts (organization_id, user_id, ticket_id, kind);
create index drafts_organization_id_user_id_updated_at_id_idx on drafts (organization_id, user_id, updated_at desc, id desc);
create index drafts_organization_id_ticket_id_idx on drafts (organization_id, ticket_id);
call protect_tenant_table('drafts');
grant select, insert, update, delete on drafts to manydesk_app;

-- A file under a name, on a message, or on its way to one.
create table attachments (
  organization_id uuid           not null default nullif(current_setting('app.organization_id', true), '')::uuid
                              references organizations (id) on delete restrict on update restrict,
  id                    uuid           not null,
  file_id               uuid           not null,
  message_id            uuid,
  draft_id              uuid,
  name                  text           not null check (char_length(name) between 1 and 255),
  -- Shown inside the text (RFC 2392), not below it.
  content_id            text,
  inline                boolean        not null default false,
  uploaded_by_user_id   uuid,
  uploaded_by_key_id    uuid,
  created_at            timestamptz(3) not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, file_id) references files (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, message_id) references messages (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, draft_id) references drafts (organization_id, id) on delete set null (draft_id) on update restrict,
  foreign key (organization_id, uploaded_by_user_id) references memberships (organization_id, id) on delete restrict on update restrict,
  foreign key (organization_id, uploaded_by_key_id) references api_keys (organization_id, id) on delete restrict on update restrict
);
create index attachments_organization_id_message_id_idx on attachments (organization_id, message_id);
create index attachments_organization_id_draft_id_idx on attachments (organization_id, draft_id) where draft_id is not null;
create index attachments_organization_id_file_id_idx on attachments (organization_id, file_id);
create index attachments_waiting_idx on attachments (organization_id, created_at) where message_id is null;
call protect_tenant_table('attachments');
grant select, insert, update (message_id, draft_id), delete on attachments to manydesk_app;
