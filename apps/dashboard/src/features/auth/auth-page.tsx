import { lazy, Suspense, type ReactNode } from 'react';
import { useText } from '../../messages/intl.js';
import { withMessages } from '../../messages/with-messages.js';
import { Brand } from '../../ui/brand.js';
import { isPlanRefusal } from '../../ui/refusals.js';
import { useTitle } from '../../ui/title.js';

interface AuthPageProps {
  title: string;
  intro?: string | undefined;
  children?: ReactNode;
  footer?: ReactNode;
}

/** A link among the words of these pages. */
export const textLink = 'font-medium text-accent-text underline underline-offset-2';

/** The frame of everything that happens before one is signed in. */
export function AuthPage({ title, intro, children, footer }: AuthPageProps) {
  const t = useText();
  useTitle(title);
  return (
    <main className="flex h-full flex-col items-center overflow-y-auto px-4 py-10">
      <div className="my-auto w-full max-w-88">
        <div className="mb-8 flex items-center gap-2.5">
          <Brand size={26} />
          <span className="text-base font-semibold tracking-tight">{t('app.name')}</span>
        </div>
        <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
        {intro && <p className="mt-1 text-sm break-words text-muted">{intro}</p>}
        <div className="mt-6">{children}</div>
        {footer && <div className="mt-6 text-sm text-muted">{footer}</div>}
      </div>
    </main>
  );
}

const PlanRefusal = lazy(() => withMessages(() => import('../billing/plan-refusal.js'), 'billing'));

interface FormErrorProps {
  message: string | undefined;
  /** What was thrown: when the plan does not let it be, what to do is said too. */
  error?: unknown;
}

/** What is wrong with a form as a whole. */
export function FormError({ message, error }: FormErrorProps) {
  if (!message) return null;
  if (isPlanRefusal(error))
    return (
      <Suspense fallback={null}>
        <PlanRefusal error={error} />
      </Suspense>
    );
  return (
    <p role="alert" className="rounded-lg bg-danger-ground px-3 py-2 text-sm text-danger">
      {message}
    </p>
  );
}
