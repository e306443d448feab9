import { useSyncExternalStore } from 'react';

/** Something done or failed, with at most one thing to do about it. */
interface Notice {
  id: number;
  tone: 'done' | 'failed';
  title: string;
  detail?: string | undefined;
  action?: { label: string; run: () => void } | undefined;
}

let notices: Notice[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

/** Tells of something done or failed, in the corner, with at most one thing to do about it. */
export function notify(notice: Omit<Notice, 'id'>): void {
  // Three at most: older ones have been read or have lost their meaning.
  change([...notices.slice(-2), { ...notice, id: nextId++ }]);
}

/** Takes a notice away. */
export function dismiss(id: number): void {
  change(notices.filter((notice) => notice.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** True from the first notice on. */
export function useAnyNotice(): boolean {
  return useSyncExternalStore(subscribe, () => nextId > 1);
}

/** The notices to show, oldest first. */
export function useNotices(): Notice[] {
  return useSyncExternalStore(subscribe, () => notices);
}
