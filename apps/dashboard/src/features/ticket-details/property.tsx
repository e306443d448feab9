import { ChevronDown } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { useText } from '../../messages/intl.js';

interface PropertyProps {
  label: string;
  padded?: boolean;
  children: ReactNode;
}

/** One thing that is known of a ticket: its name and its value. */
export function Property({ label, padded, children }: PropertyProps) {
  return (
    <div className="grid grid-cols-[5rem_1fr] items-start">
      <dt className="py-2 ps-2 text-xs break-words text-muted">{label}</dt>
      <dd className={padded ? 'min-w-0 px-2 py-1' : 'min-w-0'}>{children}</dd>
    </div>
  );
}

interface PropertyButtonProps extends ComponentProps<'button'> {
  field: string;
  value: string;
  icon?: ReactNode;
  /** Nothing is chosen: the word for it stands back. */
  unset?: boolean;
}

/** A value that is changed where it stands: what opens the choice. */
export function PropertyButton({ field, value, icon, unset, ...props }: PropertyButtonProps) {
  const t = useText();
  return (
    <button
      type="button"
      aria-label={t('ticket.field', { field, value })}
      {...props}
      className="flex min-h-8 w-full items-center gap-2 rounded-lg px-2 py-1 text-start text-sm enabled:hover:bg-hover aria-expanded:bg-hover"
    >
      {icon}
      <bdi className={`min-w-0 flex-1 truncate ${unset ? 'text-muted' : ''}`}>{value}</bdi>
      {!props.disabled && <ChevronDown size={14} className="shrink-0 text-subtle" aria-hidden />}
    </button>
  );
}
