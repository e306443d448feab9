import { clsx } from 'clsx';
import { createPortal } from 'react-dom';
import { useText } from '../../messages/intl.js';
import { Avatar } from '../../ui/avatar.js';
import { floating } from '../../ui/menu.js';
import type { Suggestion, Trigger } from './suggestions.js';

interface SuggestionListProps {
  id: string;
  at: { top: number; bottom: number; start: number } | null;
  trigger: Trigger | null;
  items: Suggestion[];
  active: number;
  pick: (index: number) => void;
}

const width = 256;

/** What can be put in at the caret. The focus stays in the words; the keys of the editor move in here. */
export function SuggestionList({ id, at, trigger, items, active, pick }: SuggestionListProps) {
  const t = useText();
  if (!at || items.length === 0) return null;
  // Above the words: below them is the edge of the window.
  const style = {
    bottom: window.innerHeight - at.top + 6,
    left: Math.max(8, Math.min(at.start, window.innerWidth - width - 8)),
    width,
  };
  return createPortal(
    <div className={clsx(floating, 'fixed')} style={style}>
      <div
        id={id}
        role="listbox"
        aria-label={t(trigger === '@' ? 'mention.list' : 'canned.list')}
        className="max-h-64 overflow-y-auto"
      >
        {items.map((item, index) => (
          <div
            key={item.id}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onMouseDown={(event) => {
              event.preventDefault();
              pick(index);
            }}
            className={clsx(
              'flex min-h-8 items-center gap-2 rounded-lg px-2 py-1',
              index === active && 'bg-selected',
            )}
          >
            {item.trigger === '@' && <Avatar name={item.label} ours size="small" />}
            <span className="min-w-0 flex-1">
              <bdi className="block truncate">{item.label}</bdi>
              {item.hint && <bdi className="block truncate text-xs text-muted">{item.hint}</bdi>}
            </span>
          </div>
        ))}
      </div>
      <p role="status" className="sr-only">
        {t('suggestion.active', { name: items[active]?.label ?? '' })}
      </p>
    </div>,
    document.body,
  );
}
