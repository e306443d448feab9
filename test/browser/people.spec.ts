import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import {
  atQueue,
  fillSignIn,
  newColleague,
  newDesk,
  signIn,
  told,
  type Desk,
} from './support/desk.js';
import { mailTo } from './support/mails.js';

async function act(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

describe('people', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('are invited by mail and join with an account of their own', async () => {
    const page = await openPage();
    await signIn(page, desk);
    const email = `ida-${randomUUID().slice(0, 8)}@desk.example`;
    await page.goto('/people');
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
    await dialog.getByLabel('E-mail').fill(email);
    expect(await dialog.getByLabel('Role').inputValue()).toBe('agent');
    await picture(page, 'people-invite');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await told(page, `${email} is invited`);
    await page.getByRole('link', { name: 'Invitations' }).click();
    const invitations = page.getByRole('list', { name: 'Invitations' });
    await invitations.getByText(email).waitFor();
    await picture(page, 'people-invitations');

    const { path } = await mailTo(email, 'invitation');
    const guest = await openPage();
    await guest.goto(path);
    await guest.getByRole('heading', { name: `Join ${desk.name}` }).waitFor();
    await guest.getByText('Olive Owner invites you as Agent.').waitFor();
    await guest.getByLabel('Your name').fill('Ida Invited');
    await guest.getByLabel('Password').fill('eleven quiet lighthouses');
    await picture(guest, 'invitation');
    await guest.getByRole('button', { name: 'Join' }).click();
    await atQueue(guest);
    await guest.getByText('Ida Invited').waitFor();

    await invitations.waitFor({ state: 'detached' });
    await page
      .getByRole('navigation', { name: 'People and invitations' })
      .getByText('People')
      .click();
    await page.getByRole('list', { name: 'People' }).getByText('Ida Invited').waitFor();
    const again = await openPage();
    await again.goto(path);
    await again.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  });

  it('with an account prove it by its password, or are signed in already', async () => {
    const guest = await newDesk();
    const third = await newDesk();
    await desk.api('POST', '/invitations', { email: guest.email, role: 'viewer' });
    const { path } = await mailTo(guest.email, 'invitation');
    const page = await openPage();
    await page.goto(path);
    await page.getByText('You have an account.').waitFor();
    await page.getByLabel('Password').fill(guest.password);
    await picture(page, 'invitation-known');
    await page.getByRole('button', { name: 'Join' }).click();
    await atQueue(page);
    await page.getByText(desk.name).waitFor();

    await third.api('POST', '/invitations', { email: guest.email, role: 'viewer' });
    const next = await mailTo(guest.email, 'invitation', 1);
    await page.goto(next.path);
    await page.getByText(`You are signed in as ${guest.email}.`).waitFor();
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText(third.name).waitFor();
  });

  it('whose invitation is taken back do not come in; a new link replaces the old one', async () => {
    const email = `ron-${randomUUID().slice(0, 8)}@desk.example`;
    await desk.api('POST', '/invitations', { email, role: 'agent' });
    const first = await mailTo(email, 'invitation');
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/people?view=invitations');
    await page.getByRole('button', { name: `Take back the invitation of ${email}` }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Take back' }).click();
    await page.getByText('No invitation is waiting.').waitFor();
    const guest = await openPage();
    await guest.goto(first.path);
    await guest.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  });

  it('are found, get another role and another name, are deactivated and removed', async () => {
    const ann = await newColleague(desk, 'agent', 'Ann Agent');
    await newColleague(desk, 'viewer', 'Vera Viewer');
    const theirs = await openPage();
    await signIn(theirs, ann);
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/people');
    const people = page.getByRole('list', { name: 'People' });
    await page.getByRole('searchbox', { name: 'Search people' }).fill('ann');
    await people.getByText('Vera Viewer').waitFor({ state: 'detached' });
    expect(page.url()).toMatch(/q=ann/);

    await act(page, 'Ann Agent', 'Change the role');
    const dialog = page.getByRole('dialog', { name: 'Role of Ann Agent' });
    await dialog.getByLabel('Role').selectOption({ label: 'Admin' });
    await picture(page, 'people-role');
    await dialog.getByRole('button', { name: 'Change the role' }).click();
    await people.getByText('Admin', { exact: true }).waitFor();
    await theirs.getByRole('link', { name: 'API keys' }).waitFor();

    await act(page, 'Ann Agent', 'Deactivate');
    await picture(page, 'people-deactivate');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate' }).click();
    await people.getByText('Deactivated').waitFor();
    await theirs.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    await fillSignIn(theirs, ann);
    await theirs.getByRole('alert').waitFor();
    await act(page, 'Ann Agent', 'Activate again');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Activate again' }).click();
    await people.getByText('Deactivated').waitFor({ state: 'detached' });
    await act(page, 'Ann Agent', 'Remove');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nobody of that name.').waitFor();
  });

  it('are told why the last owner stays one, and an admin cannot touch an owner', async () => {
    const adam = await newColleague(desk, 'admin', 'Adam Admin');
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/people');
    await act(page, 'Olive Owner', 'Change the role');
    const dialog = page.getByRole('dialog', { name: 'Role of Olive Owner' });
    await dialog.getByLabel('Role').selectOption({ label: 'Agent' });
    await dialog.getByRole('button', { name: 'Change the role' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/An organization keeps an owner/)
      .waitFor();
    await picture(page, 'people-last-owner');
    const theirs = await openPage();
    await signIn(theirs, adam);
    await theirs.goto('/people');
    await theirs.getByRole('button', { name: 'Actions for Adam Admin' }).waitFor();
    expect(await theirs.getByRole('button', { name: 'Actions for Olive Owner' }).count()).toBe(0);
  });

  it('get roles of the organization’s own, which go when nobody has them', async () => {
    await newColleague(desk, 'viewer', 'Nina Night');
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/roles');
    await page.getByRole('button', { name: 'Create role' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create a role' });
    await dialog.getByLabel('Name', { exact: true }).fill('Night shift');
    await dialog.getByRole('button', { name: 'Create role' }).click();
    await dialog.getByText('Choose at least one right.').waitFor();
    await dialog.getByRole('checkbox', { name: /tickets:read/ }).check();
    await dialog.getByRole('checkbox', { name: /tickets:write/ }).check();
    await picture(page, 'role-editor');
    await dialog.getByRole('button', { name: 'Create role' }).click();
    const roles = page.getByRole('list', { name: 'Roles' });
    await roles.getByText('Night shift').waitFor();
    await picture(page, 'roles');

    await page.goto('/people');
    await act(page, 'Nina Night', 'Change the role');
    await page.getByRole('dialog').getByLabel('Role').selectOption({ label: 'Night shift' });
    await page.getByRole('dialog').getByRole('button', { name: 'Change the role' }).click();
    await page.getByRole('list', { name: 'People' }).getByText('Night shift').waitFor();

    await page.goto('/settings/roles');
    await page.getByRole('button', { name: 'Delete “Night shift”' }).click();
    await page.getByText('Give its people another role first.').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await told(page, 'Somebody has this role, or is invited with it.');
    await page.getByRole('button', { name: 'Show the rights of “Viewer”' }).click();
    await page
      .getByRole('dialog', { name: 'What “Viewer” may do' })
      .getByText('See tickets, their messages and requesters.')
      .waitFor();
  });

  it('lose their second factors by an admin who knows that it is them', async () => {
    const ann = await newColleague(desk, 'agent', 'Ann Agent');
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/people');
    await act(page, 'Ann Agent', 'Reset second factors');
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Reset second factors' })
      .click();
    await told(page, 'The second factors of Ann Agent are reset');
    expect(ann.email).toContain('@');
  });
});
