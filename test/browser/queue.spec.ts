import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newDesk, newTicket, queueShows, row, signIn, type Desk } from './support/desk.js';

describe('the queue', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
    await newTicket(desk, { subject: 'Broken printer', priority: 'urgent', tags: ['hardware'] });
    await newTicket(desk, { subject: 'Wrong invoice', assigneeId: desk.userId });
    const { id } = await newTicket(desk, { subject: 'Waiting for parts' });
    await desk.api('PATCH', `/tickets/${id}`, { status: 'pending' });
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('shows each view with its count', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await queueShows(page, ['Wrong invoice', 'Broken printer']);
    const views = page.getByRole('navigation', { name: 'Views of the queue' });
    await views.getByRole('link', { name: 'All open 2 tickets' }).waitFor();
    await views.getByRole('link', { name: 'My open 1 ticket' }).click();
    await queueShows(page, ['Wrong invoice']);
    await views.getByRole('link', { name: 'Unassigned 1 ticket' }).click();
    await queueShows(page, ['Broken printer']);
    await views.getByRole('link', { name: 'Pending 1 ticket' }).click();
    await queueShows(page, ['Waiting for parts']);
    await views.getByRole('link', { name: 'Solved' }).click();
    await page.getByText('Solved tickets will appear here.').waitFor();
    await views.getByRole('link', { name: 'All tickets' }).click();
    await queueShows(page, ['Waiting for parts', 'Wrong invoice', 'Broken printer']);
  });

  it('keeps filters, words and order in the address', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.getByRole('button', { name: 'Order' }).click();
    await page.getByRole('menuitemradio', { name: 'Oldest first' }).click();
    await queueShows(page, ['Broken printer', 'Wrong invoice']);
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('menuitemradio', { name: 'Urgent' }).click();
    await queueShows(page, ['Broken printer']);
    expect(page.url()).toMatch(/priority=urgent/);
    await page.reload();
    await queueShows(page, ['Broken printer']);
    await page.getByRole('button', { name: 'Remove the filter “Urgent”' }).click();
    await queueShows(page, ['Broken printer', 'Wrong invoice']);
    await page.getByRole('searchbox', { name: 'Search in subjects' }).fill('invoice');
    await queueShows(page, ['Wrong invoice']);
    expect(page.url()).toMatch(/q=invoice/);
    await page.getByRole('searchbox').fill('no such words');
    await page.getByText('Nothing found').waitFor();
    await page.getByRole('link', { name: 'All open' }).click();
    await queueShows(page, ['Wrong invoice', 'Broken printer']);
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
  });

  it('leaves out of the address what it does not understand', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/tickets?status=bogus&priority=urgent&sort=up');
    await queueShows(page, ['Broken printer']);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('opens a ticket beside the list', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await row(page, 'Broken printer').click();
    await page.getByRole('heading', { name: 'Broken printer', level: 1 }).waitFor();
    await row(page, 'Wrong invoice').waitFor();
    await page.getByText('Hello, could you help me?').waitFor();
    await picture(page, 'ticket');
  });

  it('shows an error with its request and a way to try again', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.route('**/api/v1/users?**', (route) =>
      route.fulfill({
        status: 422,
        json: { error: { code: 'users.broken', message: 'No.', requestId: 'request-of-the-test' } },
      }),
    );
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByText('request-of-the-test').waitFor();
    await picture(page, 'error');
    await page.unroute('**/api/v1/users?**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(desk.email).waitFor();
  });

  it('scrolls through more tickets than one page holds', async () => {
    const crowded = await newDesk();
    const numbers = Array.from({ length: 70 }, (_, index) => index + 1);
    for (const number of numbers) await newTicket(crowded, { subject: `Crowd member ${number}.` });
    const page = await openPage();
    await signIn(page, crowded);
    await row(page, 'Crowd member 70.').waitFor();
    await row(page, 'Crowd member 70.').focus();
    // On a busy machine the focus waits at the end of what is loaded until the rest is there.
    for (let steps = 0; steps < 400; steps += 1) {
      if ((await row(page, 'Crowd member 1.').count()) > 0) break;
      await page.keyboard.press('ArrowDown');
    }
    await row(page, 'Crowd member 1.').waitFor();
    // Only what is near the screen is in the page.
    expect(
      await page.getByRole('list', { name: 'Tickets' }).getByRole('link').count(),
    ).toBeLessThan(40);
  });
});
