import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newDesk } from './support/desk.js';
import { mailTo } from './support/mails.js';

async function register(page: Page, organization: string, email: string): Promise<void> {
  await page.goto('/register');
  await page.getByLabel('Organization').fill(organization);
  await page.getByLabel('Your name').fill('Nora Newcomer');
  await page.getByLabel('E-mail').fill(email);
}

describe('registration', () => {
  afterEach(closePages);
  afterAll(closeBrowser);

  it('opens a desk that is empty and one’s own, once the address is proved', async () => {
    const page = await openPage();
    const mark = randomUUID().slice(0, 8);
    const email = `nora-${mark}@desk.example`;
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Create an organization' }).click();
    await register(page, `New Desk ${mark}`, email);
    await picture(page, 'registration');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
    await page.getByText(email).waitFor();
    await picture(page, 'registration-sent');

    const { path } = await mailTo(email, 'registration');
    await page.goto(path);
    await page.getByRole('heading', { name: 'Open your desk' }).waitFor();
    await page.getByLabel('Password').fill('password123');
    await page.getByRole('button', { name: 'Open the desk' }).click();
    await page.getByText('This password is on lists of known ones.').waitFor();
    await picture(page, 'registration-password');
    await page.getByLabel('Password').fill('four words without order');
    await page.getByRole('button', { name: 'Open the desk' }).click();
    await page.getByText('All clear').waitFor();
    await page.getByText(`New Desk ${mark}`).waitFor();
    await picture(page, 'queue-empty');

    const other = await openPage();
    await other.goto(path);
    await other.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  });

  it('says the same to an address that has an account, which gets another mail', async () => {
    const desk = await newDesk();
    const page = await openPage();
    await register(page, 'Second try', desk.email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
    await mailTo(desk.email, 'registration_known');
  });

  it('puts what the server refuses beside its field', async () => {
    const page = await openPage();
    await register(page, 'Somewhere', 'no address');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
    expect(await page.getByLabel('E-mail').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByRole('alert').count()).toBe(1);
  });
});
