import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  hint?: string | undefined;
  actions?: ReactNode;
  children?: ReactNode;
}

/** One matter of a page: what it is, what it means, what can be done, and its content. */
export function Section({ title, hint, actions, children }: SectionProps) {
  return (
    <section aria-label={title} className="border-t border-line py-5 first:border-t-0 first:pt-0">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-sm font-medium">{title}</h2>
          {hint && <p className="mt-0.5 max-w-140 text-xs text-muted">{hint}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children && <div className="mt-3">{children}</div>}
    </section>
  );
}
