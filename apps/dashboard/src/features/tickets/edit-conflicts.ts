import { useSyncExternalStore } from 'react';
import { ApiError } from '../../api/error.js';

/** Two people changed the same: what this one wants, and what the other made of it. */
export interface EditConflict {
  fields: { field: string; yours: unknown; theirs: unknown }[];
  /** Makes the change after all. */
  keepMine: () => void;
}

let current: EditConflict | null = null;
const listeners = new Set<() => void>();

function set(next: EditConflict | null): void {
  current = next;
  for (const listener of listeners) listener();
}

/** Asks which of two values is to stay, if that is what the API's refusal is about; answers whether it is. */
export function askAboutConflict(error: unknown, again: (etag: string) => unknown): boolean {
  if (!(error instanceof ApiError) || error.code !== 'edit.conflict') return false;
  const { conflicts, etag } = error.info;
  if (!Array.isArray(conflicts) || typeof etag !== 'string') return false;
  set({ fields: conflicts as EditConflict['fields'], keepMine: () => void again(etag) });
  return true;
}

/** The question is answered. */
export function endConflict(): void {
  set(null);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The question that is open, if any. */
export function useEditConflict(): EditConflict | null {
  return useSyncExternalStore(subscribe, () => current);
}
