import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ShortcutId } from '../features/shortcuts/catalogue.js';
import { Kbd } from './kbd.js';

const delayMs = 500;
/** After one tooltip the next comes at once. */
const skipMs = 300;
/** Time to move the pointer from the control onto its tooltip. */
const graceMs = 120;
const gap = 6;
const margin = 8;

const tipId = 'tooltip';
const tipOf = (node: EventTarget | null) =>
  node instanceof Element ? node.closest<HTMLElement>('[data-tip]') : null;

/** The one tooltip of the page: it stays while the pointer is on it, and Escape takes it away. */
export default function TooltipLayer() {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown: HTMLElement | null = null;
    let last = 0;
    const show = (next: HTMLElement | null, wait: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (shown) last = Date.now();
        shown = next?.isConnected && next.getAttribute('aria-expanded') !== 'true' ? next : null;
        setTarget(shown);
      }, wait);
    };
    const hide = () => {
      if (shown || timer) show(null, 0);
    };
    const over = (event: PointerEvent) => {
      if (event.pointerType === 'touch') return;
      if (box.current?.contains(event.target as Node)) return clearTimeout(timer);
      const found = tipOf(event.target);
      if (found === shown) return found ? clearTimeout(timer) : undefined;
      if (!found) return show(null, graceMs);
      show(found, shown || Date.now() - last < skipMs ? 0 : delayMs);
    };
    const focus = (event: FocusEvent) => {
      const found = tipOf(event.target);
      if (found?.matches(':focus-visible')) show(found, 0);
      else hide();
    };
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape' || event.key === 'Enter' || event.key === ' ') hide();
    };
    document.addEventListener('pointerover', over);
    document.addEventListener('focusin', focus);
    document.addEventListener('focusout', hide);
    document.addEventListener('pointerdown', hide);
    document.addEventListener('scroll', hide, true);
    document.addEventListener('keydown', key, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointerover', over);
      document.removeEventListener('focusin', focus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('pointerdown', hide);
      document.removeEventListener('scroll', hide, true);
      document.removeEventListener('keydown', key, true);
    };
  }, []);

  useLayoutEffect(() => {
    const tip = box.current;
    if (!tip || !target) return;
    const around = target.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const below = around.bottom + gap;
    const fits = below + height + margin <= window.innerHeight;
    const start = around.left + around.width / 2 - width / 2;
    tip.style.top = `${fits ? below : around.top - gap - height}px`;
    tip.style.left = `${Math.max(margin, Math.min(start, window.innerWidth - width - margin))}px`;
    // What the control is called already need not be said twice.
    const said = target.getAttribute('aria-label') ?? target.textContent?.trim();
    if (said === target.dataset.tip) return;
    target.setAttribute('aria-describedby', tipId);
    return () => target.removeAttribute('aria-describedby');
  }, [target]);

  if (!target) return null;
  const keys = target.dataset.tipKeys as ShortcutId | undefined;
  return (
    <div
      ref={box}
      id={tipId}
      role="tooltip"
      dir="auto"
      className="appear pointer-events-auto fixed z-70 flex max-w-72 items-center gap-2 rounded-md border border-line bg-raised px-2 py-1 text-xs text-text shadow-float"
    >
      {target.dataset.tip}
      {keys && <Kbd shortcut={keys} />}
    </div>
  );
}
