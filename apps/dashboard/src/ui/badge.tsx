import { clsx } from 'clsx';
import type { ReactNode } from 'react';

interface BadgeProps {
  tone?: 'plain' | 'good' | 'bad' | 'warn';
  children: ReactNode;
}

const tones = {
  plain: 'border-line text-muted',
  good: 'border-line bg-selected text-accent-text',
  bad: 'border-line bg-danger-ground text-danger',
  warn: 'border-note-line bg-note text-text',
};

/** A word about the state of something; the word says it, the colour only helps. */
export function Badge({ tone = 'plain', children }: BadgeProps) {
  return (
    <span
      className={clsx(
        'inline-flex shrink-0 items-center rounded-full border px-2 text-xs leading-5 font-normal whitespace-nowrap',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
