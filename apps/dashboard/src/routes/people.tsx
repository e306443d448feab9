import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { UserPlus, Users } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { User } from '../api/types.js';
import { useCan, useMe } from '../features/auth/queries.js';
import { Invitations } from '../features/people/invitations.js';
import { InviteDialog } from '../features/people/invite-dialog.js';
import { PersonDialog } from '../features/people/person-dialogs.js';
import { PersonRow, type PersonAction } from '../features/people/person-row.js';
import { peopleQuery } from '../features/people/queries.js';
import { rolesQuery } from '../features/roles/queries.js';
import { canGive } from '../features/roles/role-select.js';
import { useShortcut } from '../features/shortcuts/shortcuts.js';
import { useText } from '../messages/intl.js';
import { Button } from '../ui/button.js';
import { LoadMore } from '../ui/load-more.js';
import { Page, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';
import { TabLinks } from '../ui/tabs.js';

const statuses = ['active', 'deactivated'] as const;
const typingMs = 250;

/** Who works in this organization, and who is invited to. */
export function PeopleRoute() {
  const t = useText();
  const writes = useCan('users:write');
  const { view } = useSearch({ from: '/desk/people' });
  const [inviting, setInviting] = useState(false);
  const invitations = view === 'invitations';
  return (
    <Page
      title={t('people.title')}
      intro={t('people.intro')}
      actions={
        writes && (
          <Button variant="primary" onClick={() => setInviting(true)}>
            <UserPlus size={15} aria-hidden />
            {t('people.invite')}
          </Button>
        )
      }
    >
      <TabLinks
        label={t('people.tabs')}
        to="/people"
        tabs={[
          { search: {}, label: t('people.title'), current: !invitations },
          {
            search: { view: 'invitations' },
            label: t('people.invitations'),
            current: invitations,
          },
        ]}
      />
      {invitations ? <Invitations writes={writes} /> : <People writes={writes} />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  );
}

/** What was typed, once the typing has paused, in the address. */
function useTypedSearch() {
  const navigate = useNavigate();
  const search = useSearch({ from: '/desk/people' });
  const [typed, setTyped] = useState(search.q ?? '');
  useEffect(() => {
    const q = typed.trim() || undefined;
    if (q === search.q) return;
    const timer = setTimeout(() => {
      const { q: _before, ...rest } = search;
      void navigate({ to: '/people', search: q ? { ...rest, q } : rest, replace: true });
    }, typingMs);
    return () => clearTimeout(timer);
  }, [typed, search, navigate]);
  return { typed, setTyped, search };
}

function People({ writes }: { writes: boolean }) {
  const t = useText();
  const navigate = useNavigate();
  const me = useMe();
  const { typed, setTyped, search } = useTypedSearch();
  const status = statuses.find((each) => each === search.status);
  const query = useInfiniteQuery(
    peopleQuery({ ...(search.q && { q: search.q }), ...(status && { status }) }),
  );
  const actionsFor = usePersonActions(writes);
  const [chosen, setChosen] = useState<{ person: User; action: PersonAction } | null>(null);
  useShortcut('search', () => document.getElementById('people-search')?.focus());
  const people = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-2">
        <input
          id="people-search"
          type="search"
          aria-label={t('people.search')}
          placeholder={t('people.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          className="field min-w-0 flex-1 basis-48"
          dir="auto"
        />
        <div className="w-44 max-sm:w-full">
          <select
            aria-label={t('people.status')}
            value={status ?? ''}
            onChange={({ currentTarget: { value } }) => {
              const { status: _before, ...rest } = search;
              void navigate({
                to: '/people',
                search: value ? { ...rest, status: value } : rest,
                replace: true,
              });
            }}
            className="field"
          >
            <option value="">{t('people.status.all')}</option>
            {statuses.map((each) => (
              <option key={each} value={each}>
                {t(`people.status.${each}`)}
              </option>
            ))}
          </select>
        </div>
      </div>
      {query.isPending && <Skeleton rows={5}>{rowSkeleton}</Skeleton>}
      {query.isError && people.length === 0 && (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && people.length === 0 && (
        <EmptyState
          icon={Users}
          title={t(search.q || status ? 'people.noMatch' : 'people.empty')}
        />
      )}
      {people.length > 0 && (
        <ul aria-label={t('people.title')} className="border-t border-line">
          {people.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              self={person.id === me?.user.id}
              actions={actionsFor(person)}
              onAction={(action) => setChosen({ person, action })}
            />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
      {chosen && <PersonDialog {...chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

/** What the person may do about another: never to somebody who has more than they have. */
function usePersonActions(writes: boolean) {
  const me = useMe();
  const secures = useCan('security:write');
  const roles = useQuery({ ...rolesQuery, enabled: writes }).data;
  return (person: User): PersonAction[] => {
    const role = roles?.find((each) => each.id === person.role);
    if (!me || !role || !canGive(role, me.permissions)) return [];
    const self = person.id === me.user.id;
    const may: [PersonAction, boolean][] = [
      ['role', writes && person.status === 'active'],
      ['rename', writes],
      ['deactivate', writes && !self && person.status === 'active'],
      ['reactivate', writes && !self && person.status === 'deactivated'],
      ['remove', writes && !self],
      ['reset', secures && !self && person.status === 'active'],
    ];
    return may.filter(([, allowed]) => allowed).map(([action]) => action);
  };
}
