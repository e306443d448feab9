import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe finds on the page as it is now, one line a finding; nothing is what one wants. */
export function findings(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  return analyse(page, (axe) => axe.withTags(tags));
}

/** The same of what depends on colours: the second theme has the same page in others. */
export function findingsOfColours(page: Page): Promise<string[]> {
  return analyse(page, (axe) => axe.withRules(['color-contrast', 'link-in-text-block']));
}

/**
 * Looks at the page at rest: what fades in is paler than it will be, and what is loaded a moment later fades
 * in while axe reads. A reader who asked for less motion sees every step as it ends, so axe reads as they do.
 */
async function analyse(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  const before = await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  try {
    await page.evaluate(() =>
      Promise.allSettled(document.getAnimations().map((each) => each.finished)),
    );
    const { violations } = await choose(new AxeBuilder({ page })).analyze();
    return violations.flatMap(({ id, impact, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${impact} ${id}: ${html} ${failureSummary}`),
    );
  } finally {
    await page.emulateMedia({ reducedMotion: before ? 'reduce' : 'no-preference' });
  }
}
