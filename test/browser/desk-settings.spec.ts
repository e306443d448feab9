import { findings, findingsOfColours } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newColleague, newDesk, signIn, type Desk } from './support/desk.js';
import { focusIn } from './support/focus.js';

describe('the set-up of the desk', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
    await newColleague(desk, 'agent', 'Ada Agent');
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('has teams with members, one of them the default', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/teams');
    await page.getByRole('button', { name: 'New team' }).click();
    const dialog = page.getByRole('dialog', { name: 'New team' });
    await dialog.getByLabel('Name').fill('Billing');
    await dialog.getByLabel('Description').fill('Invoices and refunds');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Members of Billing' }).click();
    const members = page.getByRole('dialog', { name: 'Members of Billing' });
    await members.getByRole('checkbox', { name: /Ada Agent/ }).click();
    await page.getByText('1 member').waitFor();
    await picture(page, 'settings-team-members');
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Edit Billing' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit Billing' });
    await edit.getByLabel('New tickets come to this team').check();
    await edit.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Default').waitFor();
    await picture(page, 'settings-teams');
    expect(await findings(page)).toEqual([]);
  });

  it('has states of its own words within the five', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/states');
    await page.getByRole('button', { name: 'New state' }).click();
    const dialog = page.getByRole('dialog', { name: 'New state' });
    await dialog.getByLabel('Name').fill('Waiting for parts');
    await dialog.getByLabel('Counts as').selectOption('on_hold');
    await dialog.getByRole('button', { name: 'New state' }).click();
    const held = page.getByRole('list', { name: 'On hold' });
    await held.getByText('Waiting for parts').waitFor();
    await page.getByRole('button', { name: 'Move Waiting for parts up' }).click();
    await held.getByRole('listitem').first().getByText('Waiting for parts').waitFor();
    await picture(page, 'settings-states');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Archive Waiting for parts' }).click();
    await page.getByRole('button', { name: 'Archive', exact: true }).click();
    await held.getByText('Waiting for parts').waitFor({ state: 'detached' });
  });

  it('has custom fields of tickets, customers and companies', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/fields');
    await page.getByRole('button', { name: 'New field' }).click();
    const dialog = page.getByRole('dialog', { name: 'New field' });
    await dialog.getByLabel('Name').fill('Order number');
    expect(await dialog.getByLabel('Key').inputValue()).toBe('order_number');
    await dialog.getByLabel('Kind').selectOption('select');
    await dialog.getByRole('button', { name: 'Add a choice' }).click();
    await dialog.getByLabel('Choice 1').fill('First');
    await page.keyboard.press('Enter');
    await focusIn(dialog.getByLabel('Choice 2'));
    await page.keyboard.type('Second');
    await dialog.getByLabel('A ticket is solved or closed only with it').check();
    await picture(page, 'settings-field');
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'New field' }).click();
    await page.getByText('Required to solve').waitFor();
    await page.getByRole('button', { name: 'Customers', exact: true }).click();
    await page.getByText('No custom fields yet').waitFor();
    await page.getByRole('button', { name: 'Tickets', exact: true }).click();
    await page.getByRole('button', { name: 'Edit Order number' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit Order number' });
    expect(await edit.getByLabel('Choice 2').inputValue()).toBe('Second');
    await page.keyboard.press('Escape');
    // The focus is back on its button, whose tooltip is up.
    await page.getByRole('heading', { name: 'Custom fields' }).click();
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await picture(page, 'settings-fields');
    expect(await findings(page)).toEqual([]);
  });

  it('has canned replies, formatted, for oneself or for all', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/canned-replies');
    await page.getByRole('button', { name: 'New reply' }).click();
    const dialog = page.getByRole('dialog', { name: 'New reply' });
    await dialog.getByLabel('Name').fill('Greeting');
    await dialog.getByRole('textbox', { name: 'Text' }).click();
    await page.keyboard.type('Hello {{customer.firstName}}, thank you.');
    await dialog.getByLabel('For whom').selectOption('personal');
    await picture(page, 'settings-reply');
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'New reply' }).click();
    await page.getByText('Only me').waitFor();
    await page.getByText('Hello {{customer.firstName}}').waitFor();
    await picture(page, 'settings-replies');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Delete Greeting' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('No canned replies yet').waitFor();
  });

  it('has macros of several actions', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/macros');
    await page.getByRole('button', { name: 'New macro' }).click();
    const dialog = page.getByRole('dialog', { name: 'New macro' });
    await dialog.getByLabel('Name').fill('Hand to billing');
    await dialog.getByRole('button', { name: 'Add an action' }).click();
    await dialog.getByLabel('Action 2', { exact: true }).selectOption('add_tags');
    await dialog.getByLabel('Tags').fill('billing, refund');
    await dialog.getByRole('button', { name: 'Add an action' }).click();
    await dialog.getByLabel('Action 3', { exact: true }).selectOption('note');
    await dialog.getByRole('textbox', { name: 'Internal note' }).click();
    await page.keyboard.type('Please look.');
    await picture(page, 'settings-macro');
    expect(await findings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'New macro' }).click();
    await page.getByText('Set the status · Add tags · Internal note').waitFor();
    await picture(page, 'settings-macros');
    expect(await findings(page)).toEqual([]);
  });

  it('fits a narrow screen, in the dark', async () => {
    const page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    await signIn(page, desk);
    for (const name of ['teams', 'states', 'fields', 'canned-replies', 'macros']) {
      await page.goto(`/settings/${name}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('status', { name: 'Loading…' }).waitFor({ state: 'detached' });
      expect(await findingsOfColours(page)).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([name, width]).toEqual([name, 360]);
      await picture(page, `settings-${name}-narrow`);
    }
  });

  it('is read by all and changed by who may', async () => {
    const viewer = await newColleague(desk, 'viewer', 'Vera Viewer');
    const page = await openPage();
    await signIn(page, viewer);
    await page.goto('/settings/teams');
    await page.getByRole('heading', { name: 'Teams', level: 1 }).waitFor();
    await page.getByRole('list', { name: 'Teams' }).waitFor();
    expect(await page.getByRole('button', { name: 'New team' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /^Edit/ }).count()).toBe(0);
  });
});
