import type { Locator } from 'playwright-core';
import { eventually } from './eventually.js';

/** Waits until keys go to the element, or to one in it: that it can be seen does not say so. */
export async function focusIn(element: Locator): Promise<void> {
  const isThere = () => element.evaluate((node) => node.contains(document.activeElement));
  await eventually(`the focus is in ${String(element)}`, isThere);
}
