import type { DraftKind } from './draft-keeper.js';

interface Call {
  ticketId: string;
  kind: DraftKind;
  at: number;
  letters: string;
}

let current: Call | null = null;
/** A ticket that has not come by then may never come; the keys must work again. */
const patienceMs = 5_000;

/**
 * Calls the composer of a ticket that is still on its way. What is typed from then on is kept for it: a fast person's
 * words go into the answer, and never to the shortcuts of the page below.
 */
export function callComposer(ticketId: string, kind: DraftKind): void {
  current = { ticketId, kind, at: Date.now(), letters: '' };
}

/** Takes back the call: the ticket is left, or is one that cannot be answered. */
export function forgetComposer(ticketId: string): void {
  if (current?.ticketId === ticketId) current = null;
}

/** Takes a key for a composer that was called and is not there yet; false for a key that is none of its own. */
export function keepForComposer(key: string): boolean {
  if (!current || Date.now() - current.at > patienceMs) return false;
  if (key === 'Escape') current = null;
  else if (!typeInto(current, key)) return false;
  return true;
}

/** What the composer of this ticket was called for before it was there. */
export function takeCall(ticketId: string): { kind: DraftKind; letters: string } | null {
  const call = current;
  if (!call || call.ticketId !== ticketId || Date.now() - call.at > patienceMs) return null;
  current = null;
  return { kind: call.kind, letters: call.letters };
}

/** Does to `held.letters` what the key does to a plain field; false for a key that writes nothing. */
export function typeInto(held: { letters: string }, key: string): boolean {
  if (key === 'Enter') held.letters += '\n';
  else if (key === 'Backspace') held.letters = [...held.letters].slice(0, -1).join('');
  else if ([...key].length === 1) held.letters += key;
  else return false;
  return true;
}
