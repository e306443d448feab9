import { TOTP, URI } from 'otpauth';
import type { Page } from 'playwright-core';
import { findings } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { atQueue, fillSignIn, newColleague, newDesk, signIn, signOut } from './support/desk.js';

/** An authenticator app that knows the secret; no code of it is shown twice. */
function authenticator(secret: string): () => string {
  const app = URI.parse(`otpauth://totp/Manydesk:test?secret=${secret}&issuer=Manydesk`) as TOTP;
  let ahead = 0;
  // A code works once: the next one is taken a step early, which the window allows.
  return () => app.generate({ timestamp: Date.now() + 30_000 * ahead++ });
}

/** Gives the browser a built-in authenticator that says yes to everything. */
async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function openFactors(page: Page): Promise<void> {
  await page.goto('/settings/sign-in');
  await page.getByRole('heading', { name: 'Sign-in and factors', level: 1 }).waitFor();
}

describe('a second factor', () => {
  afterEach(closePages);
  afterAll(closeBrowser);

  it('is set up, asked for, replaced by a recovery code, remembered and turned off', async () => {
    const desk = await newDesk();
    const page = await openPage();
    await signIn(page, desk);
    await openFactors(page);
    await page.getByRole('button', { name: 'Set up' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set up an authenticator app' });
    await dialog.getByLabel('Current password').fill('not the password');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByText('This password is wrong.').waitFor();
    await dialog.getByLabel('Current password').fill(desk.password);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    await picture(page, 'factors-setup');
    expect(await findings(page)).toEqual([]);
    const code = authenticator(
      await dialog.getByRole('textbox', { name: 'Or type this secret' }).inputValue(),
    );
    await dialog.getByLabel('Code from the app').fill(code());
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    const codes = page.getByRole('list', { name: 'Recovery codes' });
    await codes.waitFor();
    await picture(page, 'factors-codes');
    const [recoveryCode] = await codes.getByRole('listitem').allInnerTexts();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('manydesk-recovery-codes.txt');
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('On. A code is asked for at each sign-in.').waitFor();
    await picture(page, 'factors-on');

    await signOut(page);
    await fillSignIn(page, desk);
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await picture(page, 'second-factor');
    expect(await findings(page)).toEqual([]);
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('This code is wrong or was used before.').waitFor();
    await page.getByLabel('Code', { exact: true }).fill(code());
    await page.getByRole('button', { name: 'Continue' }).click();
    await atQueue(page);

    await signOut(page);
    await fillSignIn(page, desk);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(recoveryCode!);
    await page.getByLabel('Do not ask again on this device').check();
    await picture(page, 'second-factor-recovery');
    await page.getByRole('button', { name: 'Continue' }).click();
    await atQueue(page);
    await signOut(page);
    await signIn(page, desk);

    await openFactors(page);
    await page.getByText('9 are left.').waitFor();
    const devices = page.getByRole('list', { name: 'Remembered devices' });
    await devices.getByText(/Chrome/).waitFor();
    await devices.getByRole('button', { name: /^Forget/ }).click();
    await page.getByText('No device is remembered.').waitFor();
    await page.getByRole('button', { name: 'Turn off' }).click();
    const off = page.getByRole('dialog', { name: 'Turn off the authenticator app?' });
    await off.getByLabel('Current password').fill(desk.password);
    await off.getByRole('button', { name: 'Turn off' }).click();
    await page.getByRole('button', { name: 'Set up' }).waitFor();
  });

  it('is a passkey: made, named anew, enough by itself to sign in, removed', async () => {
    const desk = await newDesk();
    const page = await openPage();
    await addAuthenticator(page);
    await signIn(page, desk);
    await openFactors(page);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
    await dialog.getByLabel('Name of the passkey').fill('Work laptop');
    await dialog.getByLabel('Current password').fill(desk.password);
    await picture(page, 'passkey-add');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    const passkeys = page.getByRole('list', { name: 'Passkeys' });
    await passkeys.getByText('Work laptop').waitFor();
    await passkeys.getByRole('button', { name: 'Rename “Work laptop”' }).click();
    await page.getByLabel('Name of the passkey').fill('Home laptop');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await passkeys.getByText('Home laptop').waitFor();
    await picture(page, 'passkeys');
    // The focus is back on a button, whose name floats over the page.
    await page.keyboard.press('Escape');
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    expect(await findings(page)).toEqual([]);

    await signOut(page);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await atQueue(page);
    await signOut(page);
    await fillSignIn(page, desk);
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await atQueue(page);

    await openFactors(page);
    await page.getByRole('button', { name: 'Remove “Home laptop”' }).click();
    const removal = page.getByRole('dialog', { name: 'Remove “Home laptop”?' });
    await removal.getByRole('button', { name: 'Use a passkey' }).click();
    await passkeys.waitFor({ state: 'detached' });
  });

  it('can be required: who has none sets one up on the way in', async () => {
    const desk = await newDesk();
    const colleague = await newColleague(desk, 'agent', 'Ann Agent');
    await desk.api('PATCH', '/organization/security', { secondFactorRequired: true });
    const page = await openPage();
    await page.goto('/sign-in');
    await fillSignIn(page, colleague);
    await page.getByRole('heading', { name: 'Protect your account' }).waitFor();
    await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
    await picture(page, 'enrolment');
    expect(await findings(page)).toEqual([]);
    const code = authenticator(
      await page.getByRole('textbox', { name: 'Or type this secret' }).inputValue(),
    );
    await page.getByLabel('Code from the app').fill(code());
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
    await picture(page, 'enrolment-codes');
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await atQueue(page);
  });
  it('can be a passkey on the way in, where one is required', async () => {
    const desk = await newDesk();
    const colleague = await newColleague(desk, 'agent', 'Pia Passkey');
    await desk.api('PATCH', '/organization/security', { secondFactorRequired: true });
    const page = await openPage();
    await addAuthenticator(page);
    await page.goto('/sign-in');
    await fillSignIn(page, colleague);
    await page.getByRole('button', { name: 'Use a passkey instead' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await atQueue(page);
  });
});
