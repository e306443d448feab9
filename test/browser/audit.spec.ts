import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { findings } from './support/axe.js';
import { fillSignIn, newColleague, newDesk, signIn, type Desk } from './support/desk.js';

describe('the audit trail', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('lists sign-ins and changes of rights, filtered by the address, and opens one', async () => {
    const ann = await newColleague(desk, 'agent', 'Ann Agent');
    await desk.api('PATCH', `/users/${ann.userId}`, { role: 'viewer' });
    const wrong = await openPage();
    await wrong.goto('/sign-in');
    await fillSignIn(wrong, { email: desk.email, password: 'not the password' });
    await wrong.getByRole('alert').waitFor();

    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/audit');
    const trail = page.getByRole('list', { name: 'Audit trail' });
    await trail.getByText('Role changed').waitFor();
    await picture(page, 'audit');
    expect(await findings(page)).toEqual([]);
    await page.getByLabel('Event').selectOption({ label: 'Role changed' });
    await trail.getByText('Person joined').first().waitFor({ state: 'detached' });
    expect(page.url()).toMatch(/type=user.role_changed/);
    await page.reload();
    await trail.getByText('Role changed').click();
    await trail.getByText('user.role_changed').waitFor();
    await picture(page, 'audit-open');
    await page.getByLabel('From').fill('2001-01-01');
    await page.getByLabel('To', { exact: true }).fill('2001-01-02');
    await page.getByText('No event matches these filters.').waitFor();
    await page.getByRole('button', { name: 'Remove the filters' }).click();
    await trail.getByText('Person joined').first().waitFor();
  });

  it('is exported, and its chain is verified', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/audit');
    for (const [format, ending] of [
      ['CSV', 'csv'],
      ['JSON lines', 'jsonl'],
    ] as const) {
      await page.getByRole('button', { name: 'Export' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: format }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${ending}$`));
    }
    await page.getByRole('button', { name: 'Verify' }).click();
    const dialog = page.getByRole('dialog', { name: 'Verify the chain' });
    await dialog.getByText('The chain is whole').waitFor();
    await dialog.getByRole('textbox', { name: 'Mark of the last event' }).waitFor();
    await picture(page, 'audit-verified');
  });

  it('says so when the chain is broken, and is not for everybody', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.route('**/api/v1/audit/verification?**', (route) =>
      route.fulfill({
        json: {
          data: {
            valid: false,
            complete: false,
            events: 7,
            erased: 0,
            fromSeq: 1,
            toSeq: 7,
            firstBroken: 7,
            problem: 'its hash is not that of its content',
            headSeq: 9,
            headHash: 'ab',
            nextAfter: null,
          },
        },
      }),
    );
    await page.goto('/settings/audit');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByRole('alert').getByText('Event 7 is not what it was.').waitFor();
    await picture(page, 'audit-broken');
    const vera = await newColleague(desk, 'viewer', 'Vera Viewer');
    const theirs = await openPage();
    await signIn(theirs, vera);
    await theirs.goto('/settings/audit');
    await theirs.getByText('Not for your role').waitFor();
    expect(await theirs.getByRole('link', { name: 'Audit trail' }).count()).toBe(0);
  });
});
