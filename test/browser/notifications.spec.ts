import type { Page } from 'playwright-core';
import { findings, findingsOfColours } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newColleague, newDesk, newTicket, signIn, told, type Desk } from './support/desk.js';
import { mailTo } from './support/mails.js';

async function openPreferences(page: Page): Promise<void> {
  await page.goto('/settings/notifications');
  await page.getByRole('heading', { name: 'Notifications', level: 1 }).waitFor();
  await page.getByLabel('A ticket becomes yours: mail').waitFor();
}

describe('what a person is told of', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('is theirs to choose, by the keyboard too, and stays', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await openPreferences(page);
    const save = page.getByRole('button', { name: 'Save' });
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel('A customer answers: show here').focus();
    await page.keyboard.press('Space');
    await page.getByLabel('A customer answers: mail').selectOption('At once');
    await page.getByLabel('At', { exact: true }).selectOption('07:00');
    await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
    await page.getByLabel('Language of the mails').selectOption('ar');
    await picture(page, 'notification-preferences');
    await save.focus();
    await page.keyboard.press('Enter');
    await told(page, 'Saved');
    await page.getByLabel('How often').selectOption('Every hour');
    expect(await page.getByLabel('At', { exact: true }).count()).toBe(0);

    await page.reload();

    await page.getByLabel('A ticket becomes yours: mail').waitFor();
    expect(await page.getByLabel('A customer answers: show here').isChecked()).toBe(false);
    expect(await page.getByLabel('A customer answers: mail').inputValue()).toBe('at_once');
    expect(await page.getByLabel('How often').inputValue()).toBe('daily');
    expect(await page.getByLabel('At', { exact: true }).inputValue()).toBe('7');
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Asia/Tokyo');
    expect(await page.getByLabel('Language of the mails').inputValue()).toBe('ar');
  });

  it('can be read by everybody: both themes, Arabic, a telephone', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await openPreferences(page);
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findingsOfColours(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    await picture(page, 'notification-preferences-narrow-dark');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.evaluate(() =>
      localStorage.setItem('manydesk.preferences', JSON.stringify({ language: 'ar' })),
    );
    await page.reload();
    await page.getByRole('heading', { name: 'الإشعارات', level: 1 }).waitFor();
    await page.getByLabel('ردّ عميل: البريد').waitFor();
    await picture(page, 'notification-preferences-arabic');
    expect(await findings(page)).toEqual([]);
  });

  it('is counted, is read by looking at its ticket, and its mails end by their link', async () => {
    const ada = await newColleague(desk, 'agent', 'Ada Agent');
    const ticket = await newTicket(desk, { subject: 'The printer is on fire' });
    await desk.api('PUT', `/tickets/${ticket.id}/assignment`, { assigneeId: ada.userId });
    // Before there is more about the ticket: what is due together is one mail.
    const mail = await mailTo(ada.email, 'assigned');
    for (const body of ['Look at this, please.', 'And at this.'])
      await desk.api('POST', `/tickets/${ticket.id}/messages`, {
        ...{ kind: 'note', body, mentions: [ada.userId] },
      });
    const page = await openPage();
    await signIn(page, ada);
    await page.getByRole('link', { name: /^Notifications, 2 new/ }).click();
    const list = page.getByRole('list', { name: 'Notifications' });
    await list.getByText('Olive Owner mentioned you, 2 times').waitFor();
    await list.getByText('Olive Owner assigned a ticket to you').waitFor();
    await picture(page, 'notifications');
    expect(await findings(page)).toEqual([]);

    await page.goto(`/tickets/${ticket.id}`);
    await page
      .getByRole('heading', { name: /The printer is on fire/ })
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();

    const link = /\/unsubscribe\?token=\S+/.exec(mail.text)![0];
    const anybody = await openPage();
    await anybody.goto(link);
    await anybody.getByRole('button', { name: 'End these mails' }).click();
    await anybody.getByText('A ticket becomes yours').waitFor();
    await picture(anybody, 'unsubscribed');
    expect(await findings(anybody)).toEqual([]);
    await openPreferences(page);
    expect(await page.getByLabel('A ticket becomes yours: mail').inputValue()).toBe('off');
    await anybody.goto('/unsubscribe?token=nothing');
    await anybody.getByRole('button', { name: 'End these mails' }).click();
    await anybody.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  });
});
