import { useSyncExternalStore } from 'react';

/** Which tickets of the list are chosen, for something to be done to all of them. */
interface Selection {
  ids: ReadonlySet<string>;
  /** Where a range begins. */
  anchor: string | null;
  /** All that the list would show to its end, seen or not. */
  everything: boolean;
  /** The boxes are shown although nothing is chosen yet: how choosing begins without a keyboard or a mouse. */
  choosing: boolean;
}

const nothing: Selection = { ids: new Set(), anchor: null, everything: false, choosing: false };
let current = nothing;
const listeners = new Set<() => void>();

function change(next: Selection): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is chosen now. */
export function useSelection(): Selection {
  return useSyncExternalStore(subscribe, () => current);
}

/** Chooses nothing. */
export function clearSelection(): void {
  if (current !== nothing) change(nothing);
}

/** Shows the boxes. */
export function startChoosing(): void {
  change({ ...current, choosing: true });
}

/** Chooses a ticket, or no longer. */
export function toggleSelected(id: string): void {
  const ids = new Set(current.ids);
  if (!ids.delete(id)) ids.add(id);
  if (ids.size === 0 && !current.choosing) return clearSelection();
  change({ ...current, ids, anchor: id, everything: false });
}

/** Chooses every ticket from the last chosen one to this one, in the order of the list. */
export function selectTo(id: string, order: string[]): void {
  const from = current.anchor === null ? -1 : order.indexOf(current.anchor);
  const to = order.indexOf(id);
  if (from < 0 || to < 0)
    return change({ ...current, ids: new Set([...current.ids, id]), anchor: id });
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  change({ ...current, ids: new Set([...current.ids, ...range]), everything: false });
}

/** Chooses all of these. */
export function selectAll(ids: string[]): void {
  change({ ...current, ids: new Set(ids), anchor: ids[0] ?? null, everything: false });
}

/** Chooses all that the list would show to its end. */
export function selectEverything(): void {
  change({ ...current, everything: true });
}
