import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { findings, findingsOfColours } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newColleague, newDesk, signIn, type Desk } from './support/desk.js';

/** What the staff do in their own realm, of which no page of the desk shows anything. */
async function asStaff(statement: string, values: unknown[]): Promise<void> {
  const owner = new pg.Client({ connectionString: process.env.MANYDESK_BROWSER_DATABASE_URL });
  await owner.connect();
  try {
    await owner.query(statement, values);
  } finally {
    await owner.end();
  }
}

const staffId = randomUUID();
const beside = (page: Page) => page.getByRole('list', { name: 'Support access' });

async function ask(desk: Desk, staffName: string, reason: string): Promise<void> {
  await asStaff(
    `insert into support_accesses (organization_id, id, staff_id, staff_name, reason, scopes, hours, created_at)
     values ($1, $2, $3, $4, $5, '{tickets:read,customers:read}', 3, now())`,
    [desk.organizationId, randomUUID(), staffId, staffName, reason],
  );
}

describe('staff who ask to look', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
    await asStaff(
      `insert into staff_members (id, email, name, role, password_hash) values ($1, $2, 'Sam Support', 'operator', '-')`,
      [staffId, `${staffId}@staff.example`],
    );
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('are let look, are shown to everybody while they may, and are out when it is ended', async () => {
    const agent = await newColleague(desk, 'agent', 'Ann Agent');
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/support-access');
    await page.getByText('Nobody has asked').waitFor();
    await picture(page, 'support-access-empty');
    await ask(desk, 'Sam Support', 'Mails to customers do not arrive');
    await ask(desk, 'Nosy Ned', 'Only curious');
    await page.reload();
    await beside(page).getByText('Mails to customers do not arrive').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'support-access-asked');
    await page.getByRole('button', { name: 'Refuse Nosy Ned' }).click();
    await beside(page).getByText('Refused', { exact: true }).waitFor();
    await page.getByLabel('For how long').selectOption({ label: '2 hours' });
    await page.getByRole('button', { name: 'Let Sam Support look' }).press('Enter');
    await beside(page).getByText('May look now').waitFor();
    const banner = page.getByText(/^Sam Support, who runs this desk, may look .* until /);
    await banner.waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'support-access-granted');

    const theirs = await openPage({ viewport: { width: 360, height: 740 } });
    await signIn(theirs, agent);
    await theirs.getByText(/^Sam Support, who runs this desk/).waitFor();
    expect(await theirs.getByRole('link', { name: 'Manage' }).count()).toBe(0);
    await picture(theirs, 'support-access-agent-360');
    await theirs.goto('/settings/support-access');
    await theirs.getByText('Not for your role').waitFor();

    await page.getByRole('button', { name: 'End the access of Sam Support now' }).click();
    await banner.waitFor({ state: 'detached' });
    await beside(page).getByText('Taken back').waitFor();
  });

  it('and what they announce are read in Arabic, in the dark and on a phone', async () => {
    await ask(desk, 'Sam Support', 'Once more');
    await asStaff(
      `insert into announcements (id, staff_id, tone, title, text, title_ar, text_ar, starts_at, created_at)
       values ($1, $2, 'warning', 'Maintenance.', 'The desk rests on Sunday at nine.', 'صيانة.', 'يتوقف المكتب يوم الأحد في التاسعة.', now(), now())`,
      [randomUUID(), staffId],
    );
    try {
      const page = await openPage({ colorScheme: 'dark', viewport: { width: 360, height: 740 } });
      await page.addInitScript(() =>
        localStorage.setItem('manydesk.preferences', JSON.stringify({ language: 'ar' })),
      );
      await page.goto('/sign-in');
      await page.locator('input[type=email]').fill(desk.email);
      await page.locator('input[type=password]').fill(desk.password);
      await page.locator('button[type=submit]').click();
      await page.getByText('صيانة.').waitFor();
      await page.goto('/settings/support-access');
      await page.getByText('Once more').waitFor();
      await page.getByText('صيانة.').waitFor();
      expect(await findings(page)).toEqual([]);
      expect(await findingsOfColours(page)).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(360);
      await picture(page, 'support-access-ar-dark-360');
      await page.getByRole('button', { name: 'إغلاق «صيانة.»' }).click();
      await page.getByText('صيانة.').waitFor({ state: 'detached' });
      await page.reload();
      await page.getByText('Once more').waitFor();
      await page.waitForTimeout(1_500);
      expect(await page.getByText('صيانة.').count()).toBe(0);
    } finally {
      // It is told to every desk of the other tests too.
      await asStaff('update announcements set withdrawn_at = now()', []);
    }
  });
});
