import type { Page } from 'playwright-core';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { composerSays, editor } from './support/composer.js';
import { newColleague, newDesk, newTicket, row, signIn, told, type Desk } from './support/desk.js';
import { mailIn } from './support/letters.js';

interface Draft {
  kind: string;
  html: string;
}

describe('a draft', () => {
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
  const drafts = async (id: string) =>
    (await desk.api<{ data: Draft[] }>('GET', `/tickets/${id}/drafts`)).data;
  const saved = () => page.getByRole('status').getByText('Draft saved', { exact: true }).waitFor();

  it('survives a reload, apart for reply and note, and keeps its format', async () => {
    const id = await open('Draft me');
    await editor(page).pressSequentially('Half a ');
    await page.keyboard.press('Control+b');
    await page.keyboard.type('rep');
    await saved();
    await page.getByRole('radio', { name: 'Internal note' }).check();
    await editor(page, 'Your internal note').fill('Half a no');
    await saved();
    expect((await drafts(id)).map(({ kind, html }) => [kind, html]).sort()).toEqual([
      ['note', '<p>Half a no</p>'],
      ['reply', '<p>Half a <strong>rep</strong></p>'],
    ]);
    await page.reload();
    await composerSays(page, 'Half a no', 'Your internal note');
    await page.getByRole('radio', { name: 'Reply' }).check();
    await composerSays(page, 'Half a rep');
    await editor(page).locator('strong').getByText('rep').waitFor();
  });

  it('is on the server: another browser goes on with it', async () => {
    const id = await open('On two devices');
    await editor(page).fill('Begun here');
    await saved();
    const other = await openPage();
    await signIn(other, desk);
    await other.goto(`/tickets/${id}`);
    await composerSays(other, 'Begun here');
    await editor(other).fill('Finished there');
    await other.keyboard.press('Control+Enter');
    await other.getByRole('article').getByText('Finished there').waitFor();
    await composerSays(other, '');
    expect(await drafts(id)).toEqual([]);
  });

  it('asks which words stay when two windows wrote at once', async () => {
    const id = await open('Two at once');
    await editor(page).fill('First words');
    await saved();
    await desk.api('PUT', `/tickets/${id}/drafts/reply`, { html: '<p>Words of elsewhere</p>' });
    await editor(page).pressSequentially(' go on');
    const dialog = page.getByRole('dialog', { name: 'This draft was changed elsewhere' });
    await dialog.getByText('First words go on').waitFor();
    await dialog.getByText('Words of elsewhere').waitFor();
    await picture(page, 'draft-conflict');
    await dialog.getByRole('button', { name: 'Keep what is here' }).click();
    await saved();
    await composerSays(page, 'First words go on');
    expect((await drafts(id))[0]?.html).toBe('<p>First words go on</p>');
  });

  it('asks before it is sent when the customer wrote meanwhile', async () => {
    const first = await mailIn(desk, { subject: 'Crossing words', text: 'Nothing is urgent.' });
    await row(page, 'Crossing words').click();
    await editor(page).fill('As you said, nothing is urgent.');
    await saved();
    await mailIn(desk, { subject: 'Re: Crossing words', text: 'It is urgent!', answers: first });
    await page.getByText('Rita Requester wrote while you were typing.').waitFor();
    await composerSays(page, 'As you said, nothing is urgent.');
    await page.getByRole('button', { name: 'Send reply' }).click();
    const dialog = page.getByRole('dialog', { name: /wrote while you were typing/ });
    await dialog.getByText('It is urgent!').waitFor();
    await picture(page, 'customer-wrote');
    await dialog.getByRole('button', { name: 'Read first' }).click();
    await composerSays(page, 'As you said, nothing is urgent.');
    await editor(page).fill('I am on it.');
    await page.getByRole('button', { name: 'Send reply' }).click();
    await page.getByRole('article').getByText('I am on it.').waitFor();
    await composerSays(page, '');
  });

  it('brings its files along', async () => {
    const id = await open('With a file');
    await editor(page).waitFor();
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).click();
    const file = { name: 'facts.txt', mimeType: 'text/plain', buffer: Buffer.from('Facts.') };
    await (await chosen).setFiles([file]);
    await page.getByRole('button', { name: 'Remove facts.txt' }).waitFor();
    await editor(page).fill('The facts are attached.');
    await saved();
    await page.reload();
    await page.getByRole('button', { name: 'Remove facts.txt' }).waitFor();
    await composerSays(page, 'The facts are attached.');
    await page.getByRole('button', { name: 'Send reply' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('article').getByRole('button', { name: 'Save facts.txt' }).click();
    expect((await download).suggestedFilename()).toBe('facts.txt');
    const { data } = await desk.api<{ data: { attachments: object[] }[] }>(
      'GET',
      `/tickets/${id}/messages`,
    );
    expect(data[1]?.attachments).toHaveLength(1);
  });

  it('names a colleague in a note', async () => {
    const colleague = await newColleague(desk, 'agent', 'Carla Colleague');
    const id = await open('Ask a colleague');
    await page.reload();
    await page.getByRole('radio', { name: 'Internal note' }).check();
    await editor(page, 'Your internal note').pressSequentially('Please look, @Car');
    await page.getByRole('option', { name: /Carla Colleague/ }).waitFor();
    await picture(page, 'mention');
    await page.keyboard.press('Enter');
    await page.keyboard.type('soon');
    await page.keyboard.press('Control+Enter');
    const note = page.getByRole('article', { name: /internal note/ });
    await note.getByText('@Carla Colleague', { exact: true }).waitFor();
    await composerSays(page, '', 'Your internal note');
    const { data } = await desk.api<{ data: { mentions: object[] }[] }>(
      'GET',
      `/tickets/${id}/messages`,
    );
    expect(data[1]?.mentions).toEqual([{ id: colleague.userId, name: 'Carla Colleague' }]);
  });

  it('takes a canned reply with its gaps filled in', async () => {
    await desk.api('POST', '/canned-replies', {
      name: 'Greeting',
      html: '<p>Hello {{customer.firstName}},</p>',
      scope: 'organization',
    });
    await open('Say hello');
    await page.reload();
    await editor(page).pressSequentially('/gree');
    await page.getByRole('option', { name: /Greeting/ }).waitFor();
    await page.keyboard.press('Enter');
    await composerSays(page, 'Hello Rita,');
    await told(page, 'Draft saved');
  });
});
