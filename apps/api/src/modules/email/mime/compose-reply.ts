import type { Readable } from 'node:stream';
import { loopField } from './automatic-mail.js';
import { cleanLine } from './clean-text.js';
import type { MailAddressSigner } from './mail-address.js';
import { mailLimits } from './mail-limits.js';
import { type MailAddress, normaliseEmail } from './mail-sender.js';
import { boundReferences } from './message-ids.js';

/** An agent's public reply and the ticket that it belongs to. */
export interface ReplyToSend {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly ticketId: string;
  readonly ticketNumber: number;
  /** Subject of the ticket. */
  readonly subject: string | null;
  readonly messageId: string;
  readonly agentName: string;
  readonly recipient: MailAddress;
  /** Who gets a copy, named in the mail; and unnamed. Addresses that cannot be written to are left out. */
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly body: string;
  /** The same as safe HTML; null for a reply that is only text. */
  readonly html?: string | null;
  readonly files?: readonly FileToSend[];
  /** When the reply was written: a mail that is sent again keeps its date. */
  readonly writtenAt: Date;
  /** Message-ID headers of the ticket's mails so far, oldest first, inbound and ours. */
  readonly thread: readonly string[];
}

/** A file that goes with a reply. */
export interface FileToSend {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly contentId: string | null;
  readonly content: Readable;
}

/** One part of a mail, as nodemailer takes it. */
export interface OutboundFile {
  readonly filename: string;
  readonly contentType: string;
  readonly contentDisposition: 'attachment' | 'inline';
  readonly cid?: string;
  readonly content: Readable;
}

/** A message for nodemailer's sendMail; every value is fixed by the reply, so a retry is the same mail. */
export interface OutboundMail {
  readonly envelope: { readonly from: string; readonly to: string[] };
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly cc?: string[];
  /** In the envelope alone: no header says who they are. */
  readonly unnamed?: string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: OutboundFile[];
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly references?: string[];
  readonly date: Date;
  readonly headers: Record<string, string>;
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
}

/** No server answers for it (RFC 2606): customers who were erased have such an address. */
const NOWHERE = '.invalid';

/** The address stored for the recipient is none that a mail could be sent to. */
export class UnsendableAddress extends Error {
  override readonly name = 'UnsendableAddress';

  constructor() {
    super('The e-mail address of the requester cannot be written to.');
  }
}

/** Prefixes that mail programs put before the subject of an answer, in the languages that do. */
const replyPrefix =
  /^(?:re|aw|antw|sv|vs|odp|ynt|rif|res|回复|答复)(?:\[\d{1,3}\])?\s{0,3}[:：]\s*/i;

/** The subject of an answer: one `Re: `, however many there were. */
export function replySubject(subject: string | null, ticketNumber: number): string {
  let rest = cleanLine(subject ?? '', mailLimits.subjectCharacters);
  while (replyPrefix.test(rest)) {
    rest = rest.replace(replyPrefix, '');
  }
  return `Re: ${rest || `Your request #${ticketNumber}`}`;
}

/**
 * Composes the mail of a reply. It comes from the ticket's signed address, so that every answer and
 * every bounce (the envelope says the same) leads back to the ticket, and it carries our loop mark.
 * It is not Auto-Submitted (RFC 3834): a person wrote it, and a vacation notice may answer it.
 *
 * No value can add a header or a recipient: names and subject are cleaned to one line, addresses and
 * Message-IDs must match their strict forms, and nodemailer gets them as objects, not as header text.
 *
 * @throws UnsendableAddress when the recipient's address is not a usable one.
 */
export function composeReply(reply: ReplyToSend, signer: MailAddressSigner): OutboundMail {
  const to = normaliseEmail(reply.recipient.email);
  if (to === null || to.endsWith(NOWHERE)) {
    throw new UnsendableAddress();
  }
  const address = signer.signReplyAddress(reply.organizationId, reply.ticketId);
  const messageId = signer.signMessageId(reply.organizationId, reply.ticketId, reply.messageId);
  const thread = threadOf(reply.thread, messageId);
  const last = thread.at(-1);
  const cc = copiesTo(reply.cc ?? [], [to]);
  const bcc = copiesTo(reply.bcc ?? [], [to, ...cc]);
  const html = reply.html ? htmlToSend(reply.html) : null;
  return {
    envelope: { from: address, to: [to, ...cc, ...bcc] },
    from: { name: senderName(reply.agentName, reply.organizationName), address },
    to: { name: cleanLine(reply.recipient.name ?? '', mailLimits.nameCharacters), address: to },
    ...(cc.length > 0 ? { cc } : {}),
    unnamed: bcc,
    subject: replySubject(reply.subject, reply.ticketNumber),
    text: reply.body.replace(/\r\n?/g, '\n'),
    ...(html === null ? {} : { html }),
    ...(reply.files?.length ? { attachments: reply.files.map((file) => partOf(file, html)) } : {}),
    messageId,
    ...(last === undefined ? {} : { inReplyTo: last, references: thread }),
    date: reply.writtenAt,
    headers: { [loopField]: 'reply' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Each once, in the spelling by which addresses are compared. */
function copiesTo(addresses: readonly string[], but: readonly string[]): string[] {
  const usable = addresses.map(normaliseEmail).filter((address) => address !== null);
  return [...new Set(usable)].filter((address) => !but.includes(address));
}

/** Pictures of the web, which the desk shows only when asked, are shown by the reader's program as it sees fit. */
function htmlToSend(html: string): string {
  return html.replace(/(<img [^>]*?)data-remote-src="/g, '$1src="');
}

/** A picture that the HTML names, by the id that it has here, goes inside of it; everything else below it. */
function partOf(file: FileToSend, html: string | null): OutboundFile {
  const cid = [file.contentId, file.id].find((id) => id !== null && html?.includes(`"cid:${id}"`));
  return {
    filename: file.name,
    contentType: file.mediaType,
    contentDisposition: cid ? 'inline' : 'attachment',
    ...(cid ? { cid } : {}),
    content: file.content,
  };
}

function senderName(agentName: string, organizationName: string): string {
  const agent = cleanLine(agentName, 80);
  const organization = cleanLine(organizationName, 80);
  return agent === '' ? organization : `${agent} (${organization})`;
}

/** The ticket's Message-IDs with brackets, bounded, without this mail's own. */
function threadOf(ids: readonly string[], own: string): string[] {
  const clean = ids
    .map((id) => id.trim().replace(/^<|>$/g, ''))
    // Printable ASCII (RFC 5322 3.6.4): anything else would be encoded, and name nothing then.
    .filter((id) => /^[!-;=?-~]+$/.test(id) && id.length <= mailLimits.messageIdCharacters)
    .map((id) => `<${id}>`);
  return boundReferences([...new Set(clean)].filter((id) => id !== own));
}
