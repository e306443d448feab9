import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface StateProps {
  icon: LucideIcon;
  title: string;
  body?: string | undefined;
  children?: ReactNode;
}

/** What a place says when it has nothing to show. */
export function EmptyState({ icon: Icon, title, body, children }: StateProps) {
  return (
    <div className="appear flex h-full flex-col items-center justify-center gap-1 px-6 py-12 text-center">
      <Icon size={24} strokeWidth={1.5} className="mb-3 text-subtle" aria-hidden />
      <p className="text-base font-medium text-balance">{title}</p>
      {body && <p className="max-w-80 text-sm text-balance text-muted">{body}</p>}
      {children && <div className="mt-4">{children}</div>}
    </div>
  );
}
