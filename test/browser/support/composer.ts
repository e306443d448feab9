import type { Page } from 'playwright-core';
import { eventually } from './eventually.js';

/** The field that words are written in, once it is the one that formats. */
export function editor(page: Page, label = 'Your reply') {
  return page.locator('[contenteditable="true"]').and(page.getByRole('textbox', { name: label }));
}

/** Waits until the composer holds these words; none after a message was sent. */
export async function composerSays(page: Page, words: string, label?: string): Promise<void> {
  const field = editor(page, label);
  await field.waitFor();
  let seen = '';
  const isSaid = async (): Promise<boolean> => {
    seen = (await field.innerText()).trim();
    return seen === words;
  };
  await eventually(`the composer says “${words}”`, isSaid, () => seen);
}

/** Waits until what is typed goes into the composer: that it can be seen does not say so. */
export async function writing(page: Page, label = 'Your reply'): Promise<void> {
  await page.waitForFunction(
    (name) => document.activeElement?.getAttribute('aria-label') === name,
    label,
  );
}
