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

interface Listed {
  data: { subject: string; status: string; priority: string; tags: string[] }[];
}

const bar = (page: Page) => page.getByRole('region', { name: 'Selected tickets' });

describe('many tickets at once', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await newDesk();
    for (const subject of ['Third', 'Second', 'First']) await newTicket(desk, { subject });
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  const stateOf = async (subject: string) => {
    const { data } = await desk.api<Listed>('GET', '/tickets');
    return data.find((ticket) => ticket.subject === subject);
  };

  it('are chosen, changed and put back by keyboard alone', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await row(page, 'First').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await bar(page).getByText('1 selected').waitFor();
    await page.keyboard.press('J');
    await bar(page).getByText('2 selected').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'bulk');
    await page.keyboard.press('e');
    await told(page, '2 tickets changed');
    await queueShows(page, ['Third']);
    expect((await stateOf('First'))?.status).toBe('closed');
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await told(page, '2 tickets are as they were');
    await page.mouse.move(900, 400);
    await row(page, 'First').waitFor();
    expect((await stateOf('Second'))?.status).toBe('open');
  });

  it('are chosen with the mouse, one or a range, and get tags, a person, a priority', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await row(page, 'First').hover();
    const boxes = page.getByRole('checkbox');
    await boxes.nth(0).check();
    await boxes.nth(2).click({ modifiers: ['Shift'] });
    await bar(page).getByText('3 selected').waitFor();
    await bar(page).getByRole('button', { name: 'Tags' }).click();
    await page.getByLabel('Tags to add').fill('recall, 2026');
    await page.getByRole('button', { name: 'Apply' }).click();
    await told(page, '3 tickets changed');
    expect((await stateOf('Second'))?.tags).toEqual(['recall', '2026']);

    await row(page, 'Third').hover();
    await page.getByRole('checkbox').first().check();
    await bar(page).getByRole('button', { name: 'Priority' }).click();
    await page.getByRole('menuitem', { name: 'Urgent' }).click();
    await told(page, '1 ticket changed');
  });

  it('are all that match, also those that are not on the screen', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.getByRole('button', { name: 'More about this list' }).click();
    await page.getByRole('menuitem', { name: 'Select tickets' }).click();
    await page.getByRole('checkbox').first().check();
    await bar(page).getByRole('button', { name: 'Select all that match' }).click();
    await bar(page).getByText('All that match are selected').waitFor();
    await bar(page).getByRole('button', { name: 'Status' }).click();
    await page.getByRole('menuitem', { name: 'Pending' }).click();
    await told(page, '3 tickets changed');
    await page.getByText('All clear').waitFor();
  });

  it('are let go by Escape, and not chosen by who may only read', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await row(page, 'First').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await bar(page).waitFor();
    await page.keyboard.press('Escape');
    await bar(page).waitFor({ state: 'detached' });
    const viewer = await newColleague(desk, 'viewer', 'Vera Viewer');
    const other = await openPage();
    await signIn(other, viewer);
    await row(other, 'First').waitFor();
    await other.keyboard.press('j');
    await other.keyboard.press('x');
    expect(await other.getByRole('checkbox').count()).toBe(0);
  });

  it('hold their places while one points at them', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await row(page, 'Second').hover();
    await newTicket(desk, { subject: 'Fourth' });
    await page.getByRole('button', { name: 'The list has changed: show it' }).waitFor();
    await queueShows(page, ['First', 'Second', 'Third']);
    await page.mouse.move(900, 400);
    await queueShows(page, ['Fourth', 'First', 'Second', 'Third']);
  });
});
