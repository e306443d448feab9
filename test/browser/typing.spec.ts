import type { Page } from 'playwright-core';
import { closeBrowser, closePages, openPage } from './support/chromium.js';
import { composerSays, editor } from './support/composer.js';
import { newDesk, newTicket, signIn, type Desk } from './support/desk.js';

/** Every letter of it is a shortcut somewhere on the page of a ticket. */
const dangerous = 'zemacjknrsxo';
const pause = { delay: 25 };

describe('letters that are typed faster than the desk is', () => {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = await newDesk();
  });
  beforeEach(async () => {
    page = await openPage();
    const slow = await page.context().newCDPSession(page);
    await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  /** Holds back what `pattern` answers until the function is called that it resolves to. */
  const held = async (pattern: RegExp, method = 'GET') => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route(pattern, async (route) => {
      if (route.request().method() === method) await promise;
      await route.continue();
    });
    return resolve;
  };
  const isOpen = async (id: string) => {
    const { data } = await desk.api<{ data: { status: string } }>('GET', `/tickets/${id}`);
    expect(data.status).toBe('open');
    expect(await page.getByRole('dialog').count()).toBe(0);
  };

  it('stay in order while the editor takes the place of the plain field', async () => {
    const { id } = await newTicket(desk, { subject: 'The editor comes' });
    await signIn(page, desk);
    const come = await held(/rich-editor.*\.js/);
    await page.goto(`/tickets/${id}`);
    await page.getByRole('heading', { name: 'The editor comes', level: 1 }).waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type(`${dangerous}!`, pause);
    await page.keyboard.press('ArrowLeft');
    const typing = page.keyboard.type(dangerous.repeat(8), pause);
    come();
    await typing;
    await composerSays(page, `${dangerous.repeat(9)}!`);
    await isOpen(id);
  });

  it('wait for a composer that is called before the ticket is there', async () => {
    const { id } = await newTicket(desk, { subject: 'The ticket comes' });
    await signIn(page, desk);
    const come = await held(new RegExp(`/api/v1/tickets/${id}$`));
    await page.goto(`/tickets/${id}`);
    await page.locator('main .skeleton').first().waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type(`${dangerous}${dangerous}x`, pause);
    await page.keyboard.press('Backspace');
    const typing = page.keyboard.type(dangerous.repeat(4), pause);
    come();
    await typing;
    await composerSays(page, dangerous.repeat(6), 'Your internal note');
    await isOpen(id);
  });

  it('are the next message when the one before is on its way', async () => {
    const { id } = await newTicket(desk, { subject: 'On its way' });
    await signIn(page, desk);
    await page.goto(`/tickets/${id}`);
    const sent = await held(/\/messages$/, 'POST');
    await editor(page).waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('The first.', pause);
    await page.keyboard.press('Control+Enter');
    await page.keyboard.type(dangerous, pause);
    const typing = page.keyboard.type(dangerous.repeat(4), pause);
    sent();
    await typing;
    await page.getByRole('article').getByText('The first.').waitFor();
    await composerSays(page, dangerous.repeat(5));
    await isOpen(id);
  });

  it('find the field at once when a key calls the other one', async () => {
    const { id } = await newTicket(desk, { subject: 'To and fro' });
    await signIn(page, desk);
    await page.goto(`/tickets/${id}`);
    await editor(page).waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type(dangerous);
    await page.keyboard.press('Escape');
    await page.keyboard.press('r');
    await page.keyboard.type(dangerous);
    await composerSays(page, dangerous);
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await composerSays(page, dangerous, 'Your internal note');
    await isOpen(id);
  });
});
