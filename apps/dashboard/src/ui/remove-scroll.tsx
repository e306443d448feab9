import { Slot } from 'radix-ui';
import type { ReactNode } from 'react';

/**
 * Stands in for `react-remove-scroll` (see vite.config.ts): hands its props to its child as the
 * original does with `as={Slot}`, and leaves the page's scroll alone.
 */
export function RemoveScroll({
  children,
  ...rest
}: {
  children: ReactNode;
  [prop: string]: unknown;
}) {
  const { as: _as, allowPinchZoom: _pinch, shards: _shards, ...props } = rest;
  return <Slot.Root {...props}>{children}</Slot.Root>;
}
