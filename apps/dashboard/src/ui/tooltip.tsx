import { cloneElement, lazy, Suspense, type ReactElement, type ReactNode } from 'react';
import type { ShortcutId } from '../features/shortcuts/catalogue.js';

interface TooltipProps {
  label: string;
  shortcut?: ShortcutId | undefined;
  /** Takes further attributes and puts them on its element. */
  children: ReactElement;
}

const Layer = lazy(() => import('./tooltip-layer.js'));

/** Shows the tooltips of everything below it, once there is a moment to fetch what shows them. */
export function Tooltips({ ready, children }: { ready: boolean; children: ReactNode }) {
  return (
    <>
      {children}
      {ready && (
        <Suspense fallback={null}>
          <Layer />
        </Suspense>
      )}
    </>
  );
}

/** Names a control and its shortcut to whoever hovers over it or reaches it by keyboard. */
export function Tooltip({ label, shortcut, children }: TooltipProps) {
  return cloneElement(children as ReactElement<Record<string, unknown>>, {
    'data-tip': label,
    'data-tip-keys': shortcut,
  });
}
