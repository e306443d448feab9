import type { Locator } from 'playwright-core';

/** Waits until keys go to the element, or to one in it: that it can be seen does not say so. */
export async function focusIn(element: Locator): Promise<void> {
  const isThere = () => element.evaluate((node) => node.contains(document.activeElement));
  for (let tries = 0; tries < 100; tries += 1) {
    if (await isThere()) return;
    await element.page().waitForTimeout(100);
  }
  throw new Error(`the focus did not come to ${String(element)}`);
}
