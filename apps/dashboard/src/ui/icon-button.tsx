import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { ariaKeys, type ShortcutId } from '../features/shortcuts/catalogue.js';
import { Tooltip } from './tooltip.js';

interface IconButtonProps extends ComponentProps<'button'> {
  label: string;
  shortcut?: ShortcutId | undefined;
}

/** A button that is only a picture: named for assistive technology, and by a tooltip for the rest. */
export function IconButton({ label, shortcut, className, children, ...props }: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        aria-keyshortcuts={shortcut && ariaKeys(shortcut)}
        {...props}
        className={clsx(
          'inline-flex size-8 shrink-0 items-center justify-center rounded-lg text-muted transition-colors duration-100',
          'hover:bg-hover hover:text-text aria-expanded:bg-hover aria-expanded:text-text',
          className,
        )}
      >
        {children}
      </button>
    </Tooltip>
  );
}
