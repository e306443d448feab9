import type { IncomingMail } from '#modules/tickets/ticket-intake.service.js';
import type { KeptFile } from './mail-files.service.js';
import type { ParsedMail } from './mime/parse-mail.js';
import { visibleReply } from './mime/reply-text.js';

const NO_SUBJECT = '(no subject)';
const MOST_COPIES = 50;

/** A mail as the desk takes it in. `isOwn` knows the addresses that lead back here. */
export function incomingMail(
  mail: ParsedMail,
  files: readonly KeptFile[],
  isOwn: (email: string) => boolean,
): IncomingMail {
  const from = mail.from!;
  const { visible, quoted } = visibleReply(mail.text);
  return {
    from: { email: from.email, name: from.name ?? '' },
    subject: mail.subject ?? NO_SUBJECT,
    body: bodyOf(visible, files),
    html: mail.html,
    quote: mail.html === null ? quoted.trim() || null : mail.htmlQuote,
    cc: copiesOf(mail, isOwn),
    mailMessageId: mail.messageId,
    attachmentCount: files.filter(({ fileId }) => fileId !== null).length,
    isPersonal: mail.automatic.length === 0,
  };
}

/** The text, and by name what came with it and could not be kept: those bytes are in the raw mail alone. */
function bodyOf(text: string, files: readonly KeptFile[]): string {
  const lost = files
    .filter(({ fileId }) => fileId === null)
    .map(({ name, size }) => `[Attachment not kept, the storage is full: ${name}, ${size} bytes]`);
  return (
    [text.trimEnd(), ...lost.slice(0, 100)].filter((part) => part !== '').join('\n') || '(no text)'
  );
}

/** Cc of the mail, without its sender and without addresses that lead back here. */
function copiesOf(
  { cc, deliveredTo, from }: ParsedMail,
  isOwn: (email: string) => boolean,
): string[] {
  const skipped = new Set([from!.email, ...deliveredTo.map(({ email }) => email)]);
  const copies = cc
    .map(({ email }) => email)
    .filter((email) => !skipped.has(email) && !isOwn(email));
  return [...new Set(copies)].slice(0, MOST_COPIES);
}
