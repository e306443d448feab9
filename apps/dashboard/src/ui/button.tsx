import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { ariaKeys, type ShortcutId } from '../features/shortcuts/catalogue.js';

type Variant = 'primary' | 'secondary' | 'ghost' | 'danger';

const variants: Record<Variant, string> = {
  primary: 'bg-accent text-on-accent enabled:hover:bg-accent-hover shadow-small',
  secondary: 'border border-line bg-surface text-text enabled:hover:bg-hover shadow-small',
  ghost: 'text-muted enabled:hover:bg-hover enabled:hover:text-text',
  danger: 'bg-danger text-on-accent enabled:hover:bg-danger-hover shadow-small',
};

interface ButtonProps extends ComponentProps<'button'> {
  variant?: Variant;
  shortcut?: ShortcutId | undefined;
}

/** The look of a button, for links that lead somewhere but weigh as much as one. */
export function buttonClass(variant: Variant = 'secondary', extra?: string): string {
  return clsx(
    'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-lg px-3 text-sm font-medium whitespace-nowrap select-none',
    'transition-colors duration-100 disabled:opacity-55',
    variants[variant],
    extra,
  );
}

/** A button with a text. */
export function Button({ variant = 'secondary', shortcut, className, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      aria-keyshortcuts={shortcut && ariaKeys(shortcut)}
      {...props}
      className={buttonClass(variant, className)}
    />
  );
}
