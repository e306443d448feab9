import { type AutomaticReason, automaticReasons } from './automatic-mail.js';
import { cleanLine } from './clean-text.js';
import { fieldText, firstField, type HeaderBlock, readHeaderBlock } from './header-block.js';
import {
  type BodyProblem,
  type MailAttachment,
  type MailBody,
  readMailBody,
  unreadBody,
} from './mail-body.js';
import { parseMailDate } from './mail-date.js';
import { readMailHeader, type SenderField } from './mail-header.js';
import { type MailLimits, mailLimits } from './mail-limits.js';
import type { MailAddress } from './mail-sender.js';
import { boundReferences, messageIdsIn, normaliseMessageId } from './message-ids.js';

/** A mail as the desk uses it: decoded, normalised, bounded, and safe to store in Postgres. */
export interface ParsedMail {
  /** Without angle brackets; null when absent or absurdly long. Chosen by the sender: not unique. */
  readonly messageId: string | null;
  /** Message-IDs without angle brackets. */
  readonly inReplyTo: readonly string[];
  /** Oldest first; without angle brackets. */
  readonly references: readonly string[];
  /** As the mail claims: whoever writes a mail writes this too. Null when no field holds an address. */
  readonly from: MailAddress | null;
  readonly senderField: SenderField | null;
  readonly replyTo: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  /** The addresses that the transport delivered to. */
  readonly deliveredTo: readonly MailAddress[];
  /** One line, or null when it is blank. */
  readonly subject: string | null;
  /** As the mail claims. */
  readonly date: Date | null;
  /** Plain text (made from HTML when there is no other), LF line ends; empty when there is none. */
  readonly text: string;
  /** What the author wrote as safe HTML, without the history below it; null when the mail has no HTML to show. */
  readonly html: string | null;
  /** The history below `html`; null when there is none. */
  readonly htmlQuote: string | null;
  readonly attachments: readonly MailAttachment[];
  /** Signs that a machine sent it, strongest first; empty for a mail of a person. */
  readonly automatic: readonly AutomaticReason[];
  /** Why the body was not read completely, or null. */
  readonly bodyProblem: BodyProblem | null;
}

/**
 * Reads a raw MIME message (RFC 5322, 2045 to 2047). Accepts anything with at least one header
 * field; a body that cannot be read leaves a mark in the text instead of an error.
 *
 * @throws MalformedMail for bytes that are no mail: empty, without any header field, binary.
 */
export async function parseMail(raw: Buffer, limits: MailLimits = mailLimits): Promise<ParsedMail> {
  const block = readHeaderBlock(raw);
  return assemble(block, await readMailBody(block, limits), limits);
}

/**
 * The same without looking into the body, which is only marked as too slow to read.
 *
 * @throws MalformedMail as parseMail does.
 */
export async function parseMailHeader(raw: Buffer): Promise<ParsedMail> {
  return assemble(readHeaderBlock(raw), unreadBody(), mailLimits);
}

async function assemble(
  block: HeaderBlock,
  body: MailBody,
  limits: MailLimits,
): Promise<ParsedMail> {
  const { subject, ...header } = await readMailHeader(block);
  return {
    ...header,
    messageId: normaliseMessageId(firstField(block, 'message-id') ?? ''),
    inReplyTo: idsOf(block, 'in-reply-to'),
    references: idsOf(block, 'references'),
    subject: cleanLine(subject, limits.subjectCharacters) || null,
    date: parseMailDate(firstField(block, 'date') ?? ''),
    text: body.text,
    html: body.html,
    htmlQuote: body.htmlQuote,
    attachments: body.attachments,
    automatic: automaticReasons(block, header.from?.email ?? null),
    bodyProblem: body.problem,
  };
}

function idsOf(block: HeaderBlock, name: string): string[] {
  const values = block.fields.get(name) ?? [];
  // Not cut at the usual length: the newest references stand last.
  const text = values.map((value) => fieldText(value, mailLimits.headerBytes)).join(' ');
  return boundReferences(messageIdsIn(text));
}
