import type { Page } from 'playwright-core';
import { findings } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { endTrial, newCustomer } from './support/billing.js';
import { newDesk, newTicket, told, type Desk } from './support/desk.js';
import { giveUpJob, newStaff, signInAsStaff } from './support/staff.js';

const menu = (page: Page) => page.getByRole('navigation', { name: 'Pages of the console' });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

describe('the staff at work', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('asks an organization, looks at what it let one see, and ends it', async () => {
    await newTicket(desk, { subject: 'The printer smokes', body: 'It smokes a lot.' });
    const page = await openPage();
    await signInAsStaff(page, await newStaff('support', 'Sam Support'));
    await page.goto(`/staff/organizations/${desk.organizationId}`);
    await page.getByRole('button', { name: 'Ask to look' }).click();
    const dialog = page.getByRole('dialog', { name: `Ask ${desk.name} to let you look` });
    await dialog.getByLabel('Reason').fill('Mails do not arrive');
    await dialog.getByLabel('Customers').check();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-ask');
    await dialog.getByRole('button', { name: 'Ask to look' }).click();
    await told(page, `${desk.name} was asked`);
    await menu(page).getByRole('link', { name: 'Support access' }).click();
    const row = page.getByRole('listitem').filter({ hasText: desk.name });
    await row.getByText('Not answered yet').waitFor();
    const { data } = await desk.api<{ data: { id: string }[] }>('GET', '/support-accesses');
    await desk.api('PUT', `/support-accesses/${data[0]?.id}/grant`, { hours: 1 });
    await page.reload();
    await row.getByText('Let in', { exact: true }).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-support');
    await row.getByRole('link', { name: 'Look' }).click();
    await page.getByRole('link', { name: 'The printer smokes' }).click();
    await page.getByText('It smokes a lot.').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-look');
    await page.getByRole('link', { name: 'Customers' }).click();
    await page.getByText('Rita Requester').waitFor();
    const looks = await desk.api<{ data: { data: { route: string } }[] }>(
      'GET',
      '/audit/events?types=support.looked&limit=100',
    );
    const routes = looks.data.map((look) => look.data.route);
    expect(routes).toContain('GET /api/v1/tickets/:id');
    expect(routes).toContain('GET /api/v1/customers');
    await page.getByRole('button', { name: 'End it' }).click();
    await heading(page, 'Support access').waitFor();
    await row.getByText('Given back').waitFor();
  });

  it('lets two operators break the glass, and not one alone', async () => {
    const [first, second] = [await openPage(), await openPage()];
    await signInAsStaff(first, await newStaff('operator', 'Opal Operator'));
    await first.goto(`/staff/organizations/${desk.organizationId}`);
    await first.getByRole('button', { name: 'Ask to look' }).click();
    const dialog = first.getByRole('dialog', { name: `Ask ${desk.name} to let you look` });
    await dialog.getByLabel('Reason').fill('Nobody answers there');
    await dialog.getByRole('button', { name: 'Ask to look' }).click();
    await told(first, `${desk.name} was asked`);
    const wanted = (page: Page) =>
      page.getByRole('listitem').filter({ hasText: 'Nobody answers there' });
    const agree = async (page: Page) => {
      await wanted(page).getByRole('button', { name: 'Break the glass' }).click();
      await picture(page, 'staff-break-glass');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Break the glass' }).click();
    };
    await first.goto('/staff/support');
    await agree(first);
    await told(first, 'Now another operator must agree');
    await wanted(first).getByText('One operator of two').waitFor();
    expect(await wanted(first).getByRole('button', { name: 'Break the glass' }).count()).toBe(0);
    await signInAsStaff(second, await newStaff('operator', 'Olga Operator'));
    await second.goto('/staff/support');
    await agree(second);
    await told(second, `Opal Operator may look into ${desk.name}`);
    await wanted(second).getByText('Without its consent').waitFor();
    expect(await wanted(second).getByRole('link', { name: 'Look' }).count()).toBe(0);
    await first.reload();
    await wanted(first).getByRole('button', { name: 'End it' }).click();
    await wanted(first).getByText('Given back').waitFor();
  });

  it('shows what waits, what failed and what is slow, and tries jobs once more', async () => {
    await giveUpJob(desk.organizationId, 90_001);
    await giveUpJob(desk.organizationId, 90_002);
    const page = await openPage();
    await signInAsStaff(page, await newStaff('operator', 'Opal Operator'));
    await menu(page).getByRole('link', { name: 'Operations' }).click();
    await page.getByRole('region', { name: 'Outbox' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-operations');
    const views = page.getByRole('navigation', { name: 'Parts of the operations' });
    await views.getByRole('link', { name: 'Routes' }).click();
    await page.getByRole('rowheader', { name: 'GET /api/v1/admin/me', exact: true }).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-routes');
    await views.getByRole('link', { name: 'Slow statements' }).click();
    await page.getByText('Of the one process that answered').waitFor();
    await views.getByRole('link', { name: 'Where it fails' }).click();
    await page.waitForURL(/view=organizations/);
    await views.getByRole('link', { name: 'Jobs given up' }).click();
    const jobs = page.getByRole('list', { name: 'Jobs given up' });
    await jobs.getByText('#90001').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-jobs');
    const one = jobs.getByRole('listitem').filter({ hasText: '#90002' });
    await one.getByRole('button', { name: 'Try once more' }).press('Enter');
    await told(page, '1 tried once more, 0 passed over');

    const helper = await openPage();
    await signInAsStaff(helper, await newStaff('support', 'Sam Support'));
    await helper.goto(`/staff/organizations/${desk.organizationId}`);
    const theirs = helper.getByRole('list', { name: 'Jobs given up' });
    await theirs.getByText('#90001').waitFor();
    expect(await helper.getByRole('button', { name: /once more/ }).count()).toBe(0);
  });

  it('gives an organization something else than its plan, and offers plans', async () => {
    const customer = await newCustomer();
    const page = await openPage();
    await signInAsStaff(page, await newStaff('billing', 'Bella Billing'));
    await page.getByLabel('Plan', { exact: true }).selectOption('team');
    await page.getByLabel('How the plan stands').selectOption({ label: 'Trial' });
    await page.waitForURL(/plan=team&standing=trialing/);
    await page.getByRole('link', { name: customer.name }).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-organizations-plans');
    await page.getByRole('link', { name: customer.name }).click();
    const plan = page.getByRole('region', { name: 'Plan', exact: true });
    await plan.getByText('Nothing else is given').waitFor();
    await plan.getByRole('button', { name: 'Give something else' }).click();
    const giving = page.getByRole('dialog', { name: `Give ${customer.name} something else` });
    await giving.getByLabel('Reason').fill('They asked for a month');
    await giving.getByRole('button', { name: 'Give something else' }).click();
    await giving.getByText('Say first what is given.').waitFor();
    await giving.getByLabel('Seats').fill('nine');
    await giving.getByRole('button', { name: 'Give something else' }).click();
    await giving.getByText('This is not a number that fits.').waitFor();
    await giving.getByLabel('Seats').fill('9');
    await giving.getByLabel('Storage, GB').fill('2.5');
    await giving.getByLabel('Custom roles').check();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-override');
    await giving.getByRole('button', { name: 'Give something else' }).click();
    await plan.getByText('Something else is given until').waitFor();
    await plan.getByText('Seats: 9').waitFor();
    await plan.getByText('Storage: 2.5 GB').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-plan');
    await plan.getByRole('button', { name: 'Let the plan say' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Let the plan say' }).click();
    await plan.getByText('Nothing else is given').waitFor();

    await endTrial(customer);
    const bill = page.getByRole('list', { name: 'Invoices' }).getByRole('listitem');
    // The worker bills within a minute.
    for (let tries = 0; tries < 60 && (await bill.count()) === 0; tries += 1) {
      await page.waitForTimeout(2_000);
      await page.reload();
      await plan.getByText('Nothing else is given').waitFor();
      await page.waitForLoadState('networkidle');
    }
    await bill.getByRole('button', { name: 'Mark as paid' }).click();
    const paying = page.getByRole('dialog', { name: /^Is .* paid\?$/ });
    await paying.getByLabel('Reason').fill('By transfer');
    await paying.getByRole('button', { name: 'Mark as paid' }).click();
    await bill.getByText('Paid', { exact: true }).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-invoices');

    await menu(page).getByRole('link', { name: 'Plans' }).click();
    await page.getByRole('button', { name: 'Offer a plan' }).click();
    const offering = page.getByRole('dialog', { name: 'Offer a plan' });
    const id = `small-${customer.organizationId.slice(-8)}`;
    await offering.getByLabel('Id').fill(id);
    await offering.getByLabel('Name').fill('Small');
    await offering.getByLabel('A seat and month').fill('4.50');
    await offering.getByLabel('A seat and year').fill('45');
    await offering.getByLabel('Storage, GB').fill('1');
    // Offered to nobody: every desk of the other tests would see it.
    await offering.getByLabel('It can be taken').uncheck();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-offer');
    await offering.getByRole('button', { name: 'Offer it' }).click();
    const row = page.getByRole('listitem').filter({ hasText: `${id} v1` });
    await row.getByText('€4.50 a seat and month').waitFor();
    await row.getByRole('button', { name: 'New version' }).click();
    const next = page.getByRole('dialog', { name: 'A new version of Small' });
    await next.getByLabel('A seat and month').fill('5');
    await next.getByRole('button', { name: 'Offer it' }).click();
    const newer = page.getByRole('listitem').filter({ hasText: `${id} v2` });
    await newer.getByText('€5.00 a seat and month').waitFor();
    await newer.getByText('Older versions').click();
    await newer.getByText('€4.50 a seat and month').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-plans');
  });
});
