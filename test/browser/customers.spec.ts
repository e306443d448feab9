import { randomUUID } from 'node:crypto';
import { findings, findingsOfColours } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newDesk, newTicket, signIn, told, type Desk } from './support/desk.js';
import { focusIn } from './support/focus.js';

interface Made {
  data: { id: string };
}

describe('customers', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  const customer = async (name: string, more: object = {}) => {
    const email = `c-${randomUUID().slice(0, 8)}@customer.example`;
    const made = await desk.api<Made>('POST', '/customers', { name, email, ...more });
    return { id: made.data.id, name, email };
  };

  it('are made, found by how a name begins, and changed', async () => {
    const rita = await customer('Rita Requester');
    await newTicket(desk, { subject: 'The printer is on fire', requester: { email: rita.email } });
    await desk.api('POST', '/custom-fields', {
      ...{ subject: 'customer', key: 'tier', kind: 'select', name: 'Tier' },
      options: [{ name: 'Gold' }, { name: 'Silver' }],
    });
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/customers');
    await page.getByRole('button', { name: 'New customer' }).click();
    const dialog = page.getByRole('dialog', { name: 'New customer' });
    await dialog.getByLabel('E-mail').fill(rita.email);
    await dialog.getByRole('button', { name: 'New customer' }).click();
    await dialog.getByText('Another customer').waitFor();
    await dialog.getByLabel('E-mail').fill('sam@customer.example');
    await dialog.getByLabel('Name').fill('Sam Sender');
    await picture(page, 'customer-new');
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'New customer' }).click();
    await page.getByRole('heading', { name: 'Sam Sender', level: 1 }).waitFor();

    await page.getByRole('link', { name: 'All customers' }).click();
    await page.getByRole('list', { name: 'Customers' }).getByText('Sam Sender').waitFor();
    await picture(page, 'customers');
    await page.getByLabel('Find by name or e-mail').fill('reque');
    await page.getByText('Sam Sender').waitFor({ state: 'detached' });
    expect(await findings(page)).toEqual([]);
    await page.getByRole('link', { name: /Rita Requester/ }).click();
    await page.getByRole('link', { name: /The printer is on fire/ }).waitFor();
    await page.getByLabel('Notes').fill('Calls on Fridays.');
    await page.getByLabel('Tier').selectOption({ label: 'Gold' });
    await page.getByRole('button', { name: 'Save changes' }).click();
    await told(page, 'Saved');
    await picture(page, 'customer');
    expect(await findings(page)).toEqual([]);
    await page.reload();
    expect(await page.getByLabel('Notes').inputValue()).toBe('Calls on Fridays.');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findingsOfColours(page)).toEqual([]);
    await picture(page, 'customer-dark');
  });

  it('keep what somebody else wrote meanwhile, and ask about the same field', async () => {
    const rita = await customer('Rita Two');
    const page = await openPage();
    await signIn(page, desk);
    await page.goto(`/customers/${rita.id}`);
    await page.getByLabel('Notes').fill('Mine.');
    await desk.api('PATCH', `/customers/${rita.id}`, { notes: 'Theirs.', name: 'Rita Three' });
    await page.getByRole('button', { name: 'Save changes' }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this too' });
    await dialog.getByText('Theirs.').waitFor();
    await picture(page, 'customer-conflict');
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await told(page, 'Saved');
    await page.getByRole('heading', { name: 'Rita Three', level: 1 }).waitFor();
    expect(await page.getByLabel('Notes').inputValue()).toBe('Mine.');

    await page.getByLabel('Notes').fill('Not saved.');
    await page.getByRole('link', { name: 'All customers' }).click();
    await page.getByRole('alertdialog', { name: 'Leave without saving?' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByLabel('Notes').inputValue()).toBe('Not saved.');
  });

  it('have several addresses, and are merged by the keyboard alone', async () => {
    const rita = await customer('Mona Merged');
    const other = await customer('Mona Other');
    const page = await openPage({ viewport: { width: 360, height: 740 } });
    await signIn(page, desk);
    await page.goto(`/customers/${rita.id}`);
    await page.getByLabel('Another e-mail address').fill('mona@work.example');
    await page.keyboard.press('Enter');
    const addresses = page.getByRole('list', { name: 'Addresses' });
    await addresses.getByText('mona@work.example').waitFor();
    await page.getByRole('button', { name: 'Make mona@work.example the main address' }).click();
    await page.getByRole('button', { name: `Remove ${rita.email}` }).waitFor();
    await picture(page, 'customer-narrow');

    await page.getByRole('button', { name: 'Merge another customer' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Merge into Mona Merged' });
    await focusIn(dialog);
    await page.keyboard.press('Enter');
    await focusIn(page.getByRole('combobox', { name: 'Choose the other customer' }));
    await page.keyboard.type('Mona Oth');
    await page.getByRole('option', { name: /Mona Other/ }).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByText('All tickets of Mona Other move here.').waitFor();
    await picture(page, 'customer-merge');
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Merge', exact: true }).press('Enter');
    await told(page, 'Mona Other was merged');
    await addresses.getByText(other.email).waitFor();
    await page.goto(`/customers/${other.id}`);
    await page.getByRole('link', { name: 'Go to that one' }).click();
    await page.getByRole('heading', { name: 'Mona Merged', level: 1 }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  });

  it('are of companies, which take in who writes from their domains', async () => {
    const domain = `d${randomUUID().slice(0, 8)}.example`;
    const made = await desk.api<Made>('POST', '/customers', {
      ...{ name: 'Ina Initech', email: `ina@${domain}` },
    });
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/companies');
    await page.getByRole('button', { name: 'New company' }).click();
    const dialog = page.getByRole('dialog', { name: 'New company' });
    await dialog.getByLabel('Name').fill('Initech');
    await dialog.getByLabel('Mail domains').fill('gmail.com');
    await dialog.getByRole('button', { name: 'New company' }).click();
    await dialog.getByText('public mail provider').waitFor();
    await dialog.getByLabel('Mail domains').fill(`@${domain}`);
    await dialog.getByRole('button', { name: 'New company' }).click();
    await page.getByRole('heading', { name: 'Initech', level: 1 }).waitFor();
    await page.getByRole('list', { name: 'People' }).getByText('Ina Initech').waitFor();
    await page.getByLabel('Mail domains').fill(`${domain}\nother-${domain}`);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await told(page, 'Saved');
    await picture(page, 'company');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('link', { name: 'All companies' }).click();
    await page.getByRole('list', { name: 'Companies' }).getByText('1 person').waitFor();
    await picture(page, 'companies');
    expect(await findings(page)).toEqual([]);

    await page.goto(`/customers/${made.data.id}`);
    await page.getByRole('button', { name: 'Company' }).click();
    await page.getByRole('option', { name: 'No company' }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await told(page, 'Saved');
  });

  it('read from right to left in Arabic', async () => {
    const rita = await customer('ليلى حداد');
    const page = await openPage({ viewport: { width: 360, height: 740 } });
    await signIn(page, desk);
    await page.evaluate(() =>
      localStorage.setItem('manydesk.preferences', JSON.stringify({ language: 'ar' })),
    );
    await page.goto(`/customers/${rita.id}`);
    await page.getByRole('heading', { name: 'ليلى حداد', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'حفظ التغييرات' }).waitFor();
    await picture(page, 'customer-arabic');
    expect(await findings(page)).toEqual([]);
    await page.goto('/settings/fields');
    await page.getByRole('button', { name: 'حقل جديد' }).click();
    await page.getByRole('dialog', { name: 'حقل جديد' }).waitFor();
    await picture(page, 'settings-field-arabic');
    expect(await findings(page)).toEqual([]);
  });
});
