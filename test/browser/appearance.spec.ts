import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { findings, findingsOfColours } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newDesk, newTicket, row, signIn, type Desk } from './support/desk.js';

const themes = ['light', 'dark'] as const;

/** Every page of the desk with what says that it is complete. */
const pages = [
  { path: '/tickets?status=open', name: 'queue', ready: (page: Page) => row(page, 'Look at me') },
  { path: '/people', name: 'people', ready: (page: Page) => page.getByText('(you)') },
  { path: '/api-keys', name: 'api-keys', ready: (page: Page) => page.getByText('Seen by axe') },
  {
    path: '/mailbox',
    name: 'mailbox',
    ready: (page: Page) => page.getByText(/No mail yet|Re: /).first(),
  },
  { path: '/settings', name: 'settings', ready: (page: Page) => page.getByText('Density') },
  ...[
    { path: '/people?view=invitations', name: 'invitations', words: 'waiting@desk.example' },
    { path: '/settings/profile', name: 'profile', words: 'Change the password' },
    { path: '/settings/sign-in', name: 'factors', words: 'Set up' },
    { path: '/settings/sessions', name: 'sessions', words: 'This one' },
    { path: '/settings/organization', name: 'general', words: 'Short name' },
    { path: '/settings/branding', name: 'branding', words: 'Accent colour' },
    { path: '/settings/roles', name: 'roles', words: 'Seen by axe' },
    { path: '/settings/danger', name: 'danger', words: 'Hand over the organization' },
    { path: '/settings/security', name: 'policy', words: 'Everybody needs a second factor' },
    { path: '/settings/single-sign-on', name: 'sso', words: 'No connection yet.' },
    { path: '/settings/directory', name: 'directory', words: 'Base address' },
    { path: '/settings/audit', name: 'audit', words: 'Organization opened' },
  ].map(({ words, ...each }) => ({
    ...each,
    ready: (page: Page) => page.getByText(words).last(),
  })),
  {
    path: '/nowhere',
    name: 'lost',
    ready: (page: Page) => page.getByText('There is nothing here').last(),
  },
];

/** The pages for whoever is not signed in. */
const outside = [
  '/sign-in',
  '/register',
  '/forgot-password',
  '/email-change?token=none',
  '/registration?token=none',
];

