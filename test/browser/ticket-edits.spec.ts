import type { Page } from 'playwright-core';
import { findings } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newColleague, newDesk, newTicket, row, signIn, told, type Desk } from './support/desk.js';

describe('what is known of a ticket', () => {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = await newDesk();
    const options = [{ name: 'Mobile' }, { name: 'Desktop' }];
    for (const field of [
      { key: 'order', kind: 'text', name: 'Order number' },
      { key: 'device', kind: 'select', name: 'Device', options },
      { key: 'cause', kind: 'text', name: 'Cause', requiredOnSolve: true },
    ]) {
      await desk.api('POST', '/custom-fields', { subject: 'ticket', ...field });
    }
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
    await page.getByRole('button', { name: 'Order number: None' }).waitFor();
    return id;
  }
  const ticket = async (id: string) =>
    (await desk.api<{ data: Record<string, unknown> }>('GET', `/tickets/${id}`)).data;

  it('is changed where it stands', async () => {
    const id = await open('Inline edits');
    await page.getByRole('button', { name: 'Change the subject' }).click();
    await page.getByRole('textbox', { name: 'Subject' }).fill('Edited inline');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Edited inline', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Type: No type' }).click();
    await page.getByRole('menuitemradio', { name: 'Incident' }).click();
    await page.getByRole('button', { name: 'Type: Incident' }).waitFor();
    await page.getByRole('button', { name: 'Order number: None' }).click();
    await page.getByRole('textbox', { name: 'Order number' }).fill('A-17');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Order number: A-17' }).waitFor();
    await page.getByRole('button', { name: 'Device: None' }).click();
    await page.getByRole('menuitemradio', { name: 'Mobile' }).click();
    await page.getByRole('button', { name: 'Device: Mobile' }).waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    expect(await ticket(id)).toMatchObject({
      subject: 'Edited inline',
      type: 'incident',
      fields: { order: 'A-17' },
    });
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('Subject: Inline edits → Edited inline').waitFor();
    await picture(page, 'ticket-history');
    expect(await findings(page)).toEqual([]);
  });

  it('asks when somebody changed the same, and shows both values', async () => {
    const id = await open('Both edit');
    await page.getByRole('button', { name: 'Order number: None' }).click();
    await desk.api('PATCH', `/tickets/${id}`, { fields: { order: 'THEIRS' } });
    await page.getByRole('textbox', { name: 'Order number' }).fill('MINE');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Somebody changed the same' });
    await dialog.getByText('THEIRS', { exact: true }).waitFor();
    await dialog.getByText('MINE', { exact: true }).waitFor();
    await picture(page, 'edit-conflict');
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save mine' }).click();
    await page.getByRole('button', { name: 'Order number: MINE' }).waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    expect(await ticket(id)).toMatchObject({ fields: { order: 'MINE' } });
  });

  it('lets changes of different fields go through side by side', async () => {
    const id = await open('Side by side');
    await page.getByRole('button', { name: 'Order number: None' }).click();
    await desk.api('PATCH', `/tickets/${id}`, { priority: 'high' });
    await page.getByRole('textbox', { name: 'Order number' }).fill('B-2');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Order number: B-2' }).waitFor();
    await page.getByRole('button', { name: 'Priority: High' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('is rolled back when it is refused, with the reason', async () => {
    await open('Needs a cause');
    await page.getByRole('button', { name: 'Status: Open' }).click();
    await page.getByRole('menuitemradio', { name: 'Solved' }).click();
    await told(page, 'Fill in first: Cause');
    await page.getByRole('button', { name: 'Status: Open' }).waitFor();
  });

  it('is taken by one of two, and the other is told by whom', async () => {
    const colleague = await newColleague(desk, 'agent', 'Fast Colleague');
    const id = await open('Who takes it');
    // What the colleague did must not have come by itself before the button is pressed.
    await page.route('**/api/v1/tickets/**', async (route) => {
      if (route.request().method() === 'PUT' && route.request().url().endsWith('/assignment')) {
        await colleague.api('PUT', `/tickets/${id}/take`).catch(() => undefined);
      }
      await route.continue();
    });
    await page.getByRole('button', { name: 'Take', exact: true }).click();
    await told(page, 'In the meantime it was assigned to Fast Colleague');
    await page.getByRole('button', { name: 'Assignee: Fast Colleague' }).waitFor();
  });

  it('sleeps until a time, and wakes by undo', async () => {
    const id = await open('Put aside');
    await page.getByRole('heading', { name: 'Put aside', level: 1 }).focus();
    await page.keyboard.press('z');
    const dialog = page.getByRole('dialog', { name: 'Snooze until' });
    await picture(page, 'snooze');
    await dialog.getByRole('button', { name: /Tomorrow morning/ }).click();
    await told(page, 'The ticket is snoozed');
    await page.getByText('Snoozed:').waitFor();
    expect((await ticket(id)).snoozedUntil).not.toBeNull();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Snoozed:').waitFor({ state: 'detached' });
  });

  it('says who else is there', async () => {
    const colleague = await newColleague(desk, 'agent', 'Present Colleague');
    const id = await open('Who is here');
    await colleague.api('PUT', `/tickets/${id}/presence`, { state: 'typing' });
    await page.getByText('Present Colleague is typing').first().waitFor();
    await picture(page, 'presence');
    await colleague.api('DELETE', `/tickets/${id}/presence`);
    await page.getByText('Present Colleague is typing').waitFor({ state: 'detached' });
  });
});
