import { Link, useRouterState } from '@tanstack/react-router';
import { clsx } from 'clsx';
import {
  CircleCheck,
  CircleDashed,
  CircleDot,
  Clock,
  Contact,
  Inbox,
  KeyRound,
  Layers,
  Mailbox,
  PencilLine,
  Settings,
  SquareCheckBig,
  TextSearch,
  Users,
  type LucideIcon,
} from 'lucide-react';
import { lazy, Suspense, type ComponentProps, type ReactNode } from 'react';
import type { ViewCount } from '../../api/desk-types.js';
import type { MessageKey } from '../../messages/catalog.js';
import { useText } from '../../messages/intl.js';
import { withMessages } from '../../messages/with-messages.js';
import { useCan } from '../auth/queries.js';
import { useMailboxExists } from '../mailbox/queries.js';
import { useViewCounts } from '../tickets/queries.js';
import { viewOf, views, type ViewId } from '../tickets/search.js';
import { useTicketSearch } from '../tickets/use-ticket-search.js';
import { PersonMenu } from './person-menu.js';
import { Count, entry } from './rail-entry.js';

const icons: Record<ViewId, LucideIcon> = {
  mine: Inbox,
  unassigned: CircleDashed,
  open: CircleDot,
  pending: Clock,
  solved: CircleCheck,
  closed: SquareCheckBig,
  all: Layers,
};

function Entry({
  icon: Icon,
  active,
  children,
}: {
  icon: LucideIcon;
  active: boolean;
  children: ReactNode;
}) {
  return (
    <>
      <Icon size={16} strokeWidth={1.75} className={active ? 'text-accent-text' : ''} aria-hidden />
      {children}
    </>
  );
}

function useOnTickets(): boolean {
  return useRouterState({ select: (state) => state.location.pathname.startsWith('/tickets') });
}

interface ViewLinkProps {
  view: (typeof views)[number];
  count: ViewCount | undefined;
  onGo: (() => void) | undefined;
}

function ViewLink({ view: { id, search }, count, onGo }: ViewLinkProps) {
  const t = useText();
  const current = useTicketSearch();
  const onTickets = useOnTickets();
  const active = onTickets && viewOf(current) === id;
  return (
    <Link
      to="/tickets"
      search={search}
      {...(onGo && { onClick: onGo })}
      activeProps={{}}
      aria-current={active ? 'page' : undefined}
      className={entry(active)}
    >
      <Entry icon={icons[id]} active={active}>
        <span className="flex-1 truncate">{t(`view.${id}`)}</span>
        {count && <Count total={count.count} exact={count.isExact} />}
      </Entry>
    </Link>
  );
}

type PagePath =
  '/search' | '/drafts' | '/customers' | '/people' | '/api-keys' | '/mailbox' | '/settings';

function PageLink(props: {
  to: PagePath;
  icon: LucideIcon;
  label: MessageKey;
  onGo?: (() => void) | undefined;
}) {
  const t = useText();
  return (
    <Link
      to={props.to}
      search={{}}
      {...(props.onGo && { onClick: props.onGo })}
      activeOptions={{ includeSearch: false }}
      className="block"
    >
      {({ isActive }) => (
        <span className={entry(isActive)}>
          <Entry icon={props.icon} active={isActive}>
            {t(props.label)}
          </Entry>
        </span>
      )}
    </Link>
  );
}

const SavedViews = lazy(() => withMessages(() => import('../views/saved-views.js'), 'work'));
const Guide = lazy(() => withMessages(() => import('../guide/guide-entry.js'), 'work'));

interface RailProps extends ComponentProps<'div'> {
  onGo?: () => void;
  /** What can wait has its turn now. */
  resting: boolean;
}

/** Views of the queue and the other pages; `onGo` is called when one is chosen. */
export function Rail({ onGo, resting, ...rest }: RailProps) {
  const t = useText();
  const counts = useViewCounts();
  const mailbox = useMailboxExists();
  const writes = useCan('tickets:write');
  const readsKeys = useCan('apiKeys:read');
  const readsPeople = useCan('users:read');
  const readsCustomers = useCan('customers:read');
  return (
    <div {...rest} className={clsx('flex flex-col gap-5', rest.className)}>
      <nav aria-label={t('rail.views')} className="flex flex-col gap-px">
        {views.map((view) => (
          <ViewLink
            key={view.id}
            view={view}
            count={counts.find(({ viewId }) => viewId === view.id)}
            onGo={onGo}
          />
        ))}
        <Suspense fallback={null}>{resting && <SavedViews onGo={onGo} />}</Suspense>
      </nav>
      <nav aria-label={t('rail.pages')} className="flex flex-1 flex-col gap-px">
        <PageLink to="/search" icon={TextSearch} label="search.title" onGo={onGo} />
        {writes && <PageLink to="/drafts" icon={PencilLine} label="drafts.title" onGo={onGo} />}
        {readsCustomers && (
          <PageLink to="/customers" icon={Contact} label="customers.title" onGo={onGo} />
        )}
        {readsPeople && <PageLink to="/people" icon={Users} label="people.title" onGo={onGo} />}
        {readsKeys && <PageLink to="/api-keys" icon={KeyRound} label="apiKeys.title" onGo={onGo} />}
        <PageLink to="/settings" icon={Settings} label="settings.title" onGo={onGo} />
        {/* The last one: it appears when the server has said that there is one. */}
        {mailbox && <PageLink to="/mailbox" icon={Mailbox} label="mailbox.title" onGo={onGo} />}
      </nav>
      <Suspense fallback={null}>{resting && writes && <Guide />}</Suspense>
      <PersonMenu />
    </div>
  );
}
