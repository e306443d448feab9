import type { MailAddressSigner } from './mail-address.js';
import type { ParsedMail } from './parse-mail.js';

/** The questions about stored tickets, each asked within one organization. */
export interface ThreadingLookups {
  /**
   * The tickets that hold a received message under one of these Message-IDs (without brackets). One
   * id may name several tickets: senders choose their ids and reuse them.
   */
  ticketsByMessageId(
    messageIds: readonly string[],
  ): Promise<readonly { readonly messageId: string; readonly ticketId: string }[]>;
  /** Whether the ticket exists and the address is its requester or wrote to it before. */
  isParticipant(ticketId: string, email: string): Promise<boolean>;
}

/** What the answer was recognised by, strongest first. */
export type ThreadEvidence = 'signed_message_id' | 'reply_address' | 'reference';

export type ThreadDecision =
  /** A message of this ticket. */
  | { readonly kind: 'reply'; readonly ticketId: string; readonly evidence: ThreadEvidence }
  /** Our own outbound mail came back to us (a forwarding rule): it is in the ticket already. */
  | { readonly kind: 'own'; readonly ticketId: string; readonly messageId: string }
  | {
      readonly kind: 'ticket';
      readonly because: 'no_reference' | 'not_a_participant' | 'no_sender';
      /** For `not_a_participant`: the ticket that the mail pointed at. */
      readonly pointedAt: string | null;
    };

type Candidate = { readonly ticketId: string; readonly evidence: ThreadEvidence };

/** A mail that points at more tickets than this is not an answer; the rest is not looked up. */
const maxCandidates = 20;

/**
 * Decides whether a mail answers a ticket or opens a new one.
 *
 * Evidence, in this order: a Message-ID that we signed in In-Reply-To or References; a reply address
 * that we signed among the recipients; the Message-ID of a mail that the ticket holds. Whatever the
 * evidence, the sender must be a participant of the ticket, else a new ticket is opened:
 * - references are public: everybody on a mailing list shares them (strangers were merged that way);
 * - a signature proves that somebody got our mail, not who sends this one. It travels with every
 *   forwarded mail, and whoever holds it must not be able to write into a stranger's conversation.
 *   A colleague who answers a forwarded mail so opens a ticket of his own; nothing is lost.
 * The subject never counts: it is guessable, and "Re:" stands in many first mails.
 */
export async function decideThread(
  mail: Pick<ParsedMail, 'messageId' | 'inReplyTo' | 'references' | 'from'> &
    Pick<ParsedMail, 'to' | 'cc' | 'deliveredTo'>,
  organizationId: string,
  signer: MailAddressSigner,
  lookups: ThreadingLookups,
): Promise<ThreadDecision> {
  if (mail.from === null) {
    return { kind: 'ticket', because: 'no_sender', pointedAt: null };
  }
  const own = signer.verifyMessageId(mail.messageId ?? '', organizationId);
  // The sender address must be ours as well: a Message-ID can be copied from our mail.
  if (own && signer.verifyReplyAddress(mail.from.email, organizationId) === own.ticketId) {
    return { kind: 'own', ...own };
  }
  // The newest reference first: it stands last.
  const ids = [...new Set([...mail.inReplyTo, ...mail.references.toReversed()])];
  const signed = [...signedCandidates(ids, mail, organizationId, signer)];
  const inSigned = await firstWithSender(signed, mail.from.email, lookups);
  if (inSigned) {
    return { kind: 'reply', ...inSigned };
  }
  const referenced = await referencedCandidates(ids, lookups);
  const inReferenced = await firstWithSender(referenced, mail.from.email, lookups);
  if (inReferenced) {
    return { kind: 'reply', ...inReferenced };
  }
  const pointedAt = [...signed, ...referenced][0]?.ticketId ?? null;
  const because = pointedAt === null ? 'no_reference' : 'not_a_participant';
  return { kind: 'ticket', because, pointedAt };
}

function* signedCandidates(
  ids: readonly string[],
  mail: Pick<ParsedMail, 'to' | 'cc' | 'deliveredTo'>,
  organizationId: string,
  signer: MailAddressSigner,
): Generator<Candidate> {
  for (const id of ids) {
    const message = signer.verifyMessageId(id, organizationId);
    if (message) {
      yield { ticketId: message.ticketId, evidence: 'signed_message_id' };
    }
  }
  for (const { email } of [...mail.deliveredTo, ...mail.to, ...mail.cc]) {
    const ticketId = signer.verifyReplyAddress(email, organizationId);
    if (ticketId !== null) {
      yield { ticketId, evidence: 'reply_address' };
    }
  }
}

async function referencedCandidates(
  ids: readonly string[],
  lookups: ThreadingLookups,
): Promise<Candidate[]> {
  if (ids.length === 0) {
    return [];
  }
  const known = await lookups.ticketsByMessageId(ids);
  const ordered = ids.flatMap((id) => known.filter(({ messageId }) => messageId === id));
  return ordered.map(({ ticketId }) => ({ ticketId, evidence: 'reference' }));
}

async function firstWithSender(
  candidates: readonly Candidate[],
  email: string,
  lookups: ThreadingLookups,
): Promise<Candidate | null> {
  const asked = new Set<string>();
  for (const candidate of candidates) {
    if (asked.has(candidate.ticketId) || asked.size >= maxCandidates) {
      continue;
    }
    asked.add(candidate.ticketId);
    if (await lookups.isParticipant(candidate.ticketId, email)) {
      return candidate;
    }
  }
  return null;
}
