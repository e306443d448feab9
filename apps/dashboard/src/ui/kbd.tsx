import { keyCaps, type ShortcutId } from '../features/shortcuts/catalogue.js';

/** The keys of a shortcut, for the eye; assistive technology hears `aria-keyshortcuts` instead. */
export function Kbd({ shortcut }: { shortcut: ShortcutId }) {
  return (
    <span aria-hidden="true" className="inline-flex gap-1" dir="ltr">
      {keyCaps(shortcut).map((cap, index) => (
        <kbd
          key={index}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-sunken px-1 font-sans text-2xs text-muted"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
