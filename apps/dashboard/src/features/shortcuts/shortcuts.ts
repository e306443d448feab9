import { useEffectEvent, useLayoutEffect } from 'react';
import { keepForComposer } from '../composer/call-ahead.js';
import { typeAhead } from '../desk/dialogs.js';
import { commandKey, shortcuts, type ShortcutId } from './catalogue.js';

/** The handlers of what is on the screen now; the palette offers the same ones. */
const handlers = new Map<ShortcutId, (() => void)[]>();
const sequenceMs = 1_200;
let pending: { key: string; at: number } | null = null;

/**
 * Handles a shortcut while the component is on the screen and `enabled`. Where several do, the one that
 * came last has it, and the one before gets it back.
 */
export function useShortcut(id: ShortcutId, run: () => void, enabled = true): void {
  const latest = useEffectEvent(run);
  // With the paint, not after it: a key that is pressed at what is seen must find its handler.
  useLayoutEffect(() => {
    if (!enabled) return;
    const handler = () => latest();
    handlers.set(id, [...(handlers.get(id) ?? []), handler]);
    return () => {
      const left = (handlers.get(id) ?? []).filter((each) => each !== handler);
      if (left.length > 0) handlers.set(id, left);
      else handlers.delete(id);
    };
  }, [id, enabled]);
}

/** The actions that can be run now. */
export function availableShortcuts(): ShortcutId[] {
  return (Object.keys(shortcuts) as ShortcutId[]).filter((id) => handlers.has(id));
}

/** Does what pressing the shortcut would do. */
export function runShortcut(id: ShortcutId): void {
  handlers.get(id)?.at(-1)?.();
}

/** Typing is never taken away from a person: not in a field, not in an open dialog or menu. */
function busy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="alertdialog"]') !== null ||
    // A text field also while it takes no letters, as while its words are being sent.
    target.closest('[role="menu"], [role="listbox"], [role="textbox"]') !== null ||
    document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null
  );
}

/** The Latin letter on the key, whatever script the keyboard is set to. */
function latin(event: KeyboardEvent): string {
  if (/^[\x20-\x7e]+$/.test(event.key)) return event.key;
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key;
}

function onKeyDown(event: KeyboardEvent): void {
  const key = latin(event);
  if (event.defaultPrevented || event.isComposing) return;
  // Only moving through a list makes sense while a key is held down.
  if (event.repeat && !/^[jk]$/i.test(key)) return;
  const run = (id: ShortcutId) => {
    const handler = handlers.get(id)?.at(-1);
    if (!handler) return;
    event.preventDefault();
    handler();
  };

  if (commandKey(event) && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') {
    run('palette');
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typeAhead(event.key)) return event.preventDefault();
  if (busy(event.target)) return;
  if (keepForComposer(event.key)) return event.preventDefault();

  const before = pending && Date.now() - pending.at < sequenceMs ? `${pending.key} ` : '';
  pending = null;
  if (!before && key === 'g') {
    pending = { key, at: Date.now() };
    return;
  }
  const ids = Object.keys(shortcuts) as ShortcutId[];
  const found = ids.find((id) => shortcuts[id].keys === before + key);
  // Enter belongs to the focused link or button; it is in the catalogue for the help alone.
  if (found && found !== 'open') run(found);
}

window.addEventListener('keydown', onKeyDown);
