import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const pictures = path.resolve('.manydesk', 'screenshots');

/** The running, seeded desk that is looked at. */
export const address = required(
  'MANYDESK_BROWSER_URL',
  'the address of a running desk: run `npm run test:browser`, which starts one',
);

function required(name: string, what: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; it is ${what}.`);
  return value.replace(/\/$/, '');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findChromium(): string {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const found =
    process.env.MANYDESK_CHROMIUM ??
    names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isExecutable);
  if (found) return found;
  throw new Error(
    'There is no Chromium on the PATH; install it (apt-get install chromium), or name yours in MANYDESK_CHROMIUM.',
  );
}

let browser: Browser | undefined;
const complaints: string[] = [];

/**
 * What the browser complains of by itself when a test makes a request fail on purpose, or looks into the frame of a
 * letter, in which no script may run: not those of the tests either.
 */
const expected =
  /Failed to load resource: (the server responded with a status of 4|net::ERR_(INTERNET|FAILED))|Blocked script execution in '[^']*\/message\.html/;

/** Opens a page in a browser profile of its own. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  browser ??= await chromium.launch({ executablePath: findChromium(), args: flags });
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    ...options,
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error' || expected.test(message.text())) return;
    complaints.push(`${page.url()}: ${message.text()}`);
  });
  return page;
}

/**
 * Closes every page that a test opened, keeping a picture of how it ended (the first thing one wants to
 * see of a test that failed), and fails when one of them complained (also of its policy).
 */
export async function closePages(): Promise<void> {
  const test = expect.getState().currentTestName?.replace(/\W+/g, '-') ?? 'unnamed';
  for (const context of browser?.contexts() ?? []) {
    for (const [index, page] of context.pages().entries()) {
      const file = path.join(pictures, 'ends', `${test}-${index}.png`);
      await page.screenshot({ path: file, timeout: 5_000 }).catch(() => undefined);
    }
    await context.close();
  }
  expect(complaints.splice(0)).toEqual([]);
}

/** Ends the browser of this spec file. */
export async function closeBrowser(): Promise<void> {
  await browser?.close();
  browser = undefined;
}

/** Keeps a picture, for a person to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  // A transition caught half-way is not what a person sees.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((each) => each.finished)),
  );
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}
