import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../../api/call.js';
import { DraftKeeper, type DraftKind, type DraftState, type ServerDraft } from './draft-keeper.js';

/** One keeper for each draft, as long as the page lives: two would overwrite each other. */
const keepers = new Map<string, DraftKeeper>();

function keeperOf(owner: string, ticketId: string, kind: DraftKind): DraftKeeper {
  const key = `${owner}.${ticketId}.${kind}`;
  const found = keepers.get(key) ?? new DraftKeeper(owner, ticketId, kind);
  keepers.set(key, found);
  return found;
}

const kindKey = (owner: string, ticketId: string) => `manydesk.draft.${owner}.${ticketId}`;

/** The two drafts of a person for a ticket, and which of them is in front. */
export function useDrafts(owner: string, ticketId: string) {
  const [keepersHere] = useState(() => ({
    reply: keeperOf(owner, ticketId, 'reply'),
    note: keeperOf(owner, ticketId, 'note'),
  }));
  const [kind, setKind] = useState<DraftKind>(() =>
    localStorage.getItem(kindKey(owner, ticketId)) === 'note' ? 'note' : 'reply',
  );
  const keeper = keepersHere[kind];
  const state: DraftState = useSyncExternalStore(keeper.subscribe, () => keeper.state);

  useEffect(() => {
    let current = true;
    const read = async () => {
      const answer = await call<{ data: ServerDraft[] }>('GET', `/tickets/${ticketId}/drafts`);
      if (!current) return;
      for (const each of [keepersHere.reply, keepersHere.note]) {
        each.load(answer.data.find((draft) => draft.kind === each.kind) ?? null);
      }
    };
    // Without an answer the words of this browser stand; they are kept with every letter.
    const quietly = () => void read().catch(() => undefined);
    quietly();
    // Whoever comes back may have written on another device.
    const back = () => {
      const writing = document.activeElement?.closest('[data-composer]');
      if (document.visibilityState === 'visible' && !writing) quietly();
    };
    document.addEventListener('visibilitychange', back);
    return () => {
      current = false;
      document.removeEventListener('visibilitychange', back);
    };
  }, [keepersHere, ticketId]);

  const show = (next: DraftKind) => {
    setKind(next);
    try {
      if (next === 'note') localStorage.setItem(kindKey(owner, ticketId), next);
      else localStorage.removeItem(kindKey(owner, ticketId));
    } catch {
      // Only which of the two is in front is forgotten.
    }
  };
  return { kind, show, keeper, state };
}
