import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Download, ScrollText, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { eventDomains, eventName, eventTypes } from '../features/audit/event-names.js';
import { EventRow } from '../features/audit/event-row.js';
import { auditQuery, exportAudit, type ExportFormat } from '../features/audit/queries.js';
import type { AuditSearch } from '../features/audit/search.js';
import { VerifyDialog } from '../features/audit/verify-dialog.js';
import { activePeopleQuery } from '../features/people/queries.js';
import { useCan } from '../features/auth/queries.js';
import type { MessageKey } from '../messages/catalog.js';
import { useText } from '../messages/intl.js';
import { Allowed } from '../ui/allowed.js';
import { useAttempt } from '../ui/attempt.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { LoadMore } from '../ui/load-more.js';
import { Menu, MenuItem } from '../ui/menu.js';
import { PageBody, rowSkeleton } from '../ui/page.js';
import { EmptyState, Failure, Skeleton } from '../ui/states.js';

/** Who came in and who may do what: every change of it, in a chain that cannot be changed unnoticed. */
export function AuditRoute() {
  const t = useText();
  const reads = useCan('audit:read');
  const search = useSearch({ from: '/desk/settings/audit' });
  const attempt = useAttempt();
  const [verifying, setVerifying] = useState(false);
  const save = (format: ExportFormat) =>
    void attempt(() => exportAudit(search, format), { failed: t('audit.exportFailed') });
  return (
    <PageBody
      title={t('pages.audit')}
      intro={t('audit.intro')}
      actions={
        reads && (
          <div className="flex gap-2">
            <Menu
              align="end"
              trigger={
                <Button>
                  <Download size={14} aria-hidden />
                  {t('audit.export')}
                </Button>
              }
            >
              <MenuItem onSelect={() => save('csv')}>{t('audit.exportCsv')}</MenuItem>
              <MenuItem onSelect={() => save('jsonl')}>{t('audit.exportJsonl')}</MenuItem>
            </Menu>
            <Button onClick={() => setVerifying(true)}>
              <ShieldCheck size={14} aria-hidden />
              {t('audit.verify')}
            </Button>
          </div>
        )
      }
    >
      <Allowed right="audit:read">
        <Filters search={search} />
        <Events search={search} />
      </Allowed>
      {verifying && <VerifyDialog onClose={() => setVerifying(false)} />}
    </PageBody>
  );
}

function Filters({ search }: { search: AuditSearch }) {
  const t = useText();
  const navigate = useNavigate();
  const readsPeople = useCan('users:read');
  const people = useQuery({ ...activePeopleQuery, enabled: readsPeople }).data ?? [];
  const set = (key: keyof AuditSearch, value: string) => {
    const { [key]: _before, ...rest } = search;
    const next: AuditSearch = value ? { ...rest, [key]: value } : rest;
    void navigate({ to: '/settings/audit', search: next, replace: true });
  };
  const filtered = Object.keys(search).length > 0;
  return (
    <section aria-label={t('audit.filters')} className="mb-4">
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label={t('audit.type')}>
          {(control) => (
            <select
              {...control}
              value={search.type ?? ''}
              onChange={(event) => set('type', event.currentTarget.value)}
              className="field"
            >
              <option value="">{t('audit.anyType')}</option>
              {eventDomains.map((domain) => (
                <optgroup key={domain} label={t(`eventDomain.${domain}` as MessageKey)}>
                  <option value={`${domain}.*`}>
                    {t('audit.allOf', { domain: t(`eventDomain.${domain}` as MessageKey) })}
                  </option>
                  {eventTypes
                    .filter((type) => type.startsWith(`${domain}.`))
                    .map((type) => (
                      <option key={type} value={type}>
                        {eventName(t, type)}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('audit.actor')}>
          {(control) => (
            <select
              {...control}
              value={search.actor ?? ''}
              onChange={(event) => set('actor', event.currentTarget.value)}
              className="field"
            >
              <option value="">{t('audit.anyActor')}</option>
              {people.map((person) => (
                <option key={person.id} value={person.id}>
                  {person.name}
                </option>
              ))}
              {search.actor && !people.some(({ id }) => id === search.actor) && (
                <option value={search.actor}>{search.actor}</option>
              )}
            </select>
          )}
        </Field>
        {(['from', 'to'] as const).map((end) => (
          <Field key={end} label={t(`audit.${end}`)}>
            {(control) => (
              <input
                {...control}
                type="date"
                value={search[end] ?? ''}
                onChange={(event) => set(end, event.currentTarget.value)}
                className="field"
              />
            )}
          </Field>
        ))}
      </div>
      {filtered && (
        <Button
          variant="ghost"
          className="mt-2"
          onClick={() => void navigate({ to: '/settings/audit', search: {} })}
        >
          {t('audit.clear')}
        </Button>
      )}
    </section>
  );
}

function Events({ search }: { search: AuditSearch }) {
  const t = useText();
  const query = useInfiniteQuery(auditQuery(search));
  const events = query.data?.pages.flatMap((page) => page.data) ?? [];
  if (query.isPending) return <Skeleton rows={6}>{rowSkeleton}</Skeleton>;
  if (query.isError && events.length === 0) {
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (events.length === 0) {
    const filtered = Object.keys(search).length > 0;
    return (
      <EmptyState
        icon={ScrollText}
        title={t(filtered ? 'audit.noMatch.title' : 'audit.empty.title')}
        body={t(filtered ? 'audit.noMatch.body' : 'audit.empty.body')}
      />
    );
  }
  return (
    <>
      <ul aria-label={t('pages.audit')} className="border-t border-line">
        {events.map((event) => (
          <EventRow key={event.seq} event={event} />
        ))}
      </ul>
      <LoadMore query={query} />
    </>
  );
}