describe('how it looks', () => {
  let desk: Desk;
  let ticketPath: string;
  beforeAll(async () => {
    desk = await newDesk();
    const { id } = await newTicket(desk, {
      subject: 'Look at me',
      priority: 'urgent',
      tags: ['billing', 'vip'],
      assigneeId: desk.userId,
      body: 'Hello,\nplease see https://help.example.com/a/very/long/address/that/has/to/fold/somewhere/on/a/narrow/screen.\n\nOn Monday, Ada wrote:\n> Earlier words.',
    });
    ticketPath = `/tickets/${id}?status=open`;
    await desk.api('POST', `/tickets/${id}/messages`, { kind: 'note', body: 'A note.' });
    await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'A reply.' });
    await desk.api('POST', '/api-keys', { name: 'Seen by axe', scopes: ['tickets:read'] });
    await desk.api('POST', '/roles', { name: 'Seen by axe', permissions: ['tickets:read'] });
    await desk.api('POST', '/invitations', { email: 'waiting@desk.example', role: 'agent' });
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  async function openTicket(page: Page): Promise<void> {
    await page.goto(ticketPath);
    await page.getByRole('article').getByText('A reply.').waitFor();
  }

  describe.each(themes)('in the %s theme', (theme) => {
    const look = theme === 'dark' ? findingsOfColours : findings;

    it('axe finds nothing on any page', async () => {
      const page = await openPage({ colorScheme: theme });
      const found: Record<string, string[]> = {};
      for (const path of outside) {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        found[path] = await look(page);
      }
      await signIn(page, desk);
      for (const { path, name, ready } of pages) {
        await page.goto(path);
        await ready(page).waitFor();
        found[path] = await look(page);
        await picture(page, `${name}-${theme}`);
      }
      await openTicket(page);
      found['the ticket'] = await look(page);
      await picture(page, `ticket-${theme}`);
      await page.keyboard.press('n');
      await page.keyboard.type('A draft.');
      found['a note in the composer'] = await look(page);
      expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length))).toEqual(
        {},
      );
    });

    it('axe finds nothing in any dialog', async () => {
      const page = await openPage({ colorScheme: theme });
      await signIn(page, desk);
      await openTicket(page);
      const found: Record<string, string[]> = {};
      for (const key of ['?', 'c', 'Control+k', 'a']) {
        await page.keyboard.press(key);
        await page.getByRole('dialog').waitFor();
        found[key] = await look(page);
        await picture(page, `dialog-${key.replace(/\W/g, '') || 'help'}-${theme}`);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      await page.getByRole('button', { name: 'Close', exact: true }).click();
      // A notice that has the focus does not go away.
      await page.getByRole('button', { name: 'Undo' }).focus();
      found.notice = await look(page);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByRole('button', { name: 'Close', exact: true }).waitFor();
      await page.goto('/api-keys');
      await page.getByRole('button', { name: 'Create key' }).click();
      await page.getByRole('dialog').waitFor();
      found['a new key'] = await look(page);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Revoke “Seen by axe”' }).click();
      await page.getByRole('alertdialog').waitFor();
      found['revoking'] = await look(page);
      const others = [
        ['/people', 'Invite'],
        ['/settings/profile', 'Change the password'],
        ['/settings/sign-in', 'Set up'],
        ['/settings/roles', 'Create role'],
        ['/settings/single-sign-on', 'Add a connection'],
        ['/settings/danger', 'Delete the organization'],
        ['/settings/audit', 'Verify'],
      ] as const;
      for (const [path, button] of others) {
        await page.goto(path);
        await page.getByRole('button', { name: button, exact: true }).click();
        await page.getByRole('dialog').waitFor();
        found[`${path}: ${button}`] = await look(page);
        await picture(page, `dialog-${path.replace(/\W+/g, '-')}-${theme}`);
      }
      expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length))).toEqual(
        {},
      );
    });
  });

  it('follows the system, and can be set', async () => {
    const page = await openPage({ colorScheme: 'dark' });
    await signIn(page, desk);
    const theme = () => page.locator('html').getAttribute('data-theme');
    expect(await theme()).toBe('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('html[data-theme="light"]').waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: 'Dark' }).check();
    expect(await theme()).toBe('dark');
    await page.getByRole('radio', { name: 'Compact' }).check();
    await page.reload();
    expect(await theme()).toBe('dark');
    expect(await page.getByRole('radio', { name: 'Compact' }).isChecked()).toBe(true);
    expect(await page.locator('html').getAttribute('data-density')).toBe('compact');
  });

  it('fits 360 pixels without scrolling sideways, one column at a time', async () => {
    const page = await openPage({ viewport: { width: 360, height: 740 }, hasTouch: true });
    const wide = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('body *')]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX))
          .map((element) => element.outerHTML.slice(0, 120))
          .concat(document.documentElement.scrollWidth > 360 ? ['the page'] : []),
      );
    const found: Record<string, string[]> = {};
    for (const path of outside) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      found[path] = await wide();
      await picture(page, `${path.replace(/\W+/g, '-')}-narrow`);
    }
    await signIn(page, desk);
    for (const { path, name, ready } of pages) {
      await page.goto(path);
      await ready(page).waitFor();
      found[name] = await wide();
      await picture(page, `${name}-narrow`);
    }
    await page.goto('/tickets?status=open');
    await row(page, 'Look at me').click();
    await page.getByRole('article').getByText('A reply.').waitFor();
    expect(await page.getByRole('list', { name: 'Tickets' }).isVisible()).toBe(false);
    found.ticket = await wide();
    await picture(page, 'ticket-narrow');
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByRole('dialog', { name: 'Details' }).getByText('billing').waitFor();
    found.details = await wide();
    await picture(page, 'details-narrow');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.getByRole('button', { name: 'Open the menu' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Pending' }).click();
    await page.getByRole('heading', { name: 'Pending', level: 1 }).waitFor();
    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length))).toEqual({});
  });

  it('reads from right to left in Arabic', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings');
    await page.getByRole('radio', { name: 'العربية' }).check();
    await page.getByRole('heading', { name: 'المظهر واللغة', level: 1 }).waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    for (const path of ['/settings/sign-in', '/settings/roles', '/settings/audit', '/people']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page
        .getByRole('status', { name: 'جارٍ التحميل…' })
        .first()
        .waitFor({ state: 'detached' });
      expect([path, await findings(page)]).toEqual([path, []]);
      await picture(page, `${path.replace(/\W+/g, '-')}-arabic`);
    }
    await page.goto(ticketPath);
    await page.getByRole('button', { name: 'إرسال الرد' }).waitFor();
    const rail = await page.getByRole('navigation').first().boundingBox();
    expect(rail!.x).toBeGreaterThan(900);
    expect(await findings(page)).toEqual([]);
    await picture(page, 'ticket-arabic');
    await page.goto('/tickets?status=open');
    await row(page, 'Look at me')
      .or(page.getByRole('link', { name: 'Look at me' }))
      .first()
      .waitFor();
    await picture(page, 'queue-arabic');
  });

  it('moves nothing when less motion is wanted', async () => {
    const page = await openPage({ reducedMotion: 'reduce' });
    await signIn(page, desk);
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    const duration = await dialog.evaluate(
      (element) => getComputedStyle(element).animationDuration,
    );
    expect(Number.parseFloat(duration)).toBeLessThan(0.001);
  });

  it('loads at most 200 kB of compressed script at first', async () => {
    const page = await openPage();
    await signIn(page, desk);
    const weigh = async (path: string) => {
      const scripts = new Set<string>();
      page.on('request', (request) => {
        if (request.resourceType() === 'script') scripts.add(request.url());
      });
      await page.goto(path);
      await row(page, 'Look at me').waitFor();
      const weights = await Promise.all(
        [...scripts].map(async (url) => {
          const body = await (await fetch(url)).arrayBuffer();
          return gzipSync(Buffer.from(body), { level: 9 }).length;
        }),
      );
      return weights.reduce((sum, each) => sum + each, 0);
    };
    expect(await weigh('/tickets?status=open')).toBeLessThan(200_000);
  });
});
