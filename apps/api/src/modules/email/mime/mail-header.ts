import { type AddressObject, type HeaderValue, simpleParser } from 'mailparser';
import { fieldText, type HeaderBlock } from './header-block.js';
import { mailLimits } from './mail-limits.js';
import { type MailAddress, toMailAddress } from './mail-sender.js';

/** Which field the sender was found in; anything but `from` means that From was unusable. */
export type SenderField = 'from' | 'reply-to' | 'sender' | 'return-path' | 'mbox';

/** The decoded addresses and the subject of a mail. */
export interface MailHeader {
  readonly from: MailAddress | null;
  readonly senderField: SenderField | null;
  readonly replyTo: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly deliveredTo: readonly MailAddress[];
  readonly subject: string;
}

const envelopeFields = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'];

/**
 * Decodes the header with mailparser, which sees only the few fields that we read, each bounded: it
 * would otherwise decode (and keep) every line that a stranger cares to send.
 *
 * The sender is the first usable address of From: with several authors (RFC 5322 3.6.2) the first
 * one, and a second From field never overrides the first. A mail whose From holds no address falls
 * back to Reply-To (who wants the answer), Sender (who sent it), Return-Path and the mbox line (who
 * the transport says sent it), so that such a mail still finds a requester.
 */
export async function readMailHeader(block: HeaderBlock): Promise<MailHeader> {
  const fields = [
    ['From', addressList(block, ['from'])],
    ['Reply-To', addressList(block, ['reply-to'])],
    ['Sender', addressList(block, ['sender'])],
    ['Return-Path', addressList(block, ['return-path'])],
    ['To', addressList(block, ['to'])],
    ['Cc', addressList(block, ['cc'])],
    ['Delivered-To', addressList(block, envelopeFields)],
    ['Subject', fieldText(block.fields.get('subject')?.[0] ?? Buffer.alloc(0), 16 * 1024)],
  ];
  const head = fields
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`);
  const parsed = await simpleParser(Buffer.from(`${head.join('\r\n')}\r\n\r\n`));
  const read = (name: string) => addressesOf(parsed.headers.get(name));
  const senders: [SenderField, MailAddress | undefined][] = [
    ['from', read('from')[0]],
    ['reply-to', read('reply-to')[0]],
    ['sender', read('sender')[0]],
    ['return-path', read('return-path')[0]],
    ['mbox', mboxAddress(block) ?? undefined],
  ];
  const [senderField, from] = senders.find(([, address]) => address) ?? [null, null];
  return {
    from: from ?? null,
    senderField,
    replyTo: read('reply-to')[0] ?? null,
    to: read('to'),
    cc: read('cc'),
    deliveredTo: read('delivered-to'),
    subject: parsed.subject ?? '',
  };
}

/** All values of the fields as one address list, cut between two addresses when it is too long. */
function addressList(block: HeaderBlock, names: readonly string[]): string {
  const values = names.flatMap((name) => block.fields.get(name) ?? []);
  const list = values.map((value) => fieldText(value)).join(', ');
  if (list.length <= mailLimits.fieldBytes) {
    return list;
  }
  const cut = list.lastIndexOf(',', mailLimits.fieldBytes);
  return cut < 0 ? '' : list.slice(0, cut);
}

function mboxAddress(block: HeaderBlock): MailAddress | null {
  return toMailAddress(block.mboxLine?.trim().split(' ')[0] ?? '', '');
}

function addressesOf(value: HeaderValue | undefined): MailAddress[] {
  const objects = [value ?? []].flat() as (AddressObject | string)[];
  const found = new Map<string, MailAddress>();
  for (const entry of objects.flatMap((object) =>
    typeof object === 'string' ? [] : object.value,
  )) {
    for (const { address, name } of entry.group ?? [entry]) {
      const usable = toMailAddress(address ?? '', name);
      if (usable && !found.has(usable.email) && found.size < mailLimits.addresses) {
        found.set(usable.email, usable);
      }
    }
  }
  return [...found.values()];
}
