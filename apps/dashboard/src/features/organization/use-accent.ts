import { useEffect } from 'react';
import { useMe } from '../auth/queries.js';

const names = ['accent', 'accent-hover', 'accent-text', 'selected'] as const;

function undress(): void {
  for (const name of names) document.documentElement.style.removeProperty(`--${name}`);
}

/** Puts on the colour in both themes until the answer is called; the mathematics come when needed. */
function dress(hex: string): () => void {
  let over = false;
  let observer: MutationObserver | undefined;
  void import('./accent.js').then(({ accentOf }) => {
    if (over) return;
    const wear = () => {
      const { style, dataset } = document.documentElement;
      const shades = accentOf(hex, dataset.theme === 'dark' ? 'dark' : 'light');
      style.setProperty('--accent', shades.accent);
      style.setProperty('--accent-hover', shades.hover);
      style.setProperty('--accent-text', shades.text);
      style.setProperty('--selected', shades.selected);
    };
    wear();
    observer = new MutationObserver(wear);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  });
  return () => {
    over = true;
    observer?.disconnect();
    undress();
  };
}

/** Dresses the desk in the organization's colour; in its own again when the desk is left. */
export function useAccent(): void {
  const accent = useMe()?.organization.accent;
  useEffect(() => (accent ? dress(accent) : undefined), [accent]);
}
