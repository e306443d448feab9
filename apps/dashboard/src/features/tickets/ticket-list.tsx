import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Inbox, SearchX } from 'lucide-react';
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ComponentType,
  type ReactNode,
} from 'react';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { EmptyState, Failure, Skeleton } from '../../ui/states.js';
import { useCan } from '../auth/queries.js';
import { usePreferences } from '../settings/preferences.js';
import { commandKey } from '../shortcuts/catalogue.js';
import { useShortcut } from '../shortcuts/shortcuts.js';
import { useCalmList } from './calm-list.js';
import { ticketsQuery } from './queries.js';
import { viewOf, type TicketSearch } from './search.js';
import { clearSelection, selectAll, selectTo, toggleSelected, useSelection } from './selection.js';
import { RowBox, TicketRow, type TicketRowProps } from './ticket-row.js';

const rowHeight = { comfortable: 64, compact: 48 };

interface TicketListProps {
  search: TicketSearch;
  openId: string | undefined;
  /** What else of each ticket is needed. */
  include?: 'fields' | undefined;
  /** How a ticket is shown, where it is not the usual row; `height` tells how high. */
  row?: { component: ComponentType<TicketRowProps>; height: number; head: ReactNode } | undefined;
}

/** The queue: one entry of the tab order, walked with j and k or the arrow keys. */
export function TicketList({ search, openId, include, row: own }: TicketListProps) {
  const writes = useCan('tickets:write');
  const Row = own?.component ?? TicketRow;
  const t = useText();
  const { density } = usePreferences();
  // While words are typed the last list stays: an empty flash at every letter would be a flicker.
  const query = useInfiniteQuery({
    ...ticketsQuery(search, include),
    placeholderData: keepPreviousData,
  });
  const { data } = query;
  const fresh = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const { shown: tickets, moved, hold, release } = useCalmList(fresh);
  const selection = useSelection();
  const choosing = selection.choosing || selection.ids.size > 0;
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState(openId);
  /** The row to focus as soon as it is on the screen. */
  const [wanted, setWanted] = useState<string | null>(null);

  const virtual = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => own?.height ?? rowHeight[density],
    getItemKey: (index) => tickets[index]?.id ?? index,
    overscan: 8,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, density, own?.height]);

  const active = Math.max(
    tickets.findIndex((ticket) => ticket.id === (activeId ?? openId)),
    0,
  );
  const focusRow = (index: number) => {
    const ticket = tickets[Math.min(Math.max(index, 0), tickets.length - 1)];
    if (!ticket) return;
    virtual.scrollToIndex(tickets.indexOf(ticket));
    setActiveId(ticket.id);
    setWanted(ticket.id);
  };
  const step = (by: number) => {
    const inside = scroller.current?.contains(document.activeElement);
    // The first press only takes up the place where the list stands.
    focusRow(inside || openId ? active + by : active);
  };
  const order = () => tickets.map(({ id }) => id);
  const activeTicket = tickets[active];
  const stepSelecting = (by: number) => {
    if (!activeTicket) return;
    if (!selection.ids.has(activeTicket.id)) toggleSelected(activeTicket.id);
    const next = tickets[active + by];
    if (next) selectTo(next.id, order());
    step(by);
  };
  const choose = (id: string, range: boolean) => {
    setActiveId(id);
    if (range) selectTo(id, order());
    else toggleSelected(id);
  };
  const some = writes && tickets.length > 0;
  useShortcut('select', () => activeTicket && choose(activeTicket.id, false), some);
  useShortcut('selectTo', () => activeTicket && choose(activeTicket.id, true), some);
  useShortcut('selectNext', () => stepSelecting(1), some);
  useShortcut('selectPrevious', () => stepSelecting(-1), some);
  useShortcut('selectAll', () => selectAll(order()), some);
  useShortcut('back', clearSelection, choosing);
  useShortcut('next', () => step(1), tickets.length > 0);
  useShortcut('previous', () => step(-1), tickets.length > 0);

  const rows = virtual.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!wanted) return;
    const row = scroller.current?.querySelector<HTMLElement>(
      `[data-ticket="${CSS.escape(wanted)}"]`,
    );
    if (!row) return;
    row.focus({ preventScroll: true });
    setWanted(null);
    // The row is there as soon as the list has scrolled to it.
  }, [wanted, first, last]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError } = query;
  useEffect(() => {
    if (
      last >= tickets.length - 12 &&
      hasNextPage &&
      !isFetchingNextPage &&
      !isFetchNextPageError
    ) {
      void fetchNextPage();
    }
  }, [last, tickets.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  if (query.isPending) return <ListSkeleton />;
  if (query.isError && tickets.length === 0) {
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (tickets.length === 0) return <NoTickets search={search} />;
  const total = hasNextPage ? -1 : tickets.length;
  return (
    <div
      ref={scroller}
      className="relative min-h-0 flex-1 overflow-auto"
      onPointerMove={hold}
      onPointerLeave={release}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault();
          const by = event.key === 'ArrowDown' ? 1 : -1;
          if (event.shiftKey) stepSelecting(by);
          else step(by);
        }
        if (event.key.toLowerCase() === 'a' && commandKey(event)) {
          event.preventDefault();
          selectAll(order());
        }
        if (event.key === 'Home') focusRow(0);
        if (event.key === 'End') focusRow(tickets.length - 1);
      }}
    >
      {moved && (
        <div role="status" className="sticky top-2 z-20 flex h-0 justify-center">
          <button
            type="button"
            onClick={release}
            className="appear h-7 rounded-full border border-line bg-raised px-3 text-xs font-medium text-accent-text shadow-float"
          >
            {t('queue.moved')}
          </button>
        </div>
      )}
      {own?.head}
      <ul
        aria-label={t('queue.list')}
        className={own ? 'relative min-w-max' : 'relative'}
        style={{ height: virtual.getTotalSize() }}
      >
        {rows.map((row) => {
          const ticket = tickets[row.index]!;
          return (
            <li
              key={row.key}
              aria-posinset={row.index + 1}
              aria-setsize={total}
              className="absolute inset-x-0 top-0"
              style={{ height: row.size, transform: `translateY(${row.start}px)` }}
            >
              {writes && (
                <RowBox
                  ticket={ticket}
                  checked={selection.everything || selection.ids.has(ticket.id)}
                  shown={choosing}
                  tabIndex={row.index === active ? 0 : -1}
                  onChoose={(range) => choose(ticket.id, range)}
                />
              )}
              <Row
                ticket={ticket}
                search={search}
                current={ticket.id === openId}
                selected={selection.everything || selection.ids.has(ticket.id)}
                tabIndex={row.index === active ? 0 : -1}
                onFocus={() => setActiveId(ticket.id)}
              />
            </li>
          );
        })}
      </ul>
      {isFetchNextPageError && (
        <div className="flex justify-center p-3">
          <Button onClick={() => void fetchNextPage()}>{t('action.retry')}</Button>
        </div>
      )}
    </div>
  );
}

function NoTickets({ search }: { search: TicketSearch }) {
  const t = useText();
  const view = viewOf(search);
  const narrowed = view === 'search' || Boolean(search.q || search.tag || search.priority);
  if (narrowed) {
    return (
      <EmptyState icon={SearchX} title={t('queue.noMatch.title')} body={t('queue.noMatch.body')} />
    );
  }
  return <EmptyState icon={Inbox} title={t('queue.empty.title')} body={t(`queue.empty.${view}`)} />;
}

/** The list while it is on its way. */
export function ListSkeleton() {
  return (
    <Skeleton rows={9}>
      {(row) => (
        <div className="flex h-16 flex-col justify-center gap-2 border-b border-line px-3 compact:h-12">
          <div className="flex items-center gap-2">
            <div className="skeleton size-4 rounded-full" />
            <div className={`skeleton h-3 ${['w-3/5', 'w-2/3', 'w-1/2'][row % 3]}`} />
          </div>
          <div className="skeleton ms-6 h-2.5 w-2/5" />
        </div>
      )}
    </Skeleton>
  );
}
