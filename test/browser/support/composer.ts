import type { Page } from 'playwright-core';

/** The field that words are written in, once it is the one that formats. */
export function editor(page: Page, label = 'Your reply') {
  return page.locator('[contenteditable="true"]').and(page.getByRole('textbox', { name: label }));
}

/** Waits until the composer holds these words; none after a message was sent. */
export async function composerSays(page: Page, words: string, label?: string): Promise<void> {
  const field = editor(page, label);
  await field.waitFor();
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await field.innerText()).trim() === words) return;
    await page.waitForTimeout(100);
  }
  expect((await field.innerText()).trim()).toBe(words);
}

/** Waits until what is typed goes into the composer: that it can be seen does not say so. */
export async function writing(page: Page, label = 'Your reply'): Promise<void> {
  await page.waitForFunction(
    (name) => document.activeElement?.getAttribute('aria-label') === name,
    label,
  );
}
