import { useSyncExternalStore } from 'react';
import { ApiError } from '../api/error.js';

let current: ApiError | null = null;
const listeners = new Set<() => void>();

const codes = [
  'billing.limit_reached',
  'billing.no_seat',
  'billing.read_only',
  'billing.suspended',
] as const;

/** Whether it is the plan of the organization that does not let it be: nothing that trying again would mend. */
export function isPlanRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && codes.some((code) => code === error.code);
}

/** Opens the window that says what the plan does not let be and what to do about it; null closes it. */
export function showRefusal(error: ApiError | null): void {
  current = error;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The refusal that is told in a window of its own. */
export function useRefusal(): ApiError | null {
  return useSyncExternalStore(subscribe, () => current);
}
