import { clsx } from 'clsx';
import type { ApiKeyCall } from '../../api/types.js';
import { useText } from '../../messages/intl.js';
import { Time } from '../../ui/time.js';

/** One call of a key: what was asked and answered; when, from where and how long it took when it is opened. */
export function CallRow({ call }: { call: ApiKeyCall }) {
  const t = useText();
  const failed = call.status >= 400;
  return (
    <li className="border-b border-line">
      <details className="group">
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 rounded-lg py-2.5 text-sm -outline-offset-2">
          <code
            className={clsx('w-9 font-mono text-xs tabular-nums', failed && 'text-danger')}
            dir="ltr"
          >
            <span className="sr-only">{t('apiKeys.call.status')} </span>
            {call.status}
          </code>
          <code className="min-w-0 flex-1 basis-48 truncate font-mono text-xs" dir="ltr">
            {call.method} {call.path}
          </code>
          <span className="text-xs text-muted">
            <bdi dir="ltr">{call.address}</bdi>
          </span>
          <Time at={call.at} className="w-20 text-end text-xs text-subtle" />
        </summary>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 pb-3 text-xs">
          {[
            [t('apiKeys.call.duration'), t('apiKeys.call.ms', { ms: call.duration })],
            [t('apiKeys.call.request'), call.requestId],
            [t('audit.device'), call.userAgent],
            [t('apiKeys.call.code'), call.errorCode],
          ].map(
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
          {call.body !== null && (
            <div className="contents">
              <dt className="text-muted">{t('apiKeys.call.sent')}</dt>
              <dd className="min-w-0">
                <pre
                  className="overflow-x-auto rounded-lg bg-sunken p-2 font-mono text-2xs whitespace-pre-wrap"
                  dir="ltr"
                >
                  {JSON.stringify(call.body, null, 2)}
                </pre>
              </dd>
            </div>
          )}
        </dl>
      </details>
    </li>
  );
}
