import type { Page } from 'playwright-core';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { composerSays } from './support/composer.js';
import { newDesk, newTicket, row, signIn, type Desk } from './support/desk.js';

describe('a ticket', () => {
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

  async function open(subject: string, body?: string): Promise<string> {
    const { id } = await newTicket(desk, { subject, ...(body ? { body } : {}) });
    await row(page, subject).click();
    await page.getByRole('heading', { name: subject, level: 1 }).waitFor();
    return id;
  }
  const conversation = () => page.getByRole('region', { name: 'Conversation' });

  it('is answered', async () => {
    const id = await open('Please answer');
    await page.getByLabel('Your reply').fill('Here is your answer.');
    await page.keyboard.press('Control+Enter');
    await conversation().getByRole('article').getByText('Here is your answer.').waitFor();
    await composerSays(page, '');
    const { data } = await desk.api<{ data: { kind: string }[] }>('GET', `/tickets/${id}/messages`);
    expect(data.map(({ kind }) => kind)).toEqual(['inbound', 'reply']);
    await picture(page, 'ticket-answered');
  });

  it('takes a note that only the team sees', async () => {
    const id = await open('Please note');
    await page.getByRole('radio', { name: 'Internal note' }).check();
    await page.getByLabel('Your internal note').fill('Among ourselves.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await conversation()
      .getByRole('article', { name: /internal note/ })
      .waitFor();
    await composerSays(page, '', 'Your internal note');
    const { data } = await desk.api<{ data: { kind: string }[] }>('GET', `/tickets/${id}/messages`);
    expect(data.map(({ kind }) => kind)).toEqual(['inbound', 'note']);
  });

  it('keeps the words when they cannot be sent', async () => {
    await open('Cannot be sent');
    // What tells of a failure must have come before the line goes down.
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('toaster')),
    );
    await page.context().setOffline(true);
    await page.getByLabel('Your reply').fill('Do not lose me.');
    await page.getByRole('button', { name: 'Send reply' }).click();
    await page.getByText('The message was not sent; it is still in the composer').first().waitFor();
    await composerSays(page, 'Do not lose me.');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Send reply' }).click();
    await conversation().getByRole('article').getByText('Do not lose me.').waitFor();
  });

  it('is assigned to me and to nobody', async () => {
    const id = await open('Whose is it');
    await page.getByRole('button', { name: 'Assignee: Nobody' }).click();
    await page.getByRole('option', { name: 'Olive Owner (me)' }).click();
    await page.getByRole('button', { name: 'Assignee: Olive Owner' }).waitFor();
    await expect(assigneeOf(id)).resolves.toBe(desk.userId);
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await page.getByRole('option', { name: 'Nobody' }).click();
    await page.getByRole('button', { name: 'Assignee: Nobody' }).waitFor();
    await expect(assigneeOf(id)).resolves.toBeUndefined();
  });

  async function assigneeOf(id: string): Promise<string | undefined> {
    // The page shows what it hopes for; the server may still be on its way.
    await page.waitForLoadState('networkidle').catch(() => undefined);
    const { data } = await desk.api<{ data: { assignee: { id: string } | null } }>(
      'GET',
      `/tickets/${id}`,
    );
    return data.assignee?.id;
  }

  it('is closed, and reopened by undo', async () => {
    await open('Close me');
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page
      .getByText(/is closed$/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Reopen' }).waitFor();
    await row(page, 'Close me').waitFor({ state: 'detached' });
    await picture(page, 'ticket-closed');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Close', exact: true }).waitFor();
    await row(page, 'Close me').waitFor();
  });

  it('changes status, priority and tags', async () => {
    const id = await open('Change me');
    await page.getByRole('button', { name: 'Status: Open' }).click();
    await page.getByRole('menuitemradio', { name: 'On hold' }).click();
    await page.getByRole('button', { name: 'Status: On hold' }).waitFor();
    await page.getByRole('button', { name: 'Priority: Normal' }).click();
    await page.getByRole('menuitemradio', { name: 'High' }).click();
    await page.getByRole('button', { name: 'Priority: High' }).waitFor();
    await page.getByRole('button', { name: 'Add a tag' }).click();
    await page.getByRole('textbox', { name: 'Add a tag' }).fill('Billing');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove the tag “billing”' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Status: On hold' }).waitFor();
    const { data } = await desk.api<{ data: object }>('GET', `/tickets/${id}`);
    expect(data).toMatchObject({ status: 'on_hold', priority: 'high', tags: ['billing'] });
  });

  it('shows mail as text: links can be followed, markup cannot do anything', async () => {
    const body =
      '<img src=x onerror="window.hacked = true"><b>bold</b> see https://help.example.com/a?b=1.\n' +
      'javascript:alert(1)\n\nOn Monday, Ada wrote:\n> the older mail';
    await open('Dangerous mail', body);
    const text = conversation().getByText('<b>bold</b>');
    await text.waitFor();
    const link = conversation().getByRole('link');
    expect(await link.count()).toBe(1);
    expect(await link.getAttribute('href')).toBe('https://help.example.com/a?b=1');
    expect(await link.getAttribute('rel')).toContain('noopener');
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await conversation().getByText('the older mail').count()).toBe(0);
    await conversation().getByRole('button', { name: 'Show the quoted text' }).click();
    await conversation().getByText('the older mail').waitFor();
  });

  it('is created by hand', async () => {
    await page.getByRole('button', { name: 'New ticket' }).click();
    const dialog = page.getByRole('dialog', { name: 'New ticket' });
    await dialog.getByLabel('Subject').fill('Came by telephone');
    await dialog.getByLabel('Requester’s e-mail').fill('caller@customer.example');
    await dialog.getByLabel('Message').fill('Please call back.');
    await dialog.getByLabel('Tags').fill('phone, Callback');
    await picture(page, 'ticket-new');
    await dialog.getByRole('button', { name: 'Create ticket' }).click();
    await page.getByRole('heading', { name: 'Came by telephone', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Assignee: Olive Owner' }).waitFor();
    await page.getByRole('button', { name: 'Remove the tag “callback”' }).waitFor();
  });

  it('that is not there says so', async () => {
    await page.goto('/tickets/01900000-0000-7000-8000-000000000000');
    await page.getByText('It does not exist, or it is gone.').waitFor();
  });
});
