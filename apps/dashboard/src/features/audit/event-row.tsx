import { clsx } from 'clsx';
import type { AuditEvent } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Time } from '../../ui/time.js';
import { eventName } from './event-names.js';

/** Kinds of events after which one looks twice. */
const alarming = /failed|reused|lost|break_glass|suspended|deletion/;

const said = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** One event: what, who, when and from where; the rest when it is opened. */
export function EventRow({ event }: { event: AuditEvent }) {
  const t = useText();
  const address = said(event.data?.address);
  const device = said(event.data?.userAgent);
  const actors: Record<string, string> = {
    user: t('audit.actorType.user'),
    api_key: t('audit.actorType.api_key'),
    requester: t('author.requester'),
    staff: t('audit.actorType.staff'),
    system: t('audit.actorType.system'),
  };
  const actor = event.actor.name ?? actors[event.actor.type] ?? event.actor.type;
  const rows = [
    [t('audit.type'), event.type],
    [t('audit.subject'), `${event.subject.type} ${event.subject.id}`],
    [t('audit.address'), address],
    [t('audit.device'), device],
    [t('audit.seq'), String(event.seq)],
    [t('apiKeys.call.request'), event.requestId],
  ] as const;
  return (
    <li className="border-b border-line">
      <details>
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-0.5 rounded-lg py-2.5 text-sm -outline-offset-2">
          <span
            className={clsx(
              'min-w-0 flex-1 basis-44 truncate font-medium max-sm:basis-3/5',
              alarming.test(event.type) && 'text-danger',
            )}
          >
            {eventName(t, event.type)}
          </span>
          <span className="max-w-40 truncate text-xs text-muted max-sm:order-1 sm:w-40">
            <bdi>{actor}</bdi>
          </span>
          <span className="truncate text-xs text-muted max-sm:order-1 sm:w-32">
            {address && <bdi dir="ltr">{address}</bdi>}
          </span>
          <Time at={event.occurredAt} className="shrink-0 text-end text-xs text-subtle sm:w-20" />
        </summary>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 pb-3 text-xs">
          {rows.map(
            ([label, value]) =>
              value && (
                <div key={label} className="contents">
                  <dt className="text-muted">{label}</dt>
                  <dd className="min-w-0 break-all">
                    <bdi>{value}</bdi>
                  </dd>
                </div>
              ),
          )}
          <dt className="text-muted">{t('audit.data')}</dt>
          <dd className="min-w-0">
            {event.data === null ? (
              t('audit.erased')
            ) : (
              <pre
                className="overflow-x-auto rounded-lg bg-sunken p-2 font-mono text-2xs whitespace-pre-wrap"
                dir="ltr"
              >
                {JSON.stringify(
                  event.changes ? { ...event.data, changes: event.changes } : event.data,
                  null,
                  2,
                )}
              </pre>
            )}
          </dd>
        </dl>
      </details>
    </li>
  );
}
