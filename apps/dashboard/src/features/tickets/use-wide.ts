import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(min-width: 48rem)');

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** True where a list and something beside it both have room. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}
