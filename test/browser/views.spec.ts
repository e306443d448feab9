import type { Page } from 'playwright-core';
import { findings } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import {
  newColleague,
  newDesk,
  newTicket,
  queueShows,
  row,
  signIn,
  told,
  type Desk,
} from './support/desk.js';

const rail = (page: Page) => page.getByRole('navigation', { name: 'Views of the queue' });

describe('views that people keep', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
    await newTicket(desk, { subject: 'Pump stands still', priority: 'urgent', tags: ['pump'] });
    await newTicket(desk, { subject: 'Pump is loud', priority: 'high', tags: ['pump'] });
    await newTicket(desk, { subject: 'Wrong invoice', priority: 'low' });
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('are made of conditions, counted in the rail, changed and deleted', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await rail(page).getByRole('button', { name: 'New view' }).click();
    const editor = page.getByRole('dialog', { name: 'New view' });
    await editor.getByLabel('Name').fill('Pumps in need');
    await editor.getByRole('button', { name: 'Add a condition' }).click();
    await editor.getByLabel('Field').nth(1).selectOption({ label: 'Tag' });
    await editor.getByLabel('Value').nth(1).fill('pump');
    await editor.getByRole('button', { name: 'Add a group' }).click();
    await editor.getByText('1 ticket at the moment').waitFor();
    await editor.getByLabel('Value').nth(2).selectOption('high');
    await editor.getByRole('button', { name: 'Add a condition' }).first().click();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'view-editor');
    await editor.getByLabel('Field').nth(3).selectOption({ label: 'Priority' });
    await editor.getByLabel('Value').nth(3).selectOption('urgent');
    await editor.getByRole('button', { name: 'Remove Priority' }).click();
    await editor.getByRole('button', { name: 'Save the view' }).click();
    await page.getByRole('heading', { name: 'Pumps in need', level: 1 }).waitFor();
    await queueShows(page, ['Pump is loud', 'Pump stands still']);
    await rail(page).getByRole('link', { name: 'Pumps in need 2 tickets' }).waitFor();
    expect(page.url()).toMatch(/view=/);

    await page.getByRole('button', { name: 'More about this list' }).click();
    await page.getByRole('menuitem', { name: 'Edit the view' }).click();
    const again = page.getByRole('dialog', { name: 'Edit the view' });
    await again.getByLabel('Name').fill('Pumps');
    await again.getByLabel('Order').selectOption({ label: 'Oldest first' });
    await again.getByRole('button', { name: 'Save the view' }).click();
    await page.getByRole('heading', { name: 'Pumps', exact: true, level: 1 }).waitFor();
    await queueShows(page, ['Pump stands still', 'Pump is loud']);

    await page.getByRole('button', { name: 'More about this list' }).click();
    await page.getByRole('menuitem', { name: 'Delete the view' }).click();
    await told(page, 'The view is deleted');
    await page.getByRole('heading', { name: 'All open', level: 1 }).waitFor();
    expect(await rail(page).getByRole('link', { name: 'Pumps' }).count()).toBe(0);
  });

  it('show the columns of their choice over the whole width', async () => {
    const { data } = await desk.api<{ data: { id: string } }>('POST', '/views', {
      name: 'By state',
      scope: 'organization',
      conditions: { all: [{ field: 'status', operator: 'is', value: 'open' }] },
      columns: ['subject', 'priority', 'tags', 'createdAt'],
      sort: '-priority',
    });
    const page = await openPage();
    await signIn(page, desk);
    await page.goto(`/tickets?view=${data.id}`);
    await row(page, 'Wrong invoice').waitFor();
    await page.keyboard.press('v');
    const head = page.getByRole('group', { name: 'Columns' });
    await head.waitFor();
    expect(await head.innerText()).toMatch(/Subject\s+Priority\s+Tags\s+Created/);
    await queueShows(page, ['Pump stands still', 'Pump is loud', 'Wrong invoice']);
    await head.getByRole('button', { name: 'Order by Priority' }).click();
    await queueShows(page, ['Wrong invoice', 'Pump is loud', 'Pump stands still']);
    expect(await findings(page)).toEqual([]);
    await picture(page, 'columns');
    await row(page, 'Pump is loud').click();
    await page.getByRole('heading', { name: 'Pump is loud', level: 1 }).waitFor();
    // Beside an open ticket there is room for the list alone.
    expect(await head.count()).toBe(0);
  });

  it('are shared only by who may set up the desk', async () => {
    const agent = await newColleague(desk, 'agent', 'Ada Agent');
    const page = await openPage();
    await signIn(page, agent);
    await page.keyboard.press('w');
    const editor = page.getByRole('dialog', { name: 'New view' });
    await editor.waitFor();
    expect(await editor.getByLabel('Who sees it').locator('option').allInnerTexts()).toEqual([
      'Only me',
    ]);
  });
});
