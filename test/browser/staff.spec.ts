import type { Page } from 'playwright-core';
import { findings, findingsOfColours } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newDesk, told, type Desk } from './support/desk.js';
import { asOwner, fillStaffSignIn, newStaff, setUpApp, signInAsStaff } from './support/staff.js';

const menu = (page: Page) => page.getByRole('navigation', { name: 'Pages of the console' });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

describe('the console of the staff', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('is entered with a password and an app that is set up the first time, and left', async () => {
    const opal = await newStaff('operator', 'Opal Operator');
    const page = await openPage();
    await page.goto('/staff/operations?view=routes');
    await heading(page, 'Staff sign-in').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-sign-in');
    await fillStaffSignIn(page, { ...opal, password: 'a wrong one' });
    await page.getByText('The e-mail or the password is wrong.').waitFor();
    await fillStaffSignIn(page, opal);
    await heading(page, 'Set up your app').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-set-up');
    const code = await setUpApp(page);
    await page.getByLabel('Code from the app').fill('000000');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('This code is wrong or was used before.').waitFor();
    await page.getByLabel('Code from the app').fill(code());
    await page.getByRole('button', { name: 'Confirm' }).click();
    await heading(page, 'Operations').waitFor();
    expect(page.url()).toContain('view=routes');

    await page.reload();
    await heading(page, 'Operations').waitFor();
    await page.getByRole('button', { name: 'Account of Opal Operator' }).click();
    await picture(page, 'staff-account-menu');
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading(page, 'Staff sign-in').waitFor();
    await fillStaffSignIn(page, opal);
    await heading(page, 'One more step').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByLabel('Code').fill(code());
    await page.getByRole('button', { name: 'Continue' }).press('Enter');
    await heading(page, 'Organizations').waitFor();

    // Ended elsewhere: the realm answers as if there were nothing, and the page knows what that means.
    await asOwner('update staff_sessions set revoked_at = now() where staff_id = $1', [opal.id]);
    await menu(page).getByRole('link', { name: 'What the staff did' }).click();
    await heading(page, 'Staff sign-in').waitFor();
    expect(page.url()).toContain('next=%2Fstaff%2Facts');
  });

  it('finds an organization, suspends it with a reason and lets it work again', async () => {
    const page = await openPage();
    await signInAsStaff(page, await newStaff('operator', 'Opal Operator'));
    await page.getByRole('list', { name: 'Organizations' }).getByText(desk.name).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('searchbox', { name: 'Name, slug or id' }).fill(desk.name);
    await page.waitForURL(/q=/);
    await picture(page, 'staff-organizations');
    await menu(page).getByRole('link', { name: 'Organizations' }).click();
    const words = page.getByRole('searchbox', { name: 'Name, slug or id' });
    await page.waitForURL(/organizations$/);
    expect(await words.inputValue()).toBe('');
    await words.fill(desk.name);
    await page.waitForURL(/q=/);
    await page.getByRole('link', { name: desk.name }).press('Enter');
    await heading(page, desk.name).waitFor();
    await page.getByRole('list', { name: 'Features' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-organization');
    await page.getByRole('button', { name: 'Suspend' }).click();
    const dialog = page.getByRole('dialog', { name: `Suspend ${desk.name}?` });
    await dialog.getByRole('button', { name: 'Suspend' }).click();
    await dialog.getByText('Please fill this in.').waitFor();
    await dialog.getByLabel('Reason').fill('Its mails are spam');
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-suspend');
    await dialog.getByRole('button', { name: 'Suspend' }).click();
    await page.getByText('Suspended', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Let it work again' }).click();
    await told(page, `${desk.name} works again`);
    await page.getByText('Active', { exact: true }).waitFor();

    await page
      .getByRole('combobox', { name: 'Presence: who says' })
      .selectOption({ label: 'Off by name' });
    await page.getByRole('list', { name: 'Features' }).getByText('Off', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const deletion = page.getByRole('dialog', { name: `Delete ${desk.name}?` });
    await deletion.getByLabel('Reason').fill('It asked for it');
    await deletion.getByLabel(/^Type .* to confirm$/).fill('another-one');
    await deletion.getByRole('button', { name: 'Delete' }).click();
    await deletion.getByText('This is not the slug of the organization.').waitFor();
    const slug = await page.locator('input[aria-label="Slug"]').inputValue();
    await deletion.getByLabel(/^Type .* to confirm$/).fill(slug);
    await picture(page, 'staff-delete');
    await deletion.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('To be deleted', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Keep it after all' }).click();
    await page.getByText('Active', { exact: true }).waitFor();
    await page.getByText('It asked for it', { exact: true }).waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findingsOfColours(page)).toEqual([]);
    await picture(page, 'staff-organization-dark');
  });

  it('announces, shares features, adds a colleague and shows what was done', async () => {
    const page = await openPage();
    const opal = await newStaff('operator', 'Opal Operator');
    await signInAsStaff(page, opal);
    await menu(page).getByRole('link', { name: 'Announcements' }).click();
    await page.getByRole('button', { name: 'Announce' }).click();
    const announcing = page.getByRole('dialog', { name: 'Announce' });
    await announcing.getByLabel('Title', { exact: true }).fill('Maintenance');
    await announcing.getByLabel('Text', { exact: true }).fill('The desk rests on Sunday.');
    await announcing.getByLabel('Title in Arabic').fill('صيانة');
    await announcing.getByRole('button', { name: 'Tell everybody' }).click();
    await announcing.getByText('Please fill this in.').waitFor();
    await announcing.getByLabel('Text in Arabic').fill('يتوقف المكتب يوم الأحد.');
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-announce');
    // Told to every desk of the other tests too: later, and taken back.
    await announcing.getByLabel('Begins').fill('2100-01-01T09:00');
    await announcing.getByRole('button', { name: 'Tell everybody' }).click();
    const told1 = page.getByRole('listitem').filter({ hasText: 'Maintenance' }).first();
    await told1.getByText('Told later').waitFor();
    await picture(page, 'staff-announcements');
    await told1.getByRole('button', { name: 'Take back' }).click();
    await told1.getByText('Taken back').waitFor();

    await menu(page).getByRole('link', { name: 'Features' }).click();
    await page.getByLabel('Language models: of 100 organizations').fill('99');
    await page.getByRole('button', { name: 'Save Language models' }).click();
    await told(page, 'Language models: 99 of 100');
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-features');
    await page.getByLabel('Language models: of 100 organizations').fill('100');
    await page.getByRole('button', { name: 'Save Language models' }).click();
    await told(page, 'Language models: 100 of 100');

    await menu(page).getByRole('link', { name: 'Staff members' }).click();
    await page.getByRole('button', { name: 'Add somebody' }).click();
    const adding = page.getByRole('dialog', { name: 'Add somebody' });
    await adding.getByLabel('Name').fill('Bill Billing');
    await adding.getByLabel('E-mail').fill(opal.email);
    await adding.getByLabel('Role').selectOption({ label: 'Billing' });
    await adding.getByRole('button', { name: 'Add somebody' }).click();
    await adding.getByText('Somebody of the staff has this address already.').waitFor();
    await adding.getByLabel('E-mail').fill(`bill-${opal.email}`);
    await adding.getByRole('button', { name: 'Add somebody' }).click();
    const added = page.getByRole('dialog', { name: 'Bill Billing is of the staff' });
    expect((await added.getByLabel('Password').first().inputValue()).length).toBeGreaterThan(20);
    await picture(page, 'staff-added');
    await added.getByRole('button', { name: 'Done' }).click();
    const bill = page.getByRole('listitem').filter({ hasText: `bill-${opal.email}` });
    await bill.getByRole('button', { name: 'End' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End' }).click();
    await bill.getByText('Left').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-members');

    await menu(page).getByRole('link', { name: 'What the staff did' }).click();
    await page.getByText('Ended what somebody may do').first().click();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-acts');

    await page.goto('/staff/account');
    await page.getByLabel('Current password').fill('a wrong one');
    await page.getByLabel('New password').fill(`${opal.password} anew`);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('This password is wrong.').waitFor();
    await page.getByLabel('Current password').fill(opal.password);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await told(page, 'The password is changed');
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-account');
  });

  it('offers what the role may do, and no more', async () => {
    const page = await openPage();
    await signInAsStaff(page, await newStaff('billing', 'Bill Billing'));
    const pages = menu(page).getByRole('link');
    expect(await pages.allInnerTexts()).toEqual([
      'Organizations',
      'Deleted for good',
      'Plans',
      'Features',
    ]);
    await page.goto(`/staff/organizations/${desk.organizationId}`);
    await page.getByRole('list', { name: 'Features' }).waitFor();
    for (const name of ['Suspend', 'Delete', 'Ask to look'])
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0);
    await page.goto('/staff/acts');
    await page.getByText('Not for your role').waitFor();
    await page.goto('/staff/nowhere');
    await heading(page, 'There is nothing here').waitFor();
    // The desk of a tenant knows nothing of the session.
    await page.goto('/tickets');
    await heading(page, 'Sign in').waitFor();
  });

  const places = [
    ['organizations', 'certificates', 'support', 'plans', 'features', 'announcements', 'members'],
    ['operations', 'operations?view=routes', 'operations?view=statements', 'operations?view=jobs'],
    ['operations?view=organizations', 'acts', 'account', 'organizations/*'],
  ];
  it.each(places)('is read in Arabic, in the dark and on a phone: %s, %s, %s …', async (...all) => {
    const page = await openPage({ colorScheme: 'dark', viewport: { width: 360, height: 740 } });
    await page.addInitScript(() =>
      localStorage.setItem('manydesk.preferences', JSON.stringify({ language: 'ar' })),
    );
    await page.goto('/staff');
    await page.locator('input[type=email]').waitFor();
    await picture(page, 'staff-sign-in-ar-dark-360');
    await signInAsStaff(page, await newStaff('operator', 'Opal Operator'));
    for (const place of all) {
      await page.goto(`/staff/${place.replace('*', desk.organizationId)}`);
      await page.locator('#main h1').waitFor();
      await page.waitForLoadState('networkidle');
      await page.locator('[role=status] .skeleton').first().waitFor({ state: 'detached' });
      expect([place, await findings(page)]).toEqual([place, []]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([place, width <= 360]).toEqual([place, true]);
      await picture(page, `staff-ar-dark-360-${place.replaceAll(/[^a-z]+/g, '-')}`);
    }
    await page.getByRole('button', { name: 'فتح القائمة' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'التشغيل' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'staff-ar-dark-360-menu');
  });
});
