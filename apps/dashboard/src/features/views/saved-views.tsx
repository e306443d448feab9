import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { Building2, ListFilter, Plus, UsersRound, type LucideIcon } from 'lucide-react';
import type { SavedView, ViewScope } from '../../api/desk-types.js';
import { useText } from '../../messages/intl.js';
import { showDialog } from '../desk/dialogs.js';
import { viewsQuery } from '../desk/queries.js';
import { Count, entry } from '../desk/rail-entry.js';
import { useTicketSearch } from '../tickets/use-ticket-search.js';
import { viewCountsQuery } from './queries.js';

const icons: Record<ViewScope, LucideIcon> = {
  personal: ListFilter,
  team: UsersRound,
  organization: Building2,
};
/** More than these are found by the palette. */
const most = 30;

/** The views that people keep, with how much each holds. */
export default function SavedViews({ onGo }: { onGo?: (() => void) | undefined }) {
  const t = useText();
  const { data: views = [] } = useQuery(viewsQuery);
  const shown = views.slice(0, most);
  const { data: counts = [] } = useQuery(viewCountsQuery(shown.map(({ id }) => id)));
  const current = useTicketSearch().view;
  const onTickets = useRouterState({
    select: (state) => state.location.pathname.startsWith('/tickets'),
  });
  const link = (view: SavedView) => {
    const active = onTickets && current === view.id;
    const Icon = icons[view.scope];
    const count = counts.find(({ viewId }) => viewId === view.id);
    return (
      <Link
        key={view.id}
        to="/tickets"
        search={{ view: view.id }}
        {...(onGo && { onClick: onGo })}
        activeProps={{}}
        aria-current={active ? 'page' : undefined}
        className={entry(active)}
      >
        <Icon
          size={16}
          strokeWidth={1.75}
          className={active ? 'text-accent-text' : ''}
          aria-hidden
        />
        <bdi className="min-w-0 flex-1 truncate">{view.name}</bdi>
        {count && <Count total={count.count} exact={count.isExact} />}
      </Link>
    );
  };
  return (
    <>
      {shown.map(link)}
      <button
        type="button"
        onClick={() => showDialog('newView')}
        className={`${entry(false)} text-start`}
      >
        <Plus size={16} strokeWidth={1.75} aria-hidden />
        {t('viewEditor.new')}
      </button>
    </>
  );
}
