import { Outlet, useParams } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { lazy, Suspense, useEffect } from 'react';
import { usePreferences } from '../features/settings/preferences.js';
import { QueueHeader } from '../features/tickets/queue-header.js';
import { clearSelection, useSelection } from '../features/tickets/selection.js';
import { ListSkeleton, TicketList } from '../features/tickets/ticket-list.js';
import type { TicketSearch } from '../features/tickets/search.js';
import { useSearchName, useTicketSearch } from '../features/tickets/use-ticket-search.js';
import { useWide } from '../features/tickets/use-wide.js';
import { withMessages } from '../messages/with-messages.js';

const BulkBar = lazy(() => withMessages(() => import('../features/bulk/bulk-bar.js'), 'work'));
const ColumnList = lazy(() =>
  withMessages(() => import('../features/columns/column-list.js'), 'work'),
);
const NothingOpen = lazy(() =>
  withMessages(() => import('../features/guide/nothing-open.js'), 'work'),
);

/** The queue, and beside it (on a narrow screen: instead of it) the open ticket. */
export function QueueRoute() {
  const search = useTicketSearch();
  const { ticketId } = useParams({ strict: false });
  const name = useSearchName(search);
  const wide = useWide();
  const { layout } = usePreferences();
  const selection = useSelection();
  const columns = layout === 'columns' && wide && !ticketId;
  const key = keyOf(search);
  // What is chosen belongs to this list: another one begins with nothing.
  useEffect(() => clearSelection, [key]);
  const chosen = selection.choosing || selection.ids.size > 0;
  return (
    <div className="flex h-full">
      <section
        aria-label={name}
        className={clsx(
          'flex min-h-0 flex-col bg-surface',
          columns
            ? 'min-w-0 flex-1'
            : 'w-full shrink-0 md:w-80 md:border-e md:border-line xl:w-84 2xl:w-96',
          ticketId && 'max-md:hidden',
        )}
      >
        <QueueHeader search={search} openId={ticketId} />
        <Listed key={key} search={search} openId={ticketId} columns={columns} />
        <Suspense fallback={null}>{chosen && <BulkBar search={search} />}</Suspense>
      </section>
      {!columns && (
        <div className={clsx('min-w-0 flex-1 bg-surface', !ticketId && 'max-md:hidden')}>
          {ticketId ? (
            <Outlet />
          ) : (
            <Suspense fallback={null}>
              <NothingOpen title={name} />
            </Suspense>
          )}
        </div>
      )}
    </div>
  );
}

/** While words are typed it is still the same list. */
const keyOf = (search: TicketSearch) => JSON.stringify({ ...search, q: undefined });

interface ListedProps {
  search: TicketSearch;
  openId: string | undefined;
  columns: boolean;
}

function Listed({ columns, ...list }: ListedProps) {
  if (!columns) return <TicketList {...list} />;
  return (
    <Suspense fallback={<ListSkeleton />}>
      <ColumnList {...list} />
    </Suspense>
  );
}
