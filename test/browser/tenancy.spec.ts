import { closeBrowser, closePages, openPage } from './support/chromium.js';
import { demoPassword, newDesk, newTicket, signIn, type Desk } from './support/desk.js';

describe('two organizations', () => {
  let ours: Desk;
  let theirs: Desk;
  beforeAll(async () => {
    [ours, theirs] = [await newDesk(), await newDesk()];
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('see nothing of each other, by list, by address or by search', async () => {
    const secret = await newTicket(ours, { subject: 'Our own secret' });
    await newTicket(theirs, { subject: 'Their own ticket' });
    const page = await openPage();
    await signIn(page, theirs);
    await page.getByText('Their own ticket').waitFor();
    expect(await page.getByText('Our own secret').count()).toBe(0);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('secret');
    await page.getByRole('option', { name: 'Search all tickets for “secret”' }).waitFor();
    await page.waitForTimeout(1_000);
    expect(await page.getByRole('option', { name: /Our own secret/ }).count()).toBe(0);
    await page.goto(`/tickets/${secret.id}`);
    await page.getByText('It does not exist, or it is gone.').waitFor();
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByText(theirs.email).waitFor();
    expect(await page.getByText(ours.email).count()).toBe(0);
  });

  it('hear nothing of each other while signed in', async () => {
    const page = await openPage();
    await signIn(page, theirs);
    await newTicket(ours, { subject: 'Loud on our side' });
    await newTicket(theirs, { subject: 'Loud on their side' });
    await page.getByText('Loud on their side').first().waitFor();
    expect(await page.getByText('Loud on our side').count()).toBe(0);
  });

  it('let a viewer read and nothing more', async () => {
    const page = await openPage();
    await signIn(page, { email: 'viewer@acme.example', password: demoPassword });
    await page.getByRole('list', { name: 'Tickets' }).getByRole('link').first().click();
    await page.getByText('You can read this ticket, but not answer it.').waitFor();
    expect(await page.getByRole('button', { name: 'Close', exact: true }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'New ticket' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
    await page.goto('/api-keys');
    await page.getByText('Not for your role').waitFor();
  });
});
