import type { Cursor } from '#core/database/page.js';
import type { SearchPlace } from './found-tickets.service.js';

/** A place among what was found by words, or by filters alone (the time of the last change). */
export const SEARCH_CURSOR =
  /^(?:[ebs]:\d{1,9}:\d{1,4}:\d{1,5}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/;

/**
 * How a word is taken: as it was written, the last one also as a beginning, or as what each may have been meant to be.
 * The second page asks what the first did.
 */
export type Leniency = 'exact' | 'beginning' | 'slips';

export interface WordPlace extends SearchPlace {
  leniency: Leniency;
}

const LETTERS: Record<string, Leniency> = { e: 'exact', b: 'beginning', s: 'slips' };

/** `id` is only there because every cursor has one. */
export function cursorAt({ below, window, shown, leniency }: WordPlace, id: string): Cursor {
  return { key: `${leniency[0]}:${below}:${window}:${shown}`, id };
}

/** The place that {@link cursorAt} named; null for one of a list by filters. */
export function placeOf({ key }: Cursor): WordPlace | null {
  if (!/^[ebs]:/.test(key)) return null;
  const [mode, ...numbers] = key.split(':');
  const [below, window, shown] = numbers.map(Number);
  // A window of nothing would never come to an end.
  return {
    below: below!,
    window: Math.min(Math.max(window!, 1), 3_200),
    shown: shown!,
    leniency: LETTERS[mode!]!,
  };
}
