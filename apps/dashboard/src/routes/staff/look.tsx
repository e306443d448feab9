import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Eye } from 'lucide-react';
import { useEffect } from 'react';
import {
  LookedCustomers,
  LookedPeople,
  LookedTicket,
  LookedTickets,
} from '../../features/staff/look-lists.js';
import { forgetLook } from '../../features/staff/look.js';
import { useStaffChange } from '../../features/staff/queries.js';
import { useStaffAttempt } from '../../features/staff/refusals.js';
import { accessesQuery, giveBack } from '../../features/staff/support-queries.js';
import { useText } from '../../messages/intl.js';
import { Button } from '../../ui/button.js';
import { Page, rowSkeleton } from '../../ui/page.js';
import { EmptyState, Skeleton } from '../../ui/states.js';
import { TabLinks } from '../../ui/tabs.js';
import { Time } from '../../ui/time.js';

const views = {
  tickets: { scope: 'tickets:read', label: 'support.scope.tickets', Shown: LookedTickets },
  customers: { scope: 'customers:read', label: 'support.scope.customers', Shown: LookedCustomers },
  people: { scope: 'users:read', label: 'support.scope.users', Shown: LookedPeople },
} as const;

type View = keyof typeof views;

/** What an organization lets one see, to be read alone; each look is in its own log before it is shown. */
export function StaffLookRoute() {
  const t = useText();
  const { accessId } = useParams({ from: '/console/staff/looks/$accessId' });
  const search = useSearch({ from: '/console/staff/looks/$accessId' });
  const client = useQueryClient();
  const query = useInfiniteQuery(accessesQuery);
  const { hasNextPage, isFetching, fetchNextPage } = query;
  const access = query.data?.pages.flatMap((page) => page.data).find(({ id }) => id === accessId);
  useEffect(() => {
    // An access of long ago is further down the list, which has no address for one alone.
    if (!access && hasNextPage && !isFetching) void fetchNextPage();
  }, [access, hasNextPage, isFetching, fetchNextPage]);
  useEffect(
    () => () => {
      // Nothing of it stays when one goes elsewhere.
      forgetLook(accessId);
      client.removeQueries({ queryKey: ['look', accessId] });
    },
    [accessId, client],
  );
  if (!access && (query.isPending || isFetching))
    return (
      <Page title={t('staff.support.look')}>
        <Skeleton rows={4}>{rowSkeleton}</Skeleton>
      </Page>
    );
  if (access?.status !== 'granted')
    return (
      <Page title={t('staff.support.look')}>
        <EmptyState icon={Eye} title={t('staff.look.over')} body={t('staff.error.notLetIn')} />
      </Page>
    );
  const offered = (Object.keys(views) as View[]).filter((name) =>
    access.scopes.some((scope) => scope === views[name].scope),
  );
  const view = offered.find((name) => name === search.view) ?? offered[0];
  return (
    <Page
      title={access.organizationName}
      intro={t('staff.look.intro')}
      actions={<End accessId={accessId} />}
    >
      <p className="mb-4 rounded-lg border border-note-line bg-note px-3 py-2 text-sm">
        {t('support.ends')} {access.expiresAt && <Time at={access.expiresAt} />}
      </p>
      {offered.length > 1 && (
        <TabLinks
          label={t('support.scopes')}
          to="/staff/looks/$accessId"
          params={{ accessId }}
          moves
          tabs={offered.map((name) => ({
            search: { view: name },
            label: t(views[name].label),
            current: name === view,
          }))}
        />
      )}
      {search.ticket ? (
        <LookedTicket accessId={accessId} ticketId={search.ticket} />
      ) : view ? (
        <Looked view={view} accessId={accessId} />
      ) : (
        <EmptyState icon={Eye} title={t('staff.look.nothing')} body={t('staff.look.nothingBody')} />
      )}
    </Page>
  );
}

function Looked({ view, accessId }: { view: View; accessId: string }) {
  const { Shown } = views[view];
  return <Shown accessId={accessId} />;
}

function End({ accessId }: { accessId: string }) {
  const t = useText();
  const navigate = useNavigate();
  const attempt = useStaffAttempt();
  const end = useStaffChange(giveBack);
  const leave = async () => {
    if (await attempt(() => end.mutateAsync(accessId), t('staff.support.over')))
      await navigate({ to: '/staff/support' });
  };
  return (
    <Button variant="danger" disabled={end.isPending} onClick={() => void leave()}>
      {t('staff.support.giveBack')}
    </Button>
  );
}
