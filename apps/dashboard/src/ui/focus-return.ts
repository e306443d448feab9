import { useRef } from 'react';

/**
 * Handlers for a dialog that is opened by a shortcut or from elsewhere: they remember what had the
 * focus and give it back. (Radix gives it back to a trigger alone, and there is none.)
 */
export function useFocusReturn(onClosed?: (event: Event) => void) {
  const before = useRef<HTMLElement | null>(null);
  return {
    remember: () => {
      before.current = document.activeElement as HTMLElement | null;
    },
    onCloseAutoFocus: (event: Event) => {
      onClosed?.(event);
      if (event.defaultPrevented) return;
      event.preventDefault();
      if (before.current?.isConnected) before.current.focus();
    },
  };
}
