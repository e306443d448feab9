import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { useState } from 'react';
import { EventEntry } from '../features/event-browser/event-entry.js';
import {
  byDomain,
  domainName,
  eventTypesQuery,
  typeName,
} from '../features/event-browser/event-types.js';
import { eventsQuery } from '../features/event-browser/queries.js';
import { useTail } from '../features/event-browser/use-tail.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { PageBody, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';

/** The log of everything that happens, from its end; new events appear by themselves. */
export function EventsRoute() {
  const t = useText();
  const { type } = useSearch({ from: '/desk/settings/events' });
  return (
    <PageBody title={t('pages.events')} intro={t('events.intro')}>
      <Allowed right="events:read">
        <Log key={type ?? ''} type={type} />
      </Allowed>
    </PageBody>
  );
}

function Log({ type }: { type: string | undefined }) {
  const t = useText();
  const query = useInfiniteQuery(eventsQuery(type));
  const [follows, setFollows] = useState(true);
  const pages = query.data?.pages ?? [];
  const tail = useTail(pages[0]?.head, type);
  const old = pages.flatMap((page) => page.events);
  const events = follows ? [...tail, ...old] : old;
  const last = pages.at(-1);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <TypeFilter type={type} />
        </div>
        <div className="text-sm">
          <label className="flex min-h-8 items-center gap-2">
            <input
              type="checkbox"
              checked={follows}
              onChange={({ target }) => setFollows(target.checked)}
              className="size-4 accent-accent"
            />
            {t('events.live')}
          </label>
          <p role="status" className="text-xs text-muted">
            {follows
              ? t('events.liveOn')
              : tail.length > 0
                ? t('events.new', { count: tail.length })
                : t('events.liveOff')}
          </p>
        </div>
      </div>
      {query.isPending && <Skeleton rows={8}>{rowSkeleton}</Skeleton>}
      {query.isError && events.length === 0 && (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && events.length === 0 && (
        <EmptyState icon={History} title={t(type ? 'events.noMatch' : 'events.empty')} />
      )}
      {events.length > 0 && (
        <ul aria-label={t('pages.events')} className="border-t border-line">
          {events.map((event) => (
            <EventEntry key={event.seq} event={event} />
          ))}
        </ul>
      )}
      {last && (
        <div className="flex flex-col items-center gap-2 p-4 text-xs text-muted">
          {last.gone
            ? t('events.gone')
            : last.left === 0
              ? t('events.beginning')
              : type && t('events.lookedTo', { seq: last.left + 1 })}
          {query.hasNextPage && (
            <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {query.isFetchingNextPage ? t('state.loading') : t('events.older')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function TypeFilter({ type }: { type: string | undefined }) {
  const t = useText();
  const navigate = useNavigate();
  const { data = [] } = useQuery(eventTypesQuery);
  return (
    <Field label={t('events.type')}>
      {(control) => (
        <select
          {...control}
          value={type ?? ''}
          onChange={({ target }) =>
            void navigate({
              to: '/settings/events',
              search: target.value ? { type: target.value } : {},
              replace: true,
            })
          }
          className="field"
        >
          <option value="">{t('events.any')}</option>
          {/* What the address names before the list is there, or is called no more. */}
          {type && !data.some((each) => each.type === type) && !type.endsWith('.*') && (
            <option value={type}>{type}</option>
          )}
          {byDomain(data).map(({ domain, types }) => (
            <optgroup key={domain} label={domainName(t, domain)}>
              <option value={`${domain}.*`}>{typeName(t, `${domain}.*`)}</option>
              {types.map((each) => (
                <option key={each.type} value={each.type}>
                  {typeName(t, each.type)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
