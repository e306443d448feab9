import type { Page } from 'playwright-core';
import { findings } from './support/axe.js';
import { entitle, newCustomer, section, standAs } from './support/billing.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newColleague, newDesk, newTicket, signIn, told } from './support/desk.js';
import { mailTo, tokenOf } from './support/mails.js';

afterEach(closePages);
afterAll(closeBrowser);

const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });

describe('what nobody paid for', () => {
  it('is told to who can pay before and when it has consequences, and halts what it must', async () => {
    const desk = await newCustomer();
    const agent = await newColleague(desk, 'agent', 'Ada Agent');
    await newTicket(desk, { subject: 'Still here' });
    const page = await openPage();
    await signIn(page, desk);
    const banner = page.getByRole('status').filter({ has: page.getByRole('link') });
    const stands = async (status: string, days: number | null, words: RegExp) => {
      await standAs(desk, status, days);
      await page.reload();
      await banner.getByText(words).waitFor();
      expect(await findings(page)).toEqual([]);
      await picture(page, `billing-banner-${status}`);
    };
    await stands('past_due', 2, /An invoice has been due since .* Please pay it by/);
    await stands('grace', 8, /From .* on nothing can be changed here until it is paid/);

    await entitle(desk, { access: 'read_only' });
    await stands('read_only', 15, /Nothing can be changed here because an invoice is unpaid/);
    const theirs = await openPage();
    await signIn(theirs, agent);
    await theirs.getByText(/An owner can see to it/).waitFor();
    await theirs.keyboard.press('c');
    const written = theirs.getByRole('dialog', { name: 'New ticket' });
    await written.getByLabel('Subject').fill('Does it work?');
    await written.getByLabel('Requester’s e-mail').fill('rita@customer.example');
    await written.getByLabel('Message').fill('Hello');
    await written.getByRole('button', { name: 'Create ticket' }).click();
    await written.getByText('Nothing can be changed at the moment').waitFor();
    await written.getByText('An owner of your organization can see to it.').waitFor();
    expect(await findings(theirs)).toEqual([]);
    await picture(theirs, 'billing-read-only-agent');

    await entitle(desk, { access: 'suspended' });
    await standAs(desk, 'suspended', 40);
    await page.goto('/tickets?status=open');
    await page.getByRole('alert').getByText('This organization is suspended').first().waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'billing-suspended');
    await page.getByRole('link', { name: 'Go to billing' }).first().click();
    await section(page, 'Plan').getByText('Suspended', { exact: true }).waitFor();
    await section(page, 'Plan')
      .getByText(/Pay what is due first/)
      .waitFor();
    await picture(page, 'billing-suspended-plan');

    await entitle(desk, { access: 'read_only' });
    await standAs(desk, 'canceled', null);
    await page.reload();
    await banner.getByText('The plan has ended.').waitFor();
    await page.getByRole('button', { name: 'Come back' }).click();
    const back = dialog(page, 'Take a plan');
    await back.getByRole('row', { name: /^Total €103\.53/ }).waitFor();
    await back.getByRole('button', { name: 'Take this plan' }).click();
    await told(page, 'The plan is yours');
    await section(page, 'Plan').getByText('Active', { exact: true }).waitFor();
  });
});

describe('a limit of the plan', () => {
  it('says where it strikes what is used up and what to do', async () => {
    const desk = await newDesk();
    const ticket = await newTicket(desk, { subject: 'Attach to me' });
    await entitle(desk, { seats: 1, tickets: 1, storage: 10 });
    const page = await openPage();
    await signIn(page, desk);

    await page.goto('/people');
    await page.getByRole('button', { name: 'Invite' }).click();
    const invite = dialog(page, 'Invite somebody');
    await invite.getByLabel('E-mail').fill('nina@desk.example');
    await invite.getByRole('button', { name: 'Invite' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('The one seat of the plan is taken').waitFor();
    await alert.getByText(/Take more seats or a larger plan/).waitFor();
    expect(await alert.getByRole('link', { name: 'Go to billing' }).getAttribute('href')).toBe(
      '/settings/billing',
    );
    expect(await findings(page)).toEqual([]);
    await picture(page, 'billing-limit-seats');

    await page.goto('/settings/roles');
    await page.getByRole('button', { name: 'Create role' }).click();
    const role = dialog(page, 'Create a role');
    await role.getByRole('textbox', { name: 'Name' }).fill('Night');
    await role.getByRole('checkbox').first().check();
    await role.getByRole('button', { name: 'Create role' }).click();
    await alert.getByText('Not part of the plan: Custom roles').waitFor();

    await page.goto('/settings/single-sign-on');
    await page.getByRole('button', { name: 'Add a connection' }).click();
    const connection = dialog(page, 'Add a connection');
    await connection.getByLabel('Name').fill('P');
    await connection.getByLabel('Issuer').fill('https://p.example');
    await connection.getByLabel('Client ID').fill('a');
    await connection.getByLabel('Client secret').fill('b');
    await connection.getByRole('button', { name: 'Save' }).click();
    await alert.getByText('Not part of the plan: Single sign-on').waitFor();

    await page.goto(`/tickets/${ticket.id}?status=open`);
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).click();
    const file = { name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.alloc(64, 'a') };
    await (await chosen).setFiles(file);
    await alert.getByText('There is no room for this: the plan has 10 bytes of storage').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'billing-limit-upload');

    await page.getByRole('button', { name: 'New ticket' }).first().click();
    const written = dialog(page, 'New ticket');
    await written.getByLabel('Subject').fill('One too many');
    await written.getByLabel('Requester’s e-mail').fill('rita@customer.example');
    await written.getByLabel('Message').fill('Hello');
    await written.getByRole('button', { name: 'Create ticket' }).click();
    await alert.getByText('The one ticket of this month is used').waitFor();
    expect(await written.getByLabel('Subject').inputValue()).toBe('One too many');
    await picture(page, 'billing-limit-ticket');
  });

  it('says in a window what does not come of a form, and to who is invited that there is no seat', async () => {
    const desk = await newDesk();
    const agent = await newColleague(desk, 'agent', 'Ada Agent');
    await desk.api('PUT', `/users/${agent.userId}/deactivation`);
    const email = `late-${agent.userId}@desk.example`;
    await desk.api('POST', '/invitations', { email, role: 'agent' });
    const token = tokenOf(await mailTo(email, 'invitation'));
    await entitle(desk, { seats: 1 });
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/people');
    await page.getByRole('button', { name: 'Actions for Ada Agent' }).click();
    await page.getByRole('menuitem', { name: 'Activate again' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Activate again' }).click();
    const limit = dialog(page, 'The one seat of the plan is taken');
    await limit.getByText(/Take more seats or a larger plan/).waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'billing-limit-window');
    await limit.getByRole('link', { name: 'Go to billing' }).click();
    await page.getByRole('heading', { name: 'Billing', level: 1 }).waitFor();
    expect(await limit.count()).toBe(0);

    const guest = await openPage();
    await guest.goto(`/invitation?token=${token}`);
    await guest.getByLabel('Your name').fill('Lara Late');
    await guest.getByLabel('Password').fill('eleven quiet lighthouses');
    await guest.getByRole('button', { name: 'Join' }).click();
    await guest.getByText(/All seats of Desk .* are taken/).waitFor();
    expect(await findings(guest)).toEqual([]);
    await picture(guest, 'billing-limit-invited');
  });
});
