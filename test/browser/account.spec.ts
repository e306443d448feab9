import { randomUUID } from 'node:crypto';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newDesk, newTicket, row, signIn, told, type Desk } from './support/desk.js';
import { mailTo } from './support/mails.js';

describe('one’s own account', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('has a name, a password and an address that can be changed', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Your account' }).click();
    await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
    await page.getByLabel('Your name').fill('Olive Other');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Account of Olive Other' }).waitFor();

    await page.getByRole('button', { name: 'Change the password' }).click();
    const password = page.getByRole('dialog', { name: 'Change the password' });
    await password.getByLabel('Current password').fill('something else');
    await password.getByLabel('New password').fill('seven green umbrellas');
    await password.getByRole('button', { name: 'Change the password' }).click();
    await password.getByText('This password is wrong.').waitFor();
    await picture(page, 'profile-password');
    await password.getByLabel('Current password').fill(desk.password);
    await password.getByRole('button', { name: 'Change the password' }).click();
    await told(page, 'Your password is changed');

    const address = `new-${randomUUID().slice(0, 8)}@desk.example`;
    await page.getByRole('button', { name: 'Change the address' }).click();
    const email = page.getByRole('dialog', { name: 'Change the address' });
    await email.getByLabel('New e-mail').fill(address);
    await email.getByLabel('Current password').fill('seven green umbrellas');
    await email.getByRole('button', { name: 'Change the address' }).click();
    await told(page, `Follow the link that we sent to ${address}.`);
    await picture(page, 'profile');
    await mailTo(desk.email, 'email_change_asked');
    const { path } = await mailTo(address, 'email_change');
    await page.goto(path);
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await page.getByRole('heading', { name: 'Your address is changed' }).waitFor();
    await mailTo(desk.email, 'email_changed');
    const other = await openPage();
    await signIn(other, { email: address, password: 'seven green umbrellas' });
  });

  it('lists its sessions and ends them, one or all others', async () => {
    const [page, second, third] = [await openPage(), await openPage(), await openPage()];
    for (const each of [third, second, page]) await signIn(each, desk);
    await page.goto('/settings/sessions');
    const sessions = page.getByRole('list', { name: 'Sessions' });
    await sessions.getByText('This one').waitFor();
    // The fourth is the one in which the organization was opened.
    expect(await sessions.getByRole('listitem').count()).toBe(4);
    await picture(page, 'sessions');
    await sessions
      .getByRole('button', { name: /^End the session on/ })
      .first()
      .click();
    await told(page, 'The session has ended');
    await second.reload();
    await second.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End all others' }).click();
    await told(page, 'All other sessions have ended');
    expect(await sessions.getByRole('listitem').count()).toBe(1);
    await third.reload();
    await third.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    await page.reload();
    await sessions.getByText('This one').waitFor();
  });

  it('moves between its organizations, in every tab, and leaves nothing of the one in the other', async () => {
    const page = await openPage();
    const { id } = await newTicket(desk, { subject: 'Of the first organization' });
    await signIn(page, desk);
    await row(page, 'Of the first organization').click();
    await page.getByRole('heading', { name: 'Of the first organization' }).waitFor();
    const tab = await page.context().newPage();
    await tab.goto('/tickets?status=open');
    await row(tab, 'Of the first organization').waitFor();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('switch');
    await page.getByRole('option', { name: /Switch organization/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Here now').waitFor();
    await dialog.getByRole('button', { name: 'Create an organization' }).click();
    await dialog.getByLabel('Name of the organization').fill('The second one');
    await dialog.getByRole('button', { name: 'Create an organization' }).click();
    await page.getByText('All clear').waitFor();
    await page.getByText('The second one').waitFor();
    expect(new URL(page.url()).pathname).toBe('/tickets');
    await tab.getByText('The second one').waitFor();
    await tab.getByText('All clear').waitFor();
    await page.goto(`/tickets/${id}`);
    await page.getByText('It does not exist, or it is gone.').waitFor();

    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Switch organization' }).click();
    await page.getByRole('dialog').getByText('Here now').waitFor();
    await picture(page, 'switcher');
    await page.getByRole('button', { name: `Switch to ${desk.name}` }).click();
    await row(page, 'Of the first organization').waitFor();
    await row(tab, 'Of the first organization').waitFor();
  });
});
