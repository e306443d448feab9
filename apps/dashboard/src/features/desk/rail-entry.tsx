import { clsx } from 'clsx';
import { useText } from '../../messages/intl.js';

/** The look of an entry of the rail. */
export const entry = (active: boolean) =>
  clsx(
    'flex h-8 items-center gap-2.5 rounded-lg px-2 text-sm transition-colors duration-75',
    active ? 'bg-selected font-medium text-text' : 'text-muted hover:bg-hover hover:text-text',
  );

/** How many tickets a view holds; nothing where there are none. */
export function Count({ total, exact }: { total: number; exact: boolean }) {
  const t = useText();
  if (total === 0) return null;
  return (
    <span className="text-xs text-subtle tabular-nums">
      <span aria-hidden="true">{t('view.count', { count: total, more: String(!exact) })}</span>
      <span className="sr-only">{t('view.countLabel', { count: total })}</span>
    </span>
  );
}
