/**
 * Bounds on what one mail may make us do or store. A mail is written by a stranger: without these a
 * few kilobytes could claim minutes of processor time or rows that no page can show.
 */
export const mailLimits = {
  /** Bytes of the header block that are looked at; the rest of a longer block is passed over. */
  headerBytes: 4 * 1024 * 1024,
  /** Bytes of one header field that are decoded. */
  fieldBytes: 64 * 1024,
  /** MIME parts, nested ones included, so that it bounds the depth of nesting too. */
  parts: 300,
  /** Bytes of the header block of one MIME part. */
  partHeaderBytes: 16 * 1024,
  /** Characters of HTML that are turned into text, all parts together. */
  htmlCharacters: 1_000_000,
  /** Characters of text that are kept. */
  textCharacters: 200_000,
  subjectCharacters: 500,
  nameCharacters: 200,
  fileNameCharacters: 255,
  /** RFC 5321 4.5.3.1.3: a path holds 256 octets with its two angle brackets. */
  addressCharacters: 254,
  /** Longer Message-IDs are ignored: cut ones could meet each other. */
  messageIdCharacters: 500,
  /** References kept: the first, which names the root, and the newest. */
  references: 50,
  addresses: 100,
  /** Time in which the body must have been read. */
  milliseconds: 20_000,
} as const;

export type MailLimits = { readonly [name in keyof typeof mailLimits]: number };
