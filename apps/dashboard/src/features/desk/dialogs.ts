import { useSyncExternalStore } from 'react';

export type DeskDialog =
  'palette' | 'help' | 'newTicket' | 'menu' | 'switcher' | 'newView' | 'editView' | 'export';

let current: DeskDialog | null = null;
const listeners = new Set<() => void>();

let typedAhead = '';
let calledAt = 0;
/** A dialog that has not come by then will not come; the keys must work again. */
const patienceMs = 3_000;

/** Opens one of the desk's dialogs, or closes whichever is open. */
export function showDialog(dialog: DeskDialog | null): void {
  current = dialog;
  typedAhead = '';
  calledAt = Date.now();
  for (const listener of listeners) listener();
}

/**
 * Takes a key that was pressed after a dialog was called and before it is there (its code may still be
 * on the way): a fast person's letters go to the palette, and never to the shortcuts below it.
 */
export function typeAhead(key: string): boolean {
  if (current === null || Date.now() - calledAt > patienceMs) return false;
  if (document.activeElement?.closest('[data-modal]')) return false;
  if (key.length === 1) typedAhead += key;
  return true;
}

/** The letters that came before the palette. */
export function takeTypedAhead(): string {
  return current === 'palette' ? typedAhead : '';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The desk's dialog that is open: one at a time, so that one never lies on another. */
export function useDialog(): DeskDialog | null {
  return useSyncExternalStore(subscribe, () => current);
}
