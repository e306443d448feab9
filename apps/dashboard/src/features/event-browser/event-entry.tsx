import { useText } from '../../messages/intl.js';
import type { MessageKey } from '../../messages/catalog.js';
import { CodeBlock } from '../../ui/code-block.js';
import { Time } from '../../ui/time.js';
import { typeName } from './event-types.js';
import type { LoggedEvent } from './queries.js';
import { SubjectLink } from './subject-link.js';

const actors = ['user', 'api_key', 'requester', 'system'];

/** One event of the log: what, about what, by whom and when; all of it when it is opened. */
export function EventEntry({ event }: { event: LoggedEvent }) {
  const t = useText();
  const { seq, type, actor, subject, changes } = event;
  const name = typeName(t, type);
  const who = actors.includes(actor.type)
    ? t(`events.actor.${actor.type}` as MessageKey)
    : actor.type;
  const rows = [
    [t('events.type'), type],
    [t('events.actor'), actor.id ? `${who} ${actor.id}` : who],
    [t('events.request'), event.requestId],
    [t('events.cause'), event.causationId],
    [t('events.operation'), event.operationId],
  ] as const;
  const curl = `curl -H "Authorization: Bearer $MANYDESK_API_KEY" '${location.origin}/api/v1/events?after=${seq - 1}&limit=1'`;
  return (
    <li className="border-b border-line">
      <details>
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-0.5 rounded-lg py-2.5 text-sm -outline-offset-2">
          <span className="w-14 text-xs text-subtle tabular-nums" dir="ltr">
            #{seq}
          </span>
          <span className="min-w-0 flex-1 basis-44 truncate font-medium">{name}</span>
          <span className="text-xs text-muted sm:w-24">{who}</span>
          <Time at={event.occurredAt} className="w-20 text-end text-xs text-subtle" />
        </summary>
        <div className="space-y-3 pb-4">
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
            <dt className="text-muted">{t('events.subject')}</dt>
            <dd className="min-w-0 break-all">
              <SubjectLink type={subject.type} id={subject.id} />
            </dd>
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
          </dl>
          {changes && <Changes changes={changes} />}
          <CodeBlock
            label={`${t('events.json')}: #${seq}`}
            code={JSON.stringify(event, null, 2)}
            copies={[
              { label: t('events.copyJson'), value: JSON.stringify(event, null, 2) },
              { label: t('events.copyCurl'), value: curl },
            ]}
          />
        </div>
      </details>
    </li>
  );
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** What a change made of what, field by field. */
function Changes({ changes }: { changes: Record<string, unknown> }) {
  const t = useText();
  return (
    <div role="region" aria-label={t('events.changes')} tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-start text-xs">
        <caption className="mb-1 text-start font-medium text-muted">{t('events.changes')}</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            {(['field', 'before', 'after'] as const).map((head) => (
              <th key={head} scope="col" className="py-1 pe-3 text-start font-normal">
                {t(`events.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(changes).map(([field, change]) => {
            const [before, after] = Array.isArray(change) ? (change as unknown[]) : [null, change];
            return (
              <tr key={field} className="border-b border-line align-top last:border-0">
                <th scope="row" className="py-1 pe-3 text-start font-mono font-normal" dir="ltr">
                  {field}
                </th>
                <td className="py-1 pe-3 break-words text-danger">
                  <bdi>{shown(before)}</bdi>
                </td>
                <td className="py-1 break-words text-accent-text">
                  <bdi>{shown(after)}</bdi>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
