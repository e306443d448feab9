import { mailTo } from './support/mails.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { fillSignIn, newDesk, newTicket, row, signIn, type Desk } from './support/desk.js';

describe('signing in', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await newDesk();
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  it('leads to the queue', async () => {
    const page = await openPage();
    await page.goto('/');
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    await picture(page, 'sign-in');
    await signIn(page, desk);
    expect(new URL(page.url()).pathname).toBe('/tickets');
    await page.getByText(desk.name).waitFor();
  });

  it('says so when the password is wrong, and keeps the e-mail', async () => {
    const page = await openPage();
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(desk.email);
    await page.getByLabel('Password').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The e-mail or the password is wrong.').waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe(desk.email);
  });

  it('asks for what is missing without asking the server', async () => {
    const page = await openPage();
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    expect(await page.getByText('Please fill this in.').count()).toBe(2);
  });

  it('leads back to the page that was asked for', async () => {
    const page = await openPage();
    const { id } = await newTicket(desk, { subject: 'Asked for by its address' });
    await page.goto(`/tickets/${id}`);
    await fillSignIn(page, desk);
    await page.getByRole('heading', { name: 'Asked for by its address' }).waitFor();
  });

  it('never leads to another site', async () => {
    const page = await openPage();
    await page.goto('/sign-in?next=//evil.example/');
    await fillSignIn(page, desk);
    await page.getByRole('heading', { name: 'All open' }).waitFor();
  });

  it('lasts over a reload, with no token where a script could read it', async () => {
    const page = await openPage();
    await newTicket(desk, { subject: 'Still here' });
    await signIn(page, desk);
    await page.reload();
    await row(page, 'Still here').waitFor();
    const stored = await page.evaluate(() =>
      JSON.stringify({ ...localStorage, ...sessionStorage }),
    );
    expect(stored).not.toMatch(/eyJ|Bearer/);
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });

  it('ends with signing out, in every tab', async () => {
    const page = await openPage();
    await signIn(page, desk);
    const other = await page.context().newPage();
    await other.goto('/settings');
    await other.getByRole('heading', { name: 'Appearance' }).waitFor();
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto('/tickets');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
  it('says how long to wait when it was tried too often', async () => {
    const page = await openPage();
    await page.route('**/api/v1/auth/sessions', (route) =>
      route.fulfill({
        status: 429,
        headers: { 'retry-after': '42' },
        json: { error: { code: 'auth.throttled', message: 'Wait.', requestId: 'r' } },
      }),
    );
    await page.goto('/sign-in');
    await fillSignIn(page, desk);
    await page
      .getByRole('alert')
      .getByText(/Try again in 4\d seconds/)
      .waitFor();
    expect(await page.getByRole('button', { name: 'Sign in', exact: true }).isDisabled()).toBe(
      true,
    );
    await picture(page, 'sign-in-throttled');
  });

  it('takes over the session that single sign-on has just opened, and tidies the address', async () => {
    const page = await openPage();
    await signIn(page, desk);
    // Another site has sent the browser here: the cookie is set, and this page has no hint of it.
    await page.evaluate(() => localStorage.clear());
    await page.goto('/tickets?status=open');
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
    await page.goto('/tickets?status=open&signedIn=1');
    await page.getByRole('heading', { name: 'All open', level: 1 }).waitFor();
    expect(new URL(page.url()).search).toBe('?status=open');
  });

  it('by single sign-on says when an address has none, and what went wrong there', async () => {
    const page = await openPage();
    await page.goto('/sign-in?error=sso.refused');
    await page.getByText('Your organization’s sign-in did not let you through.').waitFor();
    await page.getByRole('button', { name: 'Use single sign-on' }).click();
    await page.getByRole('heading', { name: 'Single sign-on', level: 1 }).waitFor();
    await page.getByLabel('E-mail').fill(desk.email);
    await picture(page, 'sign-in-sso');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('No single sign-on is set up for this address.').waitFor();
    await page.getByRole('button', { name: 'Sign in another way' }).click();
    await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  });
});

describe('a forgotten password', () => {
  afterEach(closePages);
  afterAll(closeBrowser);

  it('is set anew by a link that works once, and ends every session', async () => {
    const desk = await newDesk();
    const elsewhere = await openPage();
    await signIn(elsewhere, desk);
    const page = await openPage();
    await page.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    await page.getByLabel('E-mail').fill(desk.email);
    await picture(page, 'forgot-password');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('status').getByText(desk.email).waitFor();
    await picture(page, 'forgot-password-sent');

    const { path } = await mailTo(desk.email, 'password_reset');
    await page.goto(path);
    await page.getByLabel('New password').fill('tiny');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('At least 8 characters, please.').waitFor();
    const password = 'an even longer one than before';
    await page.getByLabel('New password').fill(password);
    await picture(page, 'password-reset');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { name: 'Your password is changed' }).waitFor();
    await elsewhere.reload();
    await elsewhere.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();

    await page.goto(path);
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await picture(page, 'link-gone');
    await signIn(page, { email: desk.email, password });
  });

  it('is answered in the same words for an address that nobody has', async () => {
    const page = await openPage();
    await page.goto('/forgot-password');
    await page.getByLabel('E-mail').fill('nobody-at-all@desk.example');
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('If nobody-at-all@desk.example has an account').waitFor();
  });
});
