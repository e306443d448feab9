import { createHmac, timingSafeEqual } from 'node:crypto';

/** Which message of which ticket one of our Message-IDs names. */
export interface SignedMessage {
  readonly ticketId: string;
  readonly messageId: string;
}

/** 128 bits; a Message-ID has room. */
const messageTagDigits = 32;
/** 96 bits: with prefix and ticket the local part has 62 of the 64 octets of RFC 5321 4.5.3.1.1. */
const addressTagDigits = 24;

const uuidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const messageIdPattern = /^<?([0-9a-f]{32})\.([0-9a-f]{32})\.([0-9a-f]{32})@[^\s<>@]{1,255}>?$/;
const replyAddressPattern = /^reply\+([0-9a-f]{32})([0-9a-f]{24})@[^\s<>@]{1,255}$/;

/**
 * Makes and checks the two marks by which an answer finds its ticket: the Message-ID of our mail and
 * the address that it is answered to. Both carry an HMAC-SHA256 over the organization and what they
 * name, so that neither can be guessed, altered or used at another organization's desk.
 *
 * Lower-case hexadecimal only, and read without regard to case: some relays change the case of local
 * parts. The domain is not signed, so that answers still thread after the deployment's domain moved.
 */
export class MailAddressSigner {
  /**
   * @param key secret of at least 32 bytes, used for nothing else
   * @param domain domain of our addresses and Message-IDs
   */
  constructor(
    private readonly key: Buffer,
    readonly domain: string,
  ) {
    if (key.length < 32) {
      throw new RangeError('The key that signs mail addresses must have at least 32 bytes.');
    }
    if (!/^[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/i.test(domain)) {
      throw new RangeError('The mail domain must be a host name.');
    }
  }

  /** The Message-ID of a message, always the same one; with angle brackets. */
  signMessageId(organizationId: string, ticketId: string, messageId: string): string {
    const ticket = hexOf(ticketId);
    const message = hexOf(messageId);
    const tag = this.messageTag(organizationId, ticket, message);
    return `<${ticket}.${message}.${tag}@${this.domain}>`;
  }

  /** What the Message-ID names in this organization, or null when we did not make it for it. */
  verifyMessageId(value: string, organizationId: string): SignedMessage | null {
    const [, ticket, message, tag] = messageIdPattern.exec(value.trim().toLowerCase()) ?? [];
    if (!ticket || !message || !tag) {
      return null;
    }
    const expected = this.messageTag(organizationId, ticket, message);
    return isEqual(tag, expected) ? { ticketId: uuidOf(ticket), messageId: uuidOf(message) } : null;
  }

  /** The address to which answers on a ticket go. */
  signReplyAddress(organizationId: string, ticketId: string): string {
    const ticket = hexOf(ticketId);
    return `reply+${ticket}${this.addressTag(organizationId, ticket)}@${this.domain}`;
  }

  /** The ticket of this organization that the address names, or null when we did not make it. */
  verifyReplyAddress(value: string, organizationId: string): string | null {
    const [, ticket, tag] = replyAddressPattern.exec(value.trim().toLowerCase()) ?? [];
    if (!ticket || !tag) {
      return null;
    }
    return isEqual(tag, this.addressTag(organizationId, ticket)) ? uuidOf(ticket) : null;
  }

  private messageTag(organizationId: string, ticket: string, message: string): string {
    const content = `message-id:${hexOf(organizationId)}:${ticket}:${message}`;
    return this.mac(content).slice(0, messageTagDigits);
  }

  private addressTag(organizationId: string, ticket: string): string {
    return this.mac(`reply-address:${hexOf(organizationId)}:${ticket}`).slice(0, addressTagDigits);
  }

  private mac(content: string): string {
    return createHmac('sha256', this.key).update(content).digest('hex');
  }
}

function isEqual(tag: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(tag), Buffer.from(expected));
}

function hexOf(uuid: string): string {
  if (!uuidPattern.test(uuid)) {
    throw new RangeError('Not a UUID.');
  }
  return uuid.replaceAll('-', '').toLowerCase();
}

function uuidOf(hex: string): string {
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
