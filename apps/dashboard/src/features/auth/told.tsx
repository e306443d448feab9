import { MailCheck, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

interface ToldProps {
  icon?: LucideIcon;
  children: ReactNode;
}

/** What happened and what comes next, in place of the form that asked for it. */
export function Told({ icon: Icon = MailCheck, children }: ToldProps) {
  const box = useRef<HTMLDivElement>(null);
  // The form that had the focus is gone; without this, assistive technology would be left at the top.
  useEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="status"
      className="flex gap-3 rounded-xl border border-line bg-surface p-4 text-sm outline-none"
    >
      <Icon size={18} className="mt-0.5 shrink-0 text-accent-text" aria-hidden />
      <div className="min-w-0 space-y-2 break-words">{children}</div>
    </div>
  );
}
