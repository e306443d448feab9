import { MalformedMail } from './malformed-mail.js';
import { mailLimits } from './mail-limits.js';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;

/** Narrower than RFC 5322 (any printable character): JSON and shell text must not pass as headers. */
const fieldName = /^[A-Za-z0-9][\w.-]{0,127}$/;

/** The fields that anything here reads. All others are passed over, so that none is ever stored. */
const knownFields = new Set(
  [
    'from sender reply-to return-path to cc subject date received message-id in-reply-to references',
    'delivered-to x-original-to envelope-to x-envelope-to auto-submitted precedence x-manydesk-loop',
    'content-type content-transfer-encoding content-disposition x-auto-response-suppress',
    'x-autoreply x-auto-reply x-autorespond x-autoresponder x-mail-autoreply x-failed-recipients',
    'list-id list-unsubscribe list-post list-help list-subscribe list-owner list-archive',
  ].flatMap((line) => line.split(' ')),
);

/** The header of a mail, undecoded, and where its body begins. */
export interface HeaderBlock {
  /** Raw values by lower-case name, in the order in which they stand. */
  readonly fields: ReadonlyMap<string, readonly Buffer[]>;
  /** The rest of an mbox separator line (`From joe@example.com Mon May 2 …`), when there is one. */
  readonly mboxLine: string | null;
  readonly body: Buffer;
}

/**
 * Splits a mail into its header fields and its body, in one pass over the header.
 *
 * Lenient where mails are wrong in practice: line ends may be LF, an mbox separator or empty lines
 * may come first, a line that is no field is passed over. Without any empty line the body starts at
 * the first line that is no field (as in Python's parser), so that no text is lost.
 *
 * @throws MalformedMail when there is no field at all, or the header holds NUL bytes.
 */
export function readHeaderBlock(raw: Buffer): HeaderBlock {
  const start = headerStart(raw);
  if (start === raw.length) {
    throw new MalformedMail('empty');
  }
  const fields = new Map<string, Buffer[]>();
  let mboxLine: string | null = null;
  let fieldCount = 0;
  let strayLine = -1;
  let position = start;
  while (position < raw.length && !isLineEnd(raw, position)) {
    const end = endOfField(raw, position);
    const colon = raw.subarray(position, Math.min(end, position + 130)).indexOf(COLON);
    const name = colon < 0 ? '' : raw.toString('latin1', position, position + colon).trimEnd();
    if (fieldName.test(name)) {
      fieldCount += 1;
      keep(fields, name.toLowerCase(), raw.subarray(position + colon + 1, end), position - start);
    } else if (position === start && /^>?From /i.test(raw.toString('latin1', start, start + 6))) {
      mboxLine = raw.toString('latin1', start, Math.min(end, start + 500)).replace(/^>?From /i, '');
    } else if (strayLine < 0) {
      strayLine = position;
    }
    position = end;
  }
  if (raw.subarray(start, position).includes(0)) {
    throw new MalformedMail('binary_header');
  }
  if (fieldCount === 0) {
    throw new MalformedMail('no_header');
  }
  const hasSeparator = position < raw.length;
  const bodyStart = hasSeparator ? afterLine(raw, position) : strayLine;
  return { fields, mboxLine, body: raw.subarray(bodyStart < 0 ? raw.length : bodyStart) };
}

/**
 * A field's value in one line: unfolded, control characters as spaces, read as UTF-8 or, where it is
 * not valid UTF-8, as Latin-1 (raw 8-bit headers of old senders).
 */
export function fieldText(value: Buffer, max: number = mailLimits.fieldBytes): string {
  const bytes = value.subarray(0, max);
  const utf8 = bytes.toString('utf8');
  const text = utf8.includes('\ufffd') ? bytes.toString('latin1') : utf8;
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

/** The first value of a field in one line, or null when it is absent or blank. */
export function firstField(block: HeaderBlock, name: string): string | null {
  const value = block.fields.get(name)?.[0];
  return (value && fieldText(value)) || null;
}

function keep(fields: Map<string, Buffer[]>, name: string, value: Buffer, offset: number): void {
  if (!knownFields.has(name) || offset > mailLimits.headerBytes) {
    return;
  }
  const values = fields.get(name);
  if (!values) {
    fields.set(name, [value]);
  } else if (name === 'received') {
    // Only the last one, where the mail entered the world, is the same on every route.
    values[0] = value;
  } else if (values.length < mailLimits.addresses) {
    values.push(value);
  }
}

function headerStart(raw: Buffer): number {
  let start = raw.length >= 3 && raw.readUIntBE(0, 3) === 0xefbbbf ? 3 : 0;
  while (start < raw.length && (raw[start] === CR || raw[start] === LF)) {
    start += 1;
  }
  return start;
}

function isLineEnd(raw: Buffer, position: number): boolean {
  return raw[position] === LF || (raw[position] === CR && raw[position + 1] === LF);
}

function afterLine(raw: Buffer, position: number): number {
  const end = raw.indexOf(LF, position);
  return end < 0 ? raw.length : end + 1;
}

function endOfField(raw: Buffer, position: number): number {
  let end = afterLine(raw, position);
  while (end < raw.length && (raw[end] === SPACE || raw[end] === TAB)) {
    end = afterLine(raw, end);
  }
  return end;
}
