import { mailFingerprint } from './fingerprint.js';
import { parseMail, parseMailHeader, type ParsedMail } from './parse-mail.js';

/** A mail and its identity, which is sha256 in hex. */
export interface ReadMail {
  readonly mail: ParsedMail;
  readonly fingerprint: string;
}

/**
 * Everything that is computed from the bytes of a mail.
 *
 * @throws MalformedMail as parseMail does.
 */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  return { mail: await parseMail(raw), fingerprint: mailFingerprint(raw) };
}

/**
 * The same without looking into the body, for one that could not be read: its text is a mark.
 *
 * @throws MalformedMail as parseMail does.
 */
export async function readHeaderOfMail(raw: Buffer): Promise<ReadMail> {
  return { mail: await parseMailHeader(raw), fingerprint: mailFingerprint(raw) };
}
