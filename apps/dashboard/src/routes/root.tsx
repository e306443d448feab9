import { Link, Outlet, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useText } from '../messages/intl.js';
import { buttonClass } from '../ui/button.js';
import { EmptyState, Failure } from '../ui/states.js';
import { useAnyNotice } from '../ui/notices.js';

const Toaster = lazy(() => import('../ui/toaster.js'));

/** Around every page. */
export function RootRoute() {
  // Most pages never have anything to tell: the code for it comes with the first notice.
  const told = useAnyNotice();
  return (
    <>
      <Outlet />
      <Suspense fallback={null}>{told && <Toaster />}</Suspense>
    </>
  );
}

/** An address that leads nowhere. */
export function NotFoundRoute() {
  const t = useText();
  return (
    <main className="h-full">
      <h1 className="sr-only">{t('state.lost.title')}</h1>
      <EmptyState icon={Compass} title={t('state.lost.title')} body={t('state.lost.body')}>
        <Link to="/" className={buttonClass()}>
          {t('state.lost.home')}
        </Link>
      </EmptyState>
    </main>
  );
}

/** A page that could not be shown: the API was out of reach, or a part of us failed to load. */
export function CrashRoute({ error }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <main className="h-full">
      <Failure error={error} onRetry={() => void router.invalidate()} />
    </main>
  );
}
