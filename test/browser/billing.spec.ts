import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { findings, findingsOfColours } from './support/axe.js';
import {
  endTrial,
  entitle,
  newCustomer,
  PROFILE,
  section,
  standAs,
  use,
} from './support/billing.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newColleague, newDesk, newTicket, signIn, told } from './support/desk.js';

afterEach(closePages);
afterAll(closeBrowser);

async function inArabic(page: Page): Promise<void> {
  await page.evaluate(() =>
    localStorage.setItem('manydesk.preferences', JSON.stringify({ language: 'ar' })),
  );
}

async function fitsNarrow(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
}

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });

describe('the plan', () => {
  it('is tried by who says for how many, and to whom it will be billed', async () => {
    const desk = await newDesk();
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/billing');
    await page.getByRole('heading', { name: 'Starter' }).waitFor();
    await page.getByText('Nobody has said it yet.').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'billing-plans');

    await page.getByRole('button', { name: 'Choose Team' }).click();
    const taking = dialog(page, 'Take a plan');
    await taking.getByText(/^Free until .* After that €29\.00 a month without tax\.$/).waitFor();
    const seats = taking.getByRole('spinbutton', { name: 'Seats' });
    await seats.fill('0');
    await taking.getByText('A whole number, at least 1.').waitFor();
    await taking.getByRole('radio', { name: /Starter/ }).check();
    await seats.fill('6');
    await taking.getByText(/This plan has 5 seats at most/).waitFor();
    await taking.getByRole('radio', { name: /Team/ }).check();
    await seats.fill('3');
    await taking.getByText(/After that €87\.00 a month/).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'billing-take');
    await taking.getByRole('button', { name: 'Take this plan' }).click();
    await told(page, 'The plan is yours');
    const plan = section(page, 'Plan');
    await plan.getByText('Trial', { exact: true }).waitFor();
    await plan.getByText('3 seats, 1 in use').waitFor();

    await page.getByRole('button', { name: 'Enter the address' }).click();
    const address = dialog(page, 'Invoices are made out to');
    await address.getByLabel('Name').fill(PROFILE.name);
    await address.getByLabel('Address').fill(PROFILE.address);
    await address.getByLabel('Tax number').fill('not: a number');
    await address.getByRole('button', { name: 'Save' }).click();
    await address.getByText(/must be letters, digits/).waitFor();
    await address.getByLabel('Tax number').fill(PROFILE.taxId);
    expect(await findings(page)).toEqual([]);
    await address.getByRole('button', { name: 'Save' }).click();
    await page.getByText('12345 Acmeville').waitFor();
  });

  it('is billed, changed by its price, cancelled and kept', async () => {
    const desk = await newCustomer();
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/billing');
    const plan = section(page, 'Plan');
    await plan.getByText('Trial', { exact: true }).waitFor();

    await endTrial(desk);
    // The worker looks once a minute.
    await plan.getByText('Active', { exact: true }).waitFor({ timeout: 120_000 });
    expect(await findings(page)).toEqual([]);
    await picture(page, 'billing-plan');

    await page.getByRole('button', { name: 'Change plan or seats' }).click();
    const changing = dialog(page, 'Change the plan');
    await changing.getByText('This is the plan that you have.').waitFor();
    await changing.getByRole('spinbutton', { name: 'Seats' }).fill('5');
    const bill = changing.getByRole('table', { name: 'Billed now' });
    await bill.getByRole('row', { name: /^Total €69\.0/ }).waitFor();
    await changing.getByText(/from the next period on €145\.00 a month/).waitFor();
    await picture(page, 'billing-change');
    await changing.getByRole('button', { name: 'Change the plan' }).click();
    await told(page, 'The plan is changed');
    await plan.getByText('5 seats, 1 in use').waitFor();

    await page.getByRole('button', { name: 'Change plan or seats' }).click();
    await changing.getByRole('radio', { name: /Starter/ }).check();
    await changing.getByText('Nothing is billed now.').waitFor();
    await changing.getByText(/Not part of this plan: Custom roles/).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'billing-downgrade');
    await changing.getByRole('button', { name: 'Change the plan' }).click();
    await plan.getByText(/Starter, 5 seats, billed monthly/).waitFor();
    await plan.getByRole('button', { name: 'Keep what I have' }).click();
    await told(page, 'The plan stays as it is');

    await plan.getByRole('button', { name: 'Cancel the plan' }).click();
    const asked = page.getByRole('alertdialog', { name: 'Cancel the plan?' });
    await asked.getByText(/Nothing is deleted/).waitFor();
    await picture(page, 'billing-cancel');
    await asked.getByRole('button', { name: 'Cancel the plan' }).click();
    await plan.getByText(/The plan is cancelled and ends on/).waitFor();
    await picture(page, 'billing-cancelled');
    await plan.getByRole('button', { name: 'Keep the plan' }).click();
    await told(page, 'The plan goes on');

    await page.getByRole('link', { name: 'Invoices' }).click();
    const invoices = page.getByRole('list', { name: 'Invoices' });
    await invoices.getByText('€103.53').waitFor();
    expect(await invoices.getByRole('listitem').count()).toBe(2);
    expect(await findings(page)).toEqual([]);
    await picture(page, 'billing-invoices');
    const download = page.waitForEvent('download');
    await invoices
      .getByRole('button', { name: /^Save MD-/ })
      .last()
      .click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^MD-\d+\.pdf$/);
    expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is told with what is used of it, as bars, words and tables', async () => {
    const desk = await newDesk();
    await newTicket(desk, { subject: 'One of one' });
    await entitle(desk, { seats: 10, tickets: 1, storage: 5 * 1024 ** 3, features: ['sso'] });
    await use(desk, 40);
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/billing?view=usage');
    const limits = page.getByRole('list', { name: 'What the plan has' });
    await limits.getByText('1 of 10, 10%').waitFor();
    await limits.getByText('1 of 1, 100%').waitFor();
    await limits.getByText(/Used up: until next month/).waitFor();
    await limits.getByText('0 bytes of 5 GB, 0%').waitFor();
    await page.getByText('Not part of the plan: Custom roles').waitFor();
    const tickets = page.getByRole('figure').filter({ hasText: 'New tickets' });
    await tickets.getByText(/in all; most on/).waitFor();
    await tickets.getByText('As a table').click();
    expect(await tickets.getByRole('row').count()).toBeGreaterThan(20);
    expect(await findings(page)).toEqual([]);
    await picture(page, 'billing-usage');
    await page.getByRole('heading', { name: 'Mails' }).scrollIntoViewIfNeeded();
    await picture(page, 'billing-usage-charts');
    await page.getByLabel('Shown').selectOption('90');
    await page.getByRole('heading', { name: 'Active people' }).waitFor();

    const dark = await openPage({ colorScheme: 'dark' });
    await signIn(dark, desk);
    await dark.goto('/settings/billing?view=usage');
    await dark.getByRole('heading', { name: 'New tickets' }).waitFor();
    expect(await findingsOfColours(dark)).toEqual([]);
    await picture(dark, 'billing-usage-dark');
  });
});

