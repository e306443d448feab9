import { deflateSync } from 'node:zlib';
import { findings } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newColleague, newDesk, signIn, told, type Desk } from './support/desk.js';
import { mailTo } from './support/mails.js';

/** A PNG of one red point. */
function redPoint(): Buffer {
  const table = Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1)
      value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });
  const crc = (bytes: Buffer) => {
    let value = 0xffffffff;
    for (const byte of bytes) value = table[(value ^ byte) & 0xff]! ^ (value >>> 8);
    return (value ^ 0xffffffff) >>> 0;
  };
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 220, 40, 40]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('the organization', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('has a name, a place and a language', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/organization');
    await page.getByLabel('Name', { exact: true }).fill('Renamed Desk');
    await page.getByLabel('Time zone').selectOption('Africa/Cairo');
    await page.getByLabel('Language').selectOption('ar');
    await page.getByRole('button', { name: 'Save' }).click();
    await told(page, 'Saved');
    await page
      .getByRole('button', { name: /^Account of/ })
      .getByText('Renamed Desk')
      .waitFor();
    await page.reload();
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Africa/Cairo');
    await picture(page, 'organization');
  });

  it('has a logo and a colour, which everybody’s desk wears in a readable shade', async () => {
    const page = await openPage({ colorScheme: 'light' });
    await signIn(page, desk);
    await page.goto('/settings/branding');
    await page
      .getByLabel('Choose a picture')
      .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: redPoint() });
    await page.getByRole('img', { name: 'The logo of your organization' }).waitFor();
    await page.getByLabel('Colour as #rrggbb').fill('#ffd500');
    await page.getByText('Shown in a readable shade of it.').waitFor();
    await page.getByText('Readable as it is.').waitFor();
    await picture(page, 'branding');
    await page.getByRole('button', { name: 'Save' }).click();
    await told(page, 'Saved');
    const accent = () =>
      page.evaluate(() => document.documentElement.style.getPropertyValue('--accent'));
    await page.waitForFunction(() => document.documentElement.style.getPropertyValue('--accent'));
    const light = await accent();
    expect(light).not.toBe('#ffd500');
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(
      () => document.documentElement.style.getPropertyValue('--accent') === '#ffd500',
    );
    expect(await findings(page)).toEqual([]);
    await picture(page, 'branding-dark');
    await page.getByRole('button', { name: 'Use Manydesk’s own' }).click();
    await page.waitForFunction(
      () => document.documentElement.style.getPropertyValue('--accent') === '',
    );
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No logo yet').waitFor({ state: 'attached' });
  });

  it('says what everybody has to keep to', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/security');
    await page.getByLabel('Longest session').selectOption({ label: '7 days' });
    await told(page, 'Saved');
    await page.getByLabel('Add a domain').fill('no domain');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('Write a domain such as example.com.').waitFor();
    await page.getByLabel('Add a domain').fill('Allowed.example');
    await page.keyboard.press('Enter');
    await page
      .getByRole('list', { name: 'Allowed domains' })
      .getByText('allowed.example')
      .waitFor();
    await picture(page, 'policy');
    await page.goto('/people');
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByRole('dialog').getByLabel('E-mail').fill('somebody@elsewhere.example');
    await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await picture(page, 'people-invite-refused');
  });

  it('signs in by its own provider, once a domain is proved', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/single-sign-on');
    await page.getByText('Needs a verified domain and an enabled connection.').waitFor();
    await page.getByRole('button', { name: 'Add a connection' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a connection' });
    await dialog.getByLabel('Name', { exact: true }).fill('Our provider');
    await dialog.getByLabel('Issuer').fill('https://login.example.com');
    await dialog.getByLabel('Client ID').fill('manydesk');
    await dialog.getByLabel('Client secret').fill('a secret that is kept');
    expect(await dialog.getByLabel('Role of newcomers').inputValue()).toBe('viewer');
    await picture(page, 'sso-connection');
    await dialog.getByRole('button', { name: 'Save' }).click();
    const connections = page.getByRole('list', { name: 'Connections' });
    await connections.getByText('Our provider', { exact: true }).waitFor();
    expect(
      await connections.getByRole('textbox', { name: /^Redirect address/ }).inputValue(),
    ).toContain('/api/v1/auth/sso/callback');
    await page.getByRole('button', { name: 'Add a domain' }).click();
    await page.getByRole('dialog').getByLabel('Domain').fill('sso-test.example');
    await page.getByRole('dialog').getByRole('button', { name: 'Add a domain' }).click();
    const domains = page.getByRole('list', { name: 'Domains' });
    expect(await domains.getByRole('textbox', { name: 'Name' }).inputValue()).toBe(
      '_manydesk.sso-test.example',
    );
    await picture(page, 'sso');
    expect(await findings(page)).toEqual([]);
    expect(await page.getByRole('button', { name: 'Require it' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Verify sso-test.example' }).click();
    await told(page, 'The record was not found yet');
    await page.getByRole('button', { name: 'Edit “Our provider”' }).click();
    await page.getByRole('dialog').getByRole('checkbox', { name: 'Enabled' }).uncheck();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await connections.getByText('Disabled').waitFor();
    await page.getByRole('button', { name: 'Remove sso-test.example' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No domain yet.').waitFor();
    await page.getByRole('button', { name: 'Delete “Our provider”' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No connection yet.').waitFor();
  });

  it('is kept in step by a directory, with a key for that alone', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/directory');
    expect(await page.getByRole('textbox', { name: 'Base address' }).inputValue()).toMatch(
      /\/api\/v1\/scim\/v2$/,
    );
    await page.getByRole('button', { name: 'Create a key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Directory');
    expect(await dialog.getByRole('checkbox', { name: 'directory:write' }).isChecked()).toBe(true);
    await dialog.getByRole('button', { name: 'Create key' }).click();
    await dialog.getByRole('textbox', { name: 'Secret' }).waitFor();
    await dialog.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('list', { name: 'Keys with this scope' }).getByText('Directory').waitFor();
    await picture(page, 'directory');
  });

  it('is deleted only by its name, with time to think; meanwhile it can only be read', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/danger');
    await page.getByRole('button', { name: 'Delete the organization' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('something else');
    await dialog.getByRole('button', { name: 'Delete the organization' }).click();
    await dialog.getByText('That is not the short name.').waitFor();
    const { data } = await desk.api<{ data: { slug: string } }>('GET', '/organization');
    await dialog.getByRole('textbox').fill(data.slug);
    await picture(page, 'danger-delete');
    await dialog.getByRole('button', { name: 'Delete the organization' }).click();
    await page
      .getByText(/will be deleted on/)
      .first()
      .waitFor();
    await mailTo(desk.email, 'organization_deletion');
    await picture(page, 'danger-doomed');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep the organization' }).first().click();
    await page
      .getByText(/will be deleted on/)
      .first()
      .waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Delete the organization' }).waitFor();
  });

  it('is handed over to somebody else, who owns it from then on', async () => {
    const adam = await newColleague(desk, 'admin', 'Adam Admin');
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/danger');
    await page.getByRole('button', { name: 'Hand over' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New owner').selectOption(adam.userId);
    await picture(page, 'danger-transfer');
    await dialog.getByRole('button', { name: 'Hand over' }).click();
    await page.getByText('Not for your role').waitFor();
    const theirs = await openPage();
    await signIn(theirs, adam);
    await theirs.goto('/settings/danger');
    await theirs.getByRole('button', { name: 'Hand over' }).waitFor();
  });
});
