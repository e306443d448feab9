import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface Fact {
  label: string;
  value: ReactNode;
  /** More than there should be of it. */
  isBad?: boolean;
}

/** Numbers and times, each under what it counts. */
export function Facts({ label, facts }: { label: string; facts: Fact[] }) {
  return (
    <dl aria-label={label} className="grid grid-cols-2 gap-x-4 gap-y-4 sm:grid-cols-3">
      {facts.map((fact) => (
        <div key={fact.label} className="flex min-w-0 flex-col-reverse justify-end">
          <dt className="text-xs text-muted">{fact.label}</dt>
          <dd
            className={clsx(
              'text-lg font-medium break-words tabular-nums',
              fact.isBad && 'text-danger',
            )}
          >
            {fact.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
