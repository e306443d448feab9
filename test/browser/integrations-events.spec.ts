import type { Page } from 'playwright-core';
import { findings, findingsOfColours } from './support/axe.js';
import { address, closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newDesk, newTicket, signIn, type Desk } from './support/desk.js';

describe('the log of events and of requests', () => {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = await newDesk();
  });
  beforeEach(async () => {
    page = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] });
    await signIn(page, desk);
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  const log = () => page.getByRole('list', { name: 'Events' });
  const entries = () => log().getByRole('listitem');

  it('shows each event whole, with what changed and the way to what it is about', async () => {
    const { id } = await newTicket(desk, { subject: 'Told of' });
    await desk.api('PATCH', `/tickets/${id}`, { priority: 'high' });
    await page.goto(`/settings/events?type=ticket.*`);
    await entries()
      .filter({ hasText: 'ticket.created' })
      .or(entries().filter({ hasText: '"priority"' }))
      .first()
      .waitFor({ state: 'attached' });
    const changed = entries().filter({ has: page.getByText('priority', { exact: true }) });
    await changed.first().locator('summary').click();
    const table = changed.first().getByRole('table', { name: 'What changed' });
    await table.getByRole('row', { name: /priority.*high/ }).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'events');
    await changed
      .first()
      .getByRole('button', { name: /^Copy curl/ })
      .click();
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    const seq = Number(/after=(\d+)&limit=1'$/.exec(curl)?.[1]) + 1;
    await changed.first().getByText(`#${seq}`, { exact: true }).waitFor();
    await changed
      .first()
      .getByRole('link', { name: `ticket ${id}` })
      .click();
    await page.getByRole('heading', { name: 'Told of', level: 1 }).waitFor();
  });

  it('follows what happens, waits when told to, and reaches the beginning', async () => {
    // More of them than a page shows.
    const { id } = await newTicket(desk, { subject: 'Changed often' });
    for (let turn = 0; turn < 50; turn += 1) {
      await desk.api('PATCH', `/tickets/${id}`, { priority: turn % 2 ? 'low' : 'high' });
    }
    await page.goto('/settings/events');
    await entries().first().waitFor();
    const before = await entries().count();
    await newTicket(desk, { subject: 'Happens now' });
    await page.waitForFunction(
      (count) => document.querySelectorAll('main details').length > count,
      before,
    );
    await page.getByRole('checkbox', { name: 'Follow' }).uncheck();
    await newTicket(desk, { subject: 'Happens unseen' });
    await page.getByText(/new event/).waitFor();
    const older = page.getByRole('button', { name: 'Older events' });
    await older.click();
    await page.getByText('This is where the log begins.').waitFor();
    await log().getByText('#1', { exact: true }).waitFor();
  });

  it('lists the calls of a key, of which one finds those that failed', async () => {
    const { data } = await desk.api<{ data: { secret: string } }>('POST', '/api-keys', {
      name: 'Shop',
      scopes: ['tickets:read'],
    });
    const asKey = (path: string) =>
      fetch(`${address}/api/v1${path}`, { headers: { authorization: `Bearer ${data.secret}` } });
    await asKey('/tickets');
    await asKey('/users');
    await page.goto('/settings/requests');
    const calls = page.getByRole('list', { name: 'Last calls' });
    await calls.getByText('GET /api/v1/users').waitFor();
    await calls.getByText('GET /api/v1/tickets').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByLabel('Answer').selectOption('refused');
    await calls.getByText('GET /api/v1/tickets').waitFor({ state: 'detached' });
    expect(await calls.getByRole('listitem').count()).toBe(1);
    await page.getByLabel('Path or request id').fill('nothing like it');
    await page.getByText('No call fits the filters').waitFor();
    await page.getByLabel('Path or request id').fill('users');
    await calls.getByText('GET /api/v1/users').waitFor();
    await picture(page, 'requests');
  });

  it('is readable in the dark, and on a telephone in Arabic', async () => {
    const dark = await openPage({ colorScheme: 'dark' });
    await signIn(dark, desk);
    for (const path of ['events', 'requests']) {
      await dark.goto(`/settings/${path}`);
      await dark.locator('main details').first().waitFor();
      await dark.locator('main summary').first().click();
      expect(await findingsOfColours(dark)).toEqual([]);
      await picture(dark, `${path}-dark`);
    }
    const narrow = await openPage({ viewport: { width: 360, height: 740 } });
    await signIn(narrow, desk);
    await narrow.evaluate(() =>
      localStorage.setItem('manydesk.preferences', JSON.stringify({ language: 'ar' })),
    );
    for (const path of ['events', 'requests']) {
      await narrow.goto(`/settings/${path}`);
      await narrow.locator('main details').first().waitFor();
      await narrow.locator('main summary').first().click();
      expect(await findings(narrow)).toEqual([]);
      const width = await narrow.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(360);
      await picture(narrow, `${path}-narrow`);
    }
  });
});
