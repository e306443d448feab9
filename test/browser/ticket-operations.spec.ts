import type { Page } from 'playwright-core';
import { findings } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newDesk, newTicket, row, signIn, told, type Desk } from './support/desk.js';

describe('tickets among each other', () => {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = await newDesk();
  });
  beforeEach(async () => {
    page = await openPage();
    await signIn(page, desk);
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  async function open(subject: string): Promise<string> {
    const { id } = await newTicket(desk, { subject });
    await row(page, subject).click();
    await page.getByRole('heading', { name: subject, level: 1 }).waitFor();
    return id;
  }
  const more = async (item: string) => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

  it('are merged into one, and apart again by undo', async () => {
    const other = await newTicket(desk, { subject: 'Same again', body: 'The same once more.' });
    await open('The one that stays');
    await more('Merge tickets into this one');
    const dialog = page.getByRole('dialog', { name: /^Merge into/ });
    await dialog.getByLabel('Tickets to merge').fill('Same again');
    await dialog.getByRole('button', { name: /Same again/ }).click();
    await picture(page, 'merge');
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await told(page, '1 ticket merged');
    const came = page.getByRole('article').filter({ hasText: 'The same once more.' });
    await came.getByRole('link', { name: `Written in ticket #${other.number}` }).click();
    await page.getByRole('link', { name: 'This ticket was merged into' }).waitFor();
    await picture(page, 'merged');
    await page.getByRole('button', { name: 'Undo' }).click();
    await told(page, 'Undone');
    await page.getByRole('article').getByText('The same once more.').waitFor();
  });

  it('are split, a message into one of its own', async () => {
    const id = await open('Two matters');
    await desk.api('POST', `/tickets/${id}/messages`, { kind: 'note', body: 'Another matter.' });
    const message = page.getByRole('article', { name: /internal note/ });
    await message.hover();
    await message.getByRole('button', { name: 'Split into a new ticket' }).click();
    const dialog = page.getByRole('dialog', { name: 'Split into a new ticket' });
    await dialog.getByLabel('Subject').fill('The other matter');
    await picture(page, 'split');
    await dialog.getByRole('button', { name: 'Split', exact: true }).click();
    await page.getByRole('heading', { name: 'The other matter', level: 1 }).waitFor();
    await page.getByRole('article').getByText('Another matter.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await told(page, 'Undone');
    await page.getByRole('heading', { name: 'Two matters', level: 1 }).waitFor();
    await page.getByRole('article').getByText('Another matter.').waitFor();
  });

  it('are linked, and the other side says so', async () => {
    const other = await newTicket(desk, { subject: 'The cause of it' });
    await open('An effect');
    await page.getByRole('button', { name: 'Link a ticket' }).click();
    const dialog = page.getByRole('dialog', { name: 'Link a ticket' });
    await dialog.getByLabel('How this ticket relates to it').selectOption('Blocked by');
    await dialog.getByLabel('Ticket to link').fill(`#${other.number}`);
    await dialog.getByRole('button', { name: /The cause of it/ }).click();
    await dialog.getByRole('button', { name: 'Link', exact: true }).click();
    const links = page.getByRole('region', { name: 'Linked tickets' });
    await links.getByRole('link', { name: /The cause of it/ }).click();
    await page.getByRole('heading', { name: 'The cause of it', level: 1 }).waitFor();
    await links.getByText('Blocks').waitFor();
    await links.getByRole('link', { name: /An effect/ }).waitFor();
  });

  it('follow a macro, after it was shown what it does', async () => {
    await desk.api('POST', '/macros', {
      name: 'Escalate',
      scope: 'organization',
      actions: [
        { type: 'set_priority', value: 'urgent' },
        { type: 'add_tags', value: ['escalated'] },
        { type: 'note', value: '<p>Escalated by the book.</p>' },
      ],
    });
    await open('To be escalated');
    await page.keyboard.press('m');
    await page.getByRole('option', { name: /Escalate/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Run “Escalate”' });
    await dialog.getByText('Urgent').waitFor();
    await dialog.getByText('Escalated by the book.').waitFor();
    await picture(page, 'macro');
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Run macro' }).click();
    await page.getByRole('button', { name: 'Priority: Urgent' }).waitFor();
    await page.getByRole('article').getByText('Escalated by the book.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Priority: Normal' }).waitFor();
  });
});
