import { mailLimits } from './mail-limits.js';

/**
 * A Message-ID as it is stored and compared: without angle brackets and white space. Case is kept
 * (the left part is case-sensitive). Null when there is none, or it is too long to be a real one.
 */
export function normaliseMessageId(value: string): string | null {
  return messageIdsIn(value)[0] ?? null;
}

/**
 * The Message-IDs of an In-Reply-To or References field, each once. Old senders write phrases
 * around them (`Your message of … <id>`) or leave out the brackets.
 */
export function messageIdsIn(value: string): string[] {
  const bracketed = value.match(/<[^<>]*>/g) ?? [];
  const found = bracketed.map((id) => id.slice(1, -1).replace(/\s+/g, ''));
  const ids = found.length > 0 ? found : bareIds(value);
  return [...new Set(ids.filter((id) => id !== '' && id.length <= mailLimits.messageIdCharacters))];
}

/** The first reference (the root of the thread) and the newest ones, within the limit. */
export function boundReferences(ids: readonly string[]): string[] {
  if (ids.length <= mailLimits.references) {
    return [...ids];
  }
  return [...ids.slice(0, 1), ...ids.slice(1 - mailLimits.references)];
}

function bareIds(value: string): string[] {
  const words = value.split(/[\s<>]+/).filter((word) => word !== '');
  return words.length === 1 ? words : words.filter((word) => word.includes('@'));
}
