import { readFileSync } from 'node:fs';
import { findings, findingsOfColours } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newColleague, newDesk, newTicket, signIn, told, type Desk } from './support/desk.js';

interface Made {
  data: { requester: { id: string } };
}

const email = 'rita@customer.example';

describe('what an organization can take out, and forget', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  const requesterOf = async (subject: string): Promise<string> => {
    const requester = { email, name: 'Rita Requester' };
    const made = await newTicket(desk, { subject, requester });
    return (await desk.api<Made>('GET', `/tickets/${made.id}`)).data.requester.id;
  };

  it('is everything as one file, for an owner', async () => {
    await requesterOf('The printer is on fire');
    const page = await openPage({ colorScheme: 'light' });
    await signIn(page, desk);
    await page.goto('/settings/organization');
    const section = page.getByRole('region', { name: 'Everything as one file' });
    await section.getByRole('button', { name: 'Ask for the file' }).click();
    await told(page, 'The file is being written');
    const download = section.getByRole('button', { name: 'Download' });
    await download.waitFor();
    await picture(page, 'archives');
    expect(await findings(page)).toEqual([]);
    expect(await findingsOfColours(page)).toEqual([]);
    const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
    expect(file.suggestedFilename()).toMatch(/^organization-[\d-]+\.tar$/);
    expect(readFileSync(await file.path()).includes('The printer is on fire')).toBe(true);

    await page.setViewportSize({ width: 360, height: 780 });
    await picture(page, 'archives-narrow');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(360);
  });

  it('is offered to nobody else', async () => {
    const admin = await newColleague(desk, 'admin', 'Ada Admin');
    const page = await openPage();
    await signIn(page, admin);
    await page.goto('/settings/organization');
    await page.getByLabel('Name', { exact: true }).waitFor();
    expect(await page.getByText('Everything as one file').count()).toBe(0);
  });

  it('is a customer, whose address is typed before', async () => {
    const id = await requesterOf('The bike of Rita');
    const page = await openPage({ colorScheme: 'dark' });
    await signIn(page, desk);
    await page.goto(`/customers/${id}`);
    await page.getByRole('button', { name: 'Erase' }).click();
    const dialog = page.getByRole('dialog', { name: 'Erase Rita Requester?' });
    const typed = dialog.getByLabel(`Type ${email} to confirm`);
    await typed.fill('somebody@else.example');
    await typed.press('Enter');
    await dialog.getByText('That is not the address.').waitFor();
    await picture(page, 'customer-erase');
    expect(await findings(page)).toEqual([]);
    expect(await findingsOfColours(page)).toEqual([]);
    await typed.fill(email);
    await typed.press('Enter');
    await told(page, 'The customer was erased');
    await page.getByText('What was personal of this customer was erased.').waitFor();
    await dialog.waitFor({ state: 'detached' });
    await picture(page, 'customer-erased');
    expect(await findings(page)).toEqual([]);
    expect(await page.getByRole('button', { name: 'Erase' }).count()).toBe(0);
    expect(await page.getByText(email).count()).toBe(0);
  });

  it('is said in Arabic too, and fits on a telephone', async () => {
    const id = await requesterOf('The bike of Rita');
    const page = await openPage({ viewport: { width: 360, height: 780 } });
    await signIn(page, desk);
    await page.evaluate(() =>
      localStorage.setItem('manydesk.preferences', JSON.stringify({ language: 'ar' })),
    );
    await page.goto(`/customers/${id}`);
    await page.getByRole('button', { name: 'محو' }).click();
    await page.getByRole('dialog', { name: 'محو Rita Requester؟' }).waitFor();
    await picture(page, 'customer-erase-ar');
    expect(await findings(page)).toEqual([]);
  });
});
