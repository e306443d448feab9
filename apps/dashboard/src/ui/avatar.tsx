import { clsx } from 'clsx';

function initials(name: string): string {
  const words = name
    .replace(/@.*/, '')
    .split(/[\s._-]+/)
    .filter(Boolean);
  const first = words[0] ?? '?';
  const last = words.length > 1 ? words[words.length - 1]! : '';
  return ([...first][0]! + ([...last][0] ?? '')).toLocaleUpperCase();
}

interface AvatarProps {
  name: string;
  /** Our own people wear the accent, requesters the grey: one glance says who speaks. */
  ours?: boolean;
  size?: 'small' | 'medium';
}

/** A person's initials; the name itself is always written beside it. */
export function Avatar({ name, ours = false, size = 'medium' }: AvatarProps) {
  return (
    <span
      aria-hidden="true"
      className={clsx(
        'inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none',
        size === 'medium' ? 'size-8 text-xs' : 'size-5 text-[9px]',
        ours ? 'bg-selected text-accent-text' : 'border border-line bg-sunken text-muted',
      )}
    >
      {initials(name)}
    </span>
  );
}
