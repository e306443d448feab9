import { findings } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { composerSays, writing } from './support/composer.js';
import { newColleague, newDesk, newTicket, signIn, told, type Desk } from './support/desk.js';

describe('what is kept for a person', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('tells of a mention and of a ticket that was given, until they are read', async () => {
    const { id } = await newTicket(desk, { subject: 'Who knows about pumps?' });
    const other = await newTicket(desk, { subject: 'A valve that drips' });
    const ada = await newColleague(desk, 'agent', 'Ada Agent');
    const page = await openPage();
    await signIn(page, ada);
    await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
    await desk.api('PUT', `/tickets/${id}/assignment`, { assigneeId: ada.userId });
    await desk.api('POST', `/tickets/${other.id}/messages`, {
      kind: 'note',
      body: 'Ada, please.',
      mentions: [ada.userId],
    });
    await page.getByRole('link', { name: 'Notifications, 2 new' }).click();
    await page.getByRole('heading', { name: 'Notifications', level: 1 }).waitFor();
    await page.getByRole('link', { name: /Olive Owner mentioned you/ }).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'notifications');
    await page.getByRole('link', { name: /Olive Owner assigned a ticket to you/ }).click();
    await page.getByRole('heading', { name: 'Who knows about pumps?', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Notifications, 1 new' }).click();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();
  });

  it('lists what was begun and not sent, and discards it when asked', async () => {
    const { id } = await newTicket(desk, { subject: 'Half an answer' });
    await desk.api('PUT', `/tickets/${id}/drafts/reply`, { html: '<p>Dear Rita, I was about</p>' });
    const page = await openPage();
    await signIn(page, desk);
    await page.getByRole('link', { name: 'Drafts' }).click();
    await page.getByRole('link', { name: /Half an answer.*Dear Rita, I was about/s }).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'drafts');
    await page.getByRole('button', { name: /^Discard the draft of/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
    await told(page, 'The draft is gone');
    await page.getByText('No drafts').waitFor();
  });

  it('makes a file of the list that is shown, to be downloaded when it is there', async () => {
    await newTicket(desk, { subject: 'To be taken along' });
    const page = await openPage();
    await signIn(page, desk);
    await page.getByRole('button', { name: 'More about this list' }).click();
    await page.getByRole('menuitem', { name: 'Export tickets' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export tickets' });
    await dialog
      .getByLabel('Which tickets')
      .getByText('As shown: All open')
      .waitFor({ state: 'attached' });
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Start the export' }).click();
    await page.getByRole('heading', { name: 'Exports', level: 1 }).waitFor();
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await file).suggestedFilename()).toMatch(/\.csv$/);
    await picture(page, 'exports');
  });

  it('leads a new desk to its first answer', async () => {
    const fresh = await newDesk();
    const page = await openPage();
    await signIn(page, fresh);
    await page.getByRole('heading', { name: 'Getting started', level: 2 }).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'guide');
    await page.getByRole('button', { name: 'Create a practice ticket' }).click();
    await page.getByRole('heading', { name: 'A practice ticket', level: 1 }).waitFor();
    await page.getByRole('link', { name: /Getting started 2 of 3/ }).waitFor();
    await page.keyboard.press('r');
    await writing(page);
    await page.keyboard.type('Like this.');
    await composerSays(page, 'Like this.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article').getByText('Like this.').waitFor();
    await page.getByRole('link', { name: /Getting started 3 of 3/ }).click();
    await page.getByText('The first ticket is answered.').waitFor();
    await page.getByRole('button', { name: 'Finish' }).click();
    await page.getByText('No ticket open').waitFor();
    await page.reload();
    await page.getByText('No ticket open').waitFor();
    expect(await page.getByText('Getting started').count()).toBe(0);
  });
});
