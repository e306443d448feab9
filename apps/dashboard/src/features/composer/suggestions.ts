import type { Editor, Range } from '@tiptap/react';
import { useCallback, useId, useRef, useState } from 'react';

/** `@` names somebody, `/` at the start of a line brings a canned reply. */
export type Trigger = '@' | '/';

export interface Suggestion {
  trigger: Trigger;
  id: string;
  label: string;
  hint?: string | undefined;
}

interface Open {
  trigger: Trigger;
  words: string;
  range: Range;
  /** Where the words stand in the window. */
  at: { top: number; bottom: number; start: number };
}

const longest = 40;
const most = 7;

/** What stands before the caret, if it asks for something. */
function asked(editor: Editor): Open | null {
  const { selection } = editor.state;
  if (!selection.empty || !editor.isEditable || !editor.isFocused) return null;
  const { $from } = selection;
  const start = Math.max(0, $from.parentOffset - longest);
  const before = $from.parent.textBetween(start, $from.parentOffset, undefined, '\ufffc');
  const found =
    /(?:^|[\s(])(@)([\p{L}\p{N}][\p{L}\p{N} .'’-]*|)$/u.exec(before) ?? /^(\/)(.*)$/u.exec(before);
  if (!found || (found[1] === '/' && start > 0)) return null;
  const words = found[2] ?? '';
  const range = { from: selection.from - words.length - 1, to: selection.from };
  const box = editor.view.coordsAtPos(range.from);
  const at = { top: box.top, bottom: box.bottom, start: box.left };
  return { trigger: found[1] as Trigger, words, range, at };
}

/** The list that opens while one types, and what the keys do in it. */
export function useSuggestions(
  find: (trigger: Trigger, words: string) => Suggestion[],
  choose: (chosen: Suggestion, range: Range, editor: Editor) => Promise<void>,
) {
  const id = useId();
  const [open, setOpen] = useState<Open | null>(null);
  const [active, setActive] = useState(0);
  const latest = useRef({ find, choose });
  latest.current = { find, choose };
  const editor = useRef<Editor | null>(null);
  /** Where a list was closed by hand: it stays closed until something else is asked. */
  const closedAt = useRef<number | null>(null);
  const items = open ? find(open.trigger, open.words).slice(0, most) : [];
  const shown = useRef({ open, items, active });
  shown.current = { open, items, active: Math.min(active, Math.max(items.length - 1, 0)) };

  const follow = useCallback((next: Editor | null) => {
    editor.current = next;
    if (!next) return () => undefined;
    const look = () => {
      const now = asked(next);
      if (now?.range.from !== shown.current.open?.range.from) setActive(0);
      if (!now) closedAt.current = null;
      const isClosed = now !== null && now.range.from === closedAt.current;
      setOpen(isClosed ? null : now);
    };
    const close = () => setOpen(null);
    next.on('transaction', look);
    next.on('blur', close);
    return () => {
      next.off('transaction', look);
      next.off('blur', close);
    };
  }, []);

  const pick = useCallback((index: number) => {
    const { open: now, items: list } = shown.current;
    const chosen = list[index];
    if (!now || !chosen || !editor.current) return;
    setOpen(null);
    closedAt.current = now.range.from;
    void latest.current.choose(chosen, now.range, editor.current);
  }, []);

  const onKey = (event: KeyboardEvent): boolean => {
    const { open: now, items: list, active: at } = shown.current;
    if (!now || list.length === 0) return false;
    if (event.key === 'ArrowDown') setActive((at + 1) % list.length);
    else if (event.key === 'ArrowUp') setActive((at - 1 + list.length) % list.length);
    else if (event.key === 'Enter' || event.key === 'Tab') pick(at);
    else if (event.key === 'Escape') {
      closedAt.current = now.range.from;
      setOpen(null);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  const list = {
    id,
    at: open?.at ?? null,
    trigger: open?.trigger ?? null,
    items,
    active: shown.current.active,
    pick,
  };
  return { follow, list, onKey };
}
