import { clsx } from 'clsx';
import { Link } from '@tanstack/react-router';

/** A part of a page in the row of them; in one that `moves` nothing of it may stand out. */
export const tabClass = (isCurrent: boolean, moves = false): string =>
  clsx(
    'border-b-2 pb-2 text-sm',
    moves ? 'pt-1 whitespace-nowrap -outline-offset-2' : '-mb-px',
    isCurrent
      ? 'border-accent font-medium text-text'
      : 'border-transparent text-muted hover:text-text',
  );

interface TabsProps {
  label: string;
  /** Moved sideways where there is no room for all of them. */
  moves?: boolean;
  tabs: { search: { view?: string }; label: string; current: boolean }[];
}

type Place =
  | { to: '/people' | '/settings/billing' | '/staff/operations' }
  | { to: '/staff/looks/$accessId'; params: { accessId: string } };

/** Parts of a page, each with an address of its own. */
export function TabLinks({ label, moves = false, tabs, ...place }: TabsProps & Place) {
  return (
    <nav
      aria-label={label}
      className={clsx('mb-4 flex gap-5 border-b border-line', moves && 'shrink-0 overflow-x-auto')}
    >
      {tabs.map((tab) => (
        <Link
          key={tab.label}
          {...place}
          search={tab.search}
          activeProps={{}}
          aria-current={tab.current ? 'page' : undefined}
          className={tabClass(tab.current, moves)}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
