import type { ParsedMail } from './parse-mail.js';

/** Under these names the deployment writes to its own people: nobody reads what is sent there. */
const NOTICE_SENDER = 'no-reply';
const NOTICE_MARK = '.notice';

type Addressed = Pick<ParsedMail, 'messageId' | 'from' | 'to' | 'cc' | 'deliveredTo'> &
  Pick<ParsedMail, 'inReplyTo' | 'references' | 'automatic'>;

/**
 * Whether the mail is one that the deployment wrote to its people and that came back: somebody's address here leads to
 * the desk. Taken in, it would open a ticket, of which somebody would be told by another such mail, for ever.
 */
export function isNotice({ messageId, from }: Addressed, domain: string): boolean {
  return isNoticeId(messageId ?? '', domain) || from?.email === senderAt(domain);
}

/**
 * Whether a machine answers such a mail, as absence notices and bounces do, or the mail went to the address that it comes
 * from and nowhere else. What a person sends elsewhere too is a mail like any other.
 */
export function answersNotice(mail: Addressed, domain: string): boolean {
  const isSender = ({ email }: { email: string }): boolean => email === senderAt(domain);
  const isOnlySender = (addresses: readonly { email: string }[]): boolean =>
    addresses.length > 0 && addresses.every(isSender);
  if (isOnlySender([...mail.to, ...mail.cc]) || isOnlySender(mail.deliveredTo)) return true;
  const ids = [...mail.inReplyTo, ...mail.references];
  return mail.automatic.length > 0 && ids.some((id) => isNoticeId(id, domain));
}

function isNoticeId(id: string, domain: string): boolean {
  return id.toLowerCase().endsWith(`${NOTICE_MARK}@${domain.toLowerCase()}`);
}

const senderAt = (domain: string): string => `${NOTICE_SENDER}@${domain.toLowerCase()}`;
