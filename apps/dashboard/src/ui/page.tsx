import type { ReactNode } from 'react';
import { useTitle } from './title.js';

interface PageProps {
  title: string;
  intro?: string | undefined;
  actions?: ReactNode;
  children: ReactNode;
}

/** Title, one sentence, what can be done, content. */
export function PageBody({ title, intro, actions, children }: PageProps) {
  useTitle(title);
  return (
    <>
      <header className="mb-6 flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
          {intro && <p className="mt-1 max-w-140 text-sm text-muted">{intro}</p>}
        </div>
        {actions}
      </header>
      {children}
    </>
  );
}

/** A page of its own beside the queue. */
export function Page(props: PageProps) {
  return (
    <div className="h-full overflow-y-auto bg-surface">
      <div className="mx-auto flex min-h-full max-w-220 flex-col px-4 py-6 sm:px-8 sm:py-8">
        <PageBody {...props} />
      </div>
    </div>
  );
}

/** Grey bars in the shape of a list's rows. */
export const rowSkeleton = (row: number) => (
  <div className="flex h-14 items-center gap-3 border-b border-line">
    <div className="skeleton size-8 rounded-full" />
    <div className="flex-1 space-y-2">
      <div className={`skeleton h-3 ${['w-1/3', 'w-1/4', 'w-2/5'][row % 3]}`} />
      <div className="skeleton h-2.5 w-1/5" />
    </div>
  </div>
);
