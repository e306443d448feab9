/**
 * Every kind of notice, with the names that its sentences need. The sentences are in `messages/`; a test keeps the
 * languages complete.
 */
export const NOTICE_KINDS = {
  /**
   * Proves the address of somebody who wants to open an organization. Says nothing that they typed: it goes to an
   * address that is not proved, so it would carry anybody's text to anybody.
   */
  registration: [],
  /** The same, to an address that has an account already. */
  registration_known: ['name'],
  password_reset: ['name'],
  password_changed: ['name', 'time', 'device'],
  /** To the new address, which is to be proved. */
  email_change: ['name', 'oldAddress', 'newAddress'],
  /** To the old address, before and after. */
  email_change_asked: ['name', 'oldAddress', 'newAddress'],
  email_changed: ['name', 'oldAddress', 'newAddress'],
  invitation: ['organization', 'inviter', 'role', 'days'],
  second_factor_added: ['name', 'factor', 'time'],
  second_factor_removed: ['name', 'factor', 'time'],
  /** An administrator took all second factors away. */
  second_factor_reset: ['name', 'organization', 'time'],
  recovery_code_used: ['name', 'left', 'time'],
  /** Says who and where, never what was written: a note stays in the desk. */
  mentioned: ['name', 'actor', 'number', 'subject', 'count', 'organization'],
  assigned: ['name', 'actor', 'number', 'subject', 'count', 'organization'],
  customer_replied: ['name', 'actor', 'number', 'subject', 'count', 'organization'],
  ticket_created: ['name', 'actor', 'number', 'subject', 'count', 'organization'],
  /** Several of the four in one mail, a line each. */
  notification_digest: ['name', 'count', 'organization'],
  /** Nothing came through for days, or the receiver said that it is gone. */
  webhook_disabled: ['name', 'organization'],
  billing_invoice: ['name', 'organization', 'number', 'total', 'date'],
  /** What the plan has become, and what follows. */
  billing_status: ['name', 'organization', 'status'],
  /** 80 or 100 % of something that the plan bounds. */
  billing_limit: ['name', 'organization', 'entitlement', 'percent'],
  organization_deletion: ['name', 'organization', 'date'],
  organization_kept: ['name', 'organization'],
} as const satisfies Record<string, readonly string[]>;

export type NoticeKind = keyof typeof NOTICE_KINDS;

/** The lines of a digest, with the names that each needs. */
export const NOTICE_ENTRIES = {
  mentioned: ['actor', 'number', 'subject', 'count'],
  assigned: ['actor', 'number', 'subject', 'count'],
  customer_replied: ['actor', 'number', 'subject', 'count'],
  ticket_created: ['actor', 'number', 'subject', 'count'],
  suppressed: ['count'],
  more: ['count'],
} as const satisfies Record<string, readonly string[]>;

/** One line of a digest, and the path of the dashboard that it leads to. */
export interface NoticeEntry {
  says: keyof typeof NOTICE_ENTRIES;
  values: Record<string, string | number>;
  path: string;
}

/** What a notice says: the values of its sentences, and where its button leads. */
export interface Notice {
  values: Record<string, string | number>;
  /** The path of the dashboard that the button opens, with its token; absent, there is no button. */
  path?: string;
  /** Lines between its sentences and its button. */
  entries?: NoticeEntry[];
  /** Paths that end such mails: `post` without asking (RFC 8058), `page` for a person. */
  unsubscribe?: { post: string; page: string };
}
