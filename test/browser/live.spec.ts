import { closeBrowser, closePages, openPage } from './support/chromium.js';
import { composerSays, editor } from './support/composer.js';
import { newDesk, newTicket, queueShows, row, signIn, type Desk } from './support/desk.js';

describe('live updates', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('bring new and changed tickets into the queue', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.getByText('All clear').waitFor();
    const first = await newTicket(desk, { subject: 'First by itself' });
    await queueShows(page, ['First by itself']);
    await newTicket(desk, { subject: 'Second by itself' });
    await queueShows(page, ['Second by itself', 'First by itself']);
    await desk.api('PUT', `/tickets/${first.id}/closure`);
    await queueShows(page, ['Second by itself']);
    await page.getByRole('link', { name: 'All open 1 ticket' }).waitFor();
  });

  it('reach the open ticket and never the composer', async () => {
    const { id } = await newTicket(desk, { subject: 'Two work on it' });
    const page = await openPage();
    await signIn(page, desk);
    await row(page, 'Two work on it').click();
    await editor(page).fill('I am still writing');
    await desk.api('POST', `/tickets/${id}/messages`, { kind: 'note', body: 'I am on it too.' });
    await desk.api('PATCH', `/tickets/${id}`, { priority: 'urgent' });
    await page.getByText('I am on it too.').waitFor();
    await page.getByRole('button', { name: 'Priority: Urgent' }).waitFor();
    await composerSays(page, 'I am still writing');
    expect(await editor(page).evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('say when the line is down, and catch up when it is back', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.getByText('All clear').waitFor();
    // Long enough for the stream to be open; nothing on the page says so.
    await newTicket(desk, { subject: 'Before the gap' });
    await queueShows(page, ['Before the gap']);
    // An open stream survives the browser's offline switch, so it is cut at its next attempt too.
    await page.route('**/events/stream', (route) => route.abort());
    await page.context().setOffline(true);
    await page.reload().catch(() => undefined);
    await page.context().setOffline(false);
    await page.goto('/tickets?status=open');
    await page.getByText('No connection. Changes will appear as soon as it is back.').waitFor();
    await newTicket(desk, { subject: 'During the gap' });
    await page.unroute('**/events/stream');
    await queueShows(page, ['During the gap', 'Before the gap']);
    await page.getByText('No connection.').waitFor({ state: 'detached', timeout: 40_000 });
  });
});
