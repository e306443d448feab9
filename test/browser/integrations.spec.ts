import { address, closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newDesk, newTicket, row, signIn, type Desk } from './support/desk.js';

describe('keys, people and mail', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('an API key is shown once, works within its scopes and ends when it is revoked', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.getByRole('link', { name: 'API keys' }).click();
    await page.getByText('No keys yet').waitFor();
    await page.getByRole('button', { name: 'Create key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Shop');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    const secret = await dialog.getByRole('textbox', { name: 'Secret' }).inputValue();
    expect(secret).toMatch(/^md_live_/);
    await picture(page, 'api-key-secret');

    const asKey = (method: string, route: string) =>
      fetch(`${address}/api/v1${route}`, {
        method,
        headers: { authorization: `Bearer ${secret}` },
      });
    expect((await asKey('GET', '/tickets')).status).toBe(200);
    expect((await asKey('GET', '/users')).status).toBe(403);

    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    expect(await page.getByText(secret).count()).toBe(0);
    await page.getByText('tickets:read').waitFor();
    await picture(page, 'api-keys');
    await page.getByRole('button', { name: 'Revoke “Shop”' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    expect((await asKey('GET', '/tickets')).status).toBe(200);
    await page.getByRole('button', { name: 'Revoke “Shop”' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Revoked', { exact: true }).waitFor();
    expect((await asKey('GET', '/tickets')).status).toBe(401);
  });

  it('an API key is bounded to networks, gets a second secret, and its calls can be read', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/api-keys');
    await page.getByRole('button', { name: 'Create key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Bounded');
    await dialog.getByLabel('Allowed networks').fill('not a network');
    await dialog.getByLabel('Environment').selectOption('test');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await dialog.getByRole('alert').waitFor();
    await picture(page, 'api-key-create');
    await dialog.getByLabel('Allowed networks').fill('127.0.0.0/8\n::1');
    await dialog.getByRole('button', { name: 'Create key' }).click();
    const first = await dialog.getByRole('textbox', { name: 'Secret' }).inputValue();
    expect(first).toMatch(/^md_test_/);
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    const call = async (secret: string) =>
      (
        await fetch(`${address}/api/v1/tickets`, {
          headers: { authorization: `Bearer ${secret}` },
        })
      ).status;
    expect(await call(first)).toBe(200);

    await page.getByRole('button', { name: 'Actions for Bounded' }).click();
    await page.getByRole('menuitem', { name: 'Rotate' }).click();
    await dialog.getByLabel('The old secret works for').selectOption('1');
    await picture(page, 'api-key-rotate');
    await dialog.getByRole('button', { name: 'Rotate' }).click();
    const second = await dialog.getByRole('textbox', { name: 'Secret' }).inputValue();
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    expect([await call(first), await call(second)]).toEqual([200, 200]);
    const secrets = page.getByRole('list', { name: 'Secrets' });
    expect(await secrets.getByRole('listitem').count()).toBe(2);
    await picture(page, 'api-keys-two-secrets');

    await page.getByRole('button', { name: 'Actions for Bounded' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await dialog.getByLabel('Allowed networks').fill('192.0.2.0/24');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('only from 192.0.2.0/24').waitFor();
    expect(await call(second)).toBe(403);

    await page.getByRole('link', { name: 'Last calls of “Bounded”' }).click();
    const calls = page.getByRole('list', { name: 'Last calls' });
    await calls
      .getByText(/GET .*tickets/)
      .first()
      .click();
    await calls.getByText('Request', { exact: true }).first().waitFor();
    await picture(page, 'api-key-calls');
    await page.getByRole('link', { name: 'All keys' }).click();
    await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
  });

  it('people are listed with their roles', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    const people = page.getByRole('list', { name: 'People' });
    await people.getByText(desk.email).waitFor();
    await people.getByText('Owner', { exact: true }).waitFor();
    await people.getByText('(you)').waitFor();
    await picture(page, 'people');
  });

  it('the mailbox shows the mail that a reply became', async () => {
    const page = await openPage();
    await newTicket(desk, { subject: 'Write to me' });
    await signIn(page, desk);
    await row(page, 'Write to me').click();
    await page.getByLabel('Your reply').fill('This goes out by mail.');
    await page.getByRole('button', { name: 'Send reply' }).click();
    await page.getByText('Sent', { exact: true }).waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Mailbox' }).click();
    await page
      .getByRole('list', { name: 'Mails' })
      .getByRole('link', { name: /Write to me/ })
      .click();
    const mail = page.getByRole('article', { name: /Write to me/ });
    await mail.getByText('This goes out by mail.').waitFor();
    await mail.getByText('rita@customer.example').first().waitFor();
    await picture(page, 'mailbox');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      mail.getByRole('button', { name: 'Download raw mail' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.eml$/);
    await mail.getByRole('link', { name: 'Open the ticket' }).click();
    await page.getByRole('heading', { name: 'Write to me', level: 1 }).waitFor();
  });
});
