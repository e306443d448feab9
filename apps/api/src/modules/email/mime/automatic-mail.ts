import { firstField, type HeaderBlock } from './header-block.js';

/** The field by which our own mail is known when it comes back. */
export const loopField = 'X-Manydesk-Loop';

/** Why a mail is taken for one that no person wrote: it must never be answered by a machine. */
export type AutomaticReason =
  | 'auto_submitted'
  | 'auto_reply_header'
  | 'auto_response_suppress'
  | 'bounce'
  | 'empty_return_path'
  | 'list'
  | 'own_loop'
  | 'precedence'
  | 'system_sender';

const listFields = ['id', 'unsubscribe', 'post', 'help', 'subscribe', 'owner', 'archive'];
const replyFields = ['autoreply', 'auto-reply', 'autorespond', 'autoresponder', 'mail-autoreply'];
const systemSender =
  /^(?:.{0,60}[-_.+])?(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|mailer-daemon|postmaster|bounces?)(?:[-_.+].{0,60})?@/;

/**
 * Every sign that a machine sent the mail, in order of strength; none for a mail of a person.
 * Sources: RFC 3834 (Auto-Submitted, empty return path), RFC 2076 (Precedence), RFC 2919 and 2369
 * (List-*), RFC 3462 and 3464 (reports), [MS-OXCMAIL] 2.2.3.2.14 (X-Auto-Response-Suppress), and
 * what vacation programs add by custom. The signs are never complete, so callers must count too.
 */
export function automaticReasons(
  block: HeaderBlock,
  senderEmail: string | null,
): AutomaticReason[] {
  const value = (name: string) => (firstField(block, name) ?? '').toLowerCase();
  const isSaid = (name: string) => !['', 'no', 'none', 'false'].includes(value(name));
  const contentType = value('content-type');
  const signs: [AutomaticReason, boolean][] = [
    ['own_loop', value(loopField.toLowerCase()) !== ''],
    [
      'bounce',
      /^multipart\/report\b|^message\/(?:delivery|disposition)-/.test(contentType) ||
        value('x-failed-recipients') !== '',
    ],
    ['auto_submitted', !/^(?:no\b.*)?$/.test(value('auto-submitted'))],
    ['auto_reply_header', replyFields.some((name) => isSaid(`x-${name}`))],
    ['auto_response_suppress', isSaid('x-auto-response-suppress')],
    ['precedence', /^(?:bulk|list|junk|auto_reply)\b/.test(value('precedence'))],
    ['list', listFields.some((name) => value(`list-${name}`) !== '')],
    ['empty_return_path', /^<\s*>$/.test(value('return-path'))],
    ['system_sender', senderEmail !== null && systemSender.test(senderEmail)],
  ];
  return signs.filter(([, holds]) => holds).map(([reason]) => reason);
}
