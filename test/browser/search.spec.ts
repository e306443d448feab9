import { findings } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newDesk, newTicket, signIn, type Desk } from './support/desk.js';

describe('searching', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
    await newTicket(desk, {
      subject: 'The heating is cold',
      body: 'Since Monday the radiator in the hall stays cold.',
      requester: { email: 'rita@customer.example', name: 'Rita Requester' },
    });
    await newTicket(desk, { subject: 'Wrong invoice', body: 'A radiator that nobody ordered.' });
    const { id } = await newTicket(desk, { subject: 'Solved long ago', body: 'radiator' });
    await desk.api('PATCH', `/tickets/${id}`, { status: 'solved' });
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('finds words in every ticket, marks them, and keeps them in the address', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.keyboard.press('g');
    await page.keyboard.press('/');
    await page.getByRole('heading', { name: 'Search', level: 1 }).waitFor();
    expect(await findings(page)).toEqual([]);
    const box = page.getByRole('searchbox', { name: 'Search all tickets' });
    await box.fill('radiator');
    const results = page.getByRole('list', { name: 'Found tickets in order of fit' });
    await results.getByRole('link', { name: /The heating is cold/ }).waitFor();
    expect(await results.locator('mark').first().innerText()).toBe('radiator');
    expect(await findings(page)).toEqual([]);
    await picture(page, 'search');
    await box.fill('radiator status:solved');
    await results.getByRole('link', { name: /The heating/ }).waitFor({ state: 'detached' });
    await results.getByRole('link', { name: /Solved long ago/ }).waitFor();
    await page.waitForURL(/q=radiator/);
    await page.reload();
    await results.getByRole('link', { name: /Solved long ago/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Solved long ago', level: 1 }).waitFor();
  });

  it('offers its filters, and says what is wrong with one', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/search');
    await page.getByRole('button', { name: /assignee:none/ }).click();
    await page.getByRole('link', { name: /Wrong invoice/ }).waitFor();
    const box = page.getByRole('searchbox', { name: 'Search all tickets' });
    expect(await box.inputValue()).toBe('assignee:none');
    await box.fill('colour:red');
    await page
      .getByRole('alert')
      .getByText(/colour/)
      .waitFor();
    await box.fill('nothingholdsthis');
    await page.getByText('Nothing found').waitFor();
  });

  it('leads from the palette to customers, views and the page of results', async () => {
    await desk.api('POST', '/views', {
      name: 'Rita and others',
      scope: 'personal',
      conditions: { all: [{ field: 'status', operator: 'is', value: 'open' }] },
    });
    const page = await openPage();
    await signIn(page, desk);
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    await page.keyboard.type('rita');
    await palette.getByRole('option', { name: /rita@customer\.example/ }).waitFor();
    await palette.getByRole('option', { name: 'Rita and others' }).waitFor();
    await palette.getByRole('option', { name: 'Search all tickets for “rita”' }).click();
    await page.getByRole('heading', { name: 'Search', level: 1 }).waitFor();
    await page.getByRole('link', { name: /The heating is cold/ }).waitFor();
  });
});
