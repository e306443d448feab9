import { CircleAlert, Lock, RotateCw } from 'lucide-react';
import { lazy, Suspense, type ReactNode } from 'react';
import { ApiError } from '../api/error.js';
import { errorText } from '../messages/error-text.js';
import { useText } from '../messages/intl.js';
import { withMessages } from '../messages/with-messages.js';
import { Button } from './button.js';
import { EmptyState } from './empty-state.js';
import { isPlanRefusal } from './refusals.js';

// Apart, so that what is fetched for a failure can look the same.
export { EmptyState };

const RefusedPage = lazy(() =>
  withMessages(() => import('../features/billing/refused-page.js'), 'billing'),
);

interface FailureProps {
  error: unknown;
  onRetry?: (() => void) | undefined;
}

/** Something could not be had: because it is not allowed, or because it failed (and may be retried). */
export function Failure({ error, onRetry }: FailureProps) {
  const t = useText();
  if (error instanceof ApiError && error.status === 403) {
    return <EmptyState icon={Lock} title={t('state.denied.title')} body={t('state.denied.body')} />;
  }
  if (isPlanRefusal(error))
    return (
      <Suspense fallback={null}>
        <RefusedPage error={error} />
      </Suspense>
    );
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div role="alert" className="h-full">
      <EmptyState icon={CircleAlert} title={t('state.error.title')} body={errorText(t, error)}>
        {requestId && (
          <p className="mb-4 max-w-80 text-xs text-subtle">
            {t('state.error.request')}{' '}
            <code className="font-mono break-all text-muted select-all">{requestId}</code>
          </p>
        )}
        {onRetry && (
          <Button onClick={onRetry}>
            <RotateCw size={14} aria-hidden />
            {t('action.retry')}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}

/** Grey bars in the shape of what is coming; one quiet word for those who cannot see them. */
export function Skeleton({
  rows,
  children,
}: {
  rows: number;
  children: (row: number) => ReactNode;
}) {
  const t = useText();
  return (
    <div role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} aria-hidden="true">
          {children(row)}
        </div>
      ))}
    </div>
  );
}
