import { domainToASCII } from 'node:url';
import { cleanLine } from './clean-text.js';
import { mailLimits } from './mail-limits.js';

/** An address as we compare and store it, with the name that came with it. */
export interface MailAddress {
  readonly email: string;
  readonly name: string | null;
}

const plainLocal = /^[^\s@"<>()[\],;:\\\p{Cc}]{1,64}$/u;
const quotedLocal = /^"[^"\\@<>\s\p{Cc}]{1,62}"$/u;
const domainName = /^[^\s@"<>()[\],;:\\/\p{Cc}]{1,253}$/u;
const domainLiteral = /^\[[0-9a-f.:]{2,50}\]$/i;

/**
 * The one spelling under which an address is compared and stored: lower case on both sides (every
 * provider that matters ignores the case of the local part; two requesters for one person would be
 * the greater harm), international domains in their ASCII form, no trailing dots.
 * Null when it could not be written to.
 */
export function normaliseEmail(value: string): string | null {
  const address = value.trim().replace(/^<|>$/g, '').normalize('NFC').toLowerCase();
  const at = address.lastIndexOf('@');
  if (at < 1 || address.length > mailLimits.addressCharacters * 2) {
    return null;
  }
  const local = address.slice(0, at);
  const domain = normaliseDomain(address.slice(at + 1));
  if (domain === null || !(plainLocal.test(local) || quotedLocal.test(local))) {
    return null;
  }
  const email = `${local}@${domain}`;
  return email.length <= mailLimits.addressCharacters ? email : null;
}

/** The normalised address with its cleaned name, or null when the address is unusable. */
export function toMailAddress(address: string, name: string): MailAddress | null {
  const email = normaliseEmail(address);
  if (email === null) {
    return null;
  }
  const cleanName = cleanLine(name, mailLimits.nameCharacters)
    .replace(/^['"]+|['"]+$/g, '')
    .trim();
  return { email, name: cleanName === '' || isAddress(cleanName) ? null : cleanName };
}

/** A name that is itself an address says nothing new, or passes the sender off as somebody else. */
function isAddress(name: string): boolean {
  return normaliseEmail(name)?.includes('.', name.indexOf('@')) ?? false;
}

function normaliseDomain(value: string): string | null {
  let end = value.length;
  while (end > 0 && value[end - 1] === '.') {
    end -= 1;
  }
  const domain = value.slice(0, end);
  if (domainLiteral.test(domain)) {
    return domain;
  }
  if (!domainName.test(domain) || domain.startsWith('.') || domain.includes('..')) {
    return null;
  }
  return domainToASCII(domain) || null;
}
