import type { Page } from 'playwright-core';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newDesk, newTicket, row, signIn, type Desk } from './support/desk.js';

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });

/** Resolves when the focus is on what says `words`: it goes back once the list is there. */
const focusIsOn = (page: Page, words: string) =>
  page.waitForFunction((wanted) => {
    const element = document.activeElement;
    const said = element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    return element !== document.body && said.includes(wanted);
  }, words);

describe('the keyboard', () => {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = await newDesk();
    for (const subject of ['Third from above', 'Second from above', 'First from above']) {
      await newTicket(desk, { subject });
    }
  });
  beforeEach(async () => {
    page = await openPage();
    await signIn(page, desk);
    await row(page, 'First from above').waitFor();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('alone is enough: choose, open, note, assign, close, reopen, reply, go back', async () => {
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focused(page)).toContain('Second from above');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Second from above', level: 1 }).waitFor();
    expect(await focused(page)).toContain('Second from above');

    await page.keyboard.press('n');
    await page.keyboard.type('Noted: je, ra and eg are words here.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article', { name: /internal note/ }).waitFor();
    // The note is shown at once; the words come back to whoever wrote it when it is taken.
    await page.waitForFunction(() => document.activeElement?.closest('[data-composer]') !== null);
    await page.keyboard.press('Escape');

    await page.keyboard.press('a');
    await page.getByRole('option', { name: 'Olive Owner (me)' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Assignee: Olive Owner' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.keyboard.press('e');
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
    await page.keyboard.press('e');
    await page.getByRole('button', { name: 'Close', exact: true }).waitFor();

    await page.keyboard.press('r');
    await page.keyboard.type('Answered by keyboard.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article').getByText('Answered by keyboard.').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'All open', level: 1 }).waitFor();
    await focusIsOn(page, 'Second from above');
  });

  it('is never taken while one types', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('jrne?c/g');
    expect(await page.getByRole('searchbox').inputValue()).toBe('jrne?c/g');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('goes to every page and shows all it can do', async () => {
    const go = async (letter: string, heading: string) => {
      await page.keyboard.press('g');
      await page.keyboard.press(letter);
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    };
    await go('k', 'API keys');
    await go('t', 'People');
    await go('s', 'Appearance');
    await go('f', 'Sign-in and factors');
    await go('r', 'Roles');
    await go('a', 'Audit trail');
    await go('u', 'Unassigned');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await picture(page, 'shortcuts');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('opens the palette: every action and every ticket by its words or number', async () => {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    await palette.waitFor();
    await picture(page, 'palette');
    await page.keyboard.type('third');
    await palette.getByRole('option', { name: /Third from above/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Third from above', level: 1 }).waitFor();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('reply');
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
    await page.waitForFunction(
      () => document.activeElement?.getAttribute('aria-label') === 'Your reply',
    );

    await page.keyboard.press('Control+k');
    await page.keyboard.type('#2');
    await palette.getByRole('option', { name: /Second from above/ }).click();
    await page.getByRole('heading', { name: 'Second from above', level: 1 }).waitFor();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    await page.locator('html[data-theme="dark"]').waitFor();
  });

  it('finds the focus where it was when a dialog closes', async () => {
    const button = page.getByRole('button', { name: 'New ticket' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New ticket' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForFunction(
      () => document.activeElement?.getAttribute('aria-label') === 'New ticket',
    );
  });

  it('reaches the content past the rail with one key, and shows where it is', async () => {
    await page.reload();
    await row(page, 'First from above').waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to content');
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement!).outlineStyle,
    );
    expect(outline).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
