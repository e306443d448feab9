import { createHash, type Hash } from 'node:crypto';
import { fieldText, type HeaderBlock, readHeaderBlock } from './header-block.js';
import { messageIdsIn } from './message-ids.js';

const CR = 0x0d;
const LF = 0x0a;
const chunkBytes = 1024 * 1024;

/**
 * The identity of a mail, as sha256 in hex: equal for the same mail that came again, even by another
 * route (other Received, Delivered-To and Return-Path fields, CRLF or LF line ends), and for nothing
 * else.
 *
 * The Message-ID alone does not decide: senders reuse it, and a stranger could silence a mail that he
 * foresees by sending another one under its id first. So the author's part of the header and every
 * byte of the body count too. Content-Type and its encoding belong to the body: the same bytes read
 * in another way are another mail. Without both Message-ID and Date, the first hop (the lowest
 * Received field, which every route shares) keeps two equal mails of different days apart.
 *
 * @throws MalformedMail as parseMail does.
 */
export function mailFingerprint(raw: Buffer): string {
  const block = readHeaderBlock(raw);
  const hash = createHash('sha256');
  const messageId = messageIdsIn(valueOf(block, 'message-id')).join(' ');
  const date = valueOf(block, 'date');
  const origin = messageId === '' && date === '' ? valueOf(block, 'received') : '';
  const fields = ['from', 'subject', 'content-type', 'content-transfer-encoding'];
  const identity = [messageId, date, origin, ...fields.map((name) => valueOf(block, name))];
  // As JSON, so that no value can reach over into its neighbour.
  hash.update(JSON.stringify(identity));
  hashBody(hash, block.body);
  return hash.digest('hex');
}

/** All values of a field, each in one line with its white space folded. */
function valueOf(block: HeaderBlock, name: string): string {
  const values = block.fields.get(name) ?? [];
  return values.map((value) => fieldText(value).replace(/\s+/g, ' ')).join('\n');
}

/** The body with LF line ends and without those at its very end, which relays add and drop. */
function hashBody(hash: Hash, body: Buffer): void {
  let length = body.length;
  while (length > 0 && (body[length - 1] === CR || body[length - 1] === LF)) {
    length -= 1;
  }
  const chunk = Buffer.allocUnsafe(Math.min(length, chunkBytes));
  let filled = 0;
  for (let at = 0; at < length; at += 1) {
    if (body[at] === CR && body[at + 1] === LF) {
      continue;
    }
    chunk[filled] = body[at] ?? 0;
    filled += 1;
    if (filled === chunk.length) {
      hash.update(chunk);
      filled = 0;
    }
  }
  hash.update(chunk.subarray(0, filled));
}
