import { clsx } from 'clsx';
import { useText } from '../../messages/intl.js';
import { CodeBlock, prettyJson } from '../../ui/code-block.js';
import { Time } from '../../ui/time.js';
import { attemptProblems, type WebhookAttempt } from './types.js';

const linesOf = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

/** One try: what was asked, what was answered, and how long it took. */
export function Attempt({ attempt, open }: { attempt: WebhookAttempt; open: boolean }) {
  const t = useText();
  const { status, problem, responseHeaders, responseBody } = attempt;
  const known = attemptProblems.find((each) => each === problem);
  const label = t('deliveries.try', { number: attempt.number });
  const named = (what: string) => `${label}: ${what}`;
  return (
    <li className="border-b border-line">
      <details open={open}>
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 rounded-lg py-2.5 text-sm -outline-offset-2">
          <span className="flex-1 font-medium">{label}</span>
          <span className={clsx('text-xs', problem ? 'text-danger' : 'text-accent-text')}>
            {status === null ? t('deliveries.noAnswer') : <bdi dir="ltr">{status}</bdi>}
          </span>
          <span className="text-xs text-muted">
            {t('apiKeys.call.ms', { ms: attempt.duration })}
          </span>
          <Time at={attempt.startedAt} className="w-20 text-end text-xs text-subtle" />
        </summary>
        <div className="space-y-3 pb-4">
          {problem && (
            <p className="text-sm text-danger">
              {known ? t(`deliveries.problem.${known}`) : problem}
            </p>
          )}
          <Part
            title={t('deliveries.requestHeaders')}
            label={named(t('deliveries.requestHeaders'))}
            code={`POST ${attempt.url}\n${linesOf(attempt.requestHeaders)}`}
          />
          {responseHeaders && (
            <Part
              title={t('deliveries.responseHeaders')}
              label={named(t('deliveries.responseHeaders'))}
              code={linesOf(responseHeaders)}
            />
          )}
          {status !== null &&
            (responseBody ? (
              <Part
                title={t('deliveries.responseBody')}
                label={named(t('deliveries.responseBody'))}
                code={prettyJson(responseBody)}
              />
            ) : (
              <p className="text-xs text-muted">{t('deliveries.emptyAnswer')}</p>
            ))}
        </div>
      </details>
    </li>
  );
}

function Part({ title, label, code }: { title: string; label: string; code: string }) {
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-muted">{title}</h3>
      <CodeBlock label={label} code={code} />
    </div>
  );
}