describe('the pages of billing', () => {
  it('are readable in Arabic, on a telephone and in the dark', async () => {
    const desk = await newCustomer();
    await standAs(desk, 'past_due', 2);
    await use(desk, 40);
    const narrow = await openPage({ viewport: { width: 360, height: 740 } });
    await signIn(narrow, desk);
    await inArabic(narrow);
    for (const [view, words] of [
      ['', 'الفواتير باسم'],
      ['?view=usage', 'تذاكر جديدة'],
      ['?view=invoices', 'لا فواتير بعد'],
    ] as const) {
      await narrow.goto(`/settings/billing${view}`);
      await narrow.getByText(words).first().waitFor();
      await fitsNarrow(narrow);
      expect(await findings(narrow)).toEqual([]);
      await picture(narrow, `billing-narrow-ar${view.replace(/\W+/g, '-')}`);
    }
    await narrow.goto('/settings/billing');
    await narrow.getByRole('button', { name: 'تغيير الخطة أو المقاعد' }).click();
    await narrow.getByRole('radio', { name: /Business/ }).check();
    await narrow.getByText('يُفوتر الآن').waitFor();
    await fitsNarrow(narrow);
    await picture(narrow, 'billing-narrow-ar-change');

    const dark = await openPage({ colorScheme: 'dark' });
    await signIn(dark, desk);
    await dark.goto('/settings/billing');
    await dark.getByText('12345 Acmeville').waitFor();
    expect(await findingsOfColours(dark)).toEqual([]);
    await picture(dark, 'billing-dark');
    await dark.getByRole('button', { name: 'Change plan or seats' }).click();
    await dark.getByText('This is the plan that you have.').waitFor();
    expect(await findingsOfColours(dark)).toEqual([]);
    await picture(dark, 'billing-change-dark');
  });

  it('are for who may see them, and say so where nothing is sold', async () => {
    const desk = await newDesk();
    const admin = await newColleague(desk, 'admin', 'Adam Admin');
    const theirs = await openPage();
    await signIn(theirs, admin);
    await theirs.goto('/settings/billing');
    await theirs.getByText('Not for your role').waitFor();
    expect(await theirs.getByRole('link', { name: 'Billing' }).count()).toBe(0);

    const page = await openPage();
    await page.route('**/api/v1/me', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { data: { plan: object } };
      body.data.plan = { isSold: false, access: 'full', hasSeat: true };
      await route.fulfill({ response: answer, json: body });
    });
    await signIn(page, desk);
    await page.goto('/settings/billing');
    await page.getByText('Nothing is sold here').waitFor();
    expect(await page.getByRole('link', { name: 'Billing' }).count()).toBe(0);
    expect(await findings(page)).toEqual([]);
    await picture(page, 'billing-off');
  });

  it('lead to the pages of a provider that has some, and to none where invoices are paid', async () => {
    const desk = await newCustomer();
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/billing');
    await section(page, 'How it is paid').getByText('1 Desk Street').waitFor();
    const way = page.getByRole('button', { name: 'Open the payment pages' });
    expect(await way.count()).toBe(0);
    // A provider as the API tells of one: which other there is here is a setting of the server.
    await page.route('**/api/v1/billing/payment', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { data: { provider: string } };
      body.data.provider = 'stripe';
      await route.fulfill({ response: answer, json: body });
    });
    await page.route('**/api/v1/billing/portals', (route) =>
      route.fulfill({ status: 201, json: { data: { url: '/settings/billing?view=usage' } } }),
    );
    await page.reload();
    await way.click();
    await page.getByRole('list', { name: 'What the plan has' }).waitFor();
    await page.goto('/settings/billing?view=invoices');
    await way.waitFor();
    expect(await findings(page)).toEqual([]);
  });
});
