import type { startAuthentication, startRegistration } from '@simplewebauthn/browser';

type Request = Parameters<typeof startAuthentication>[0]['optionsJSON'];
type Creation = Parameters<typeof startRegistration>[0]['optionsJSON'];

/** Whether this browser can hold passkeys at all. */
export const passkeysExist = 'PublicKeyCredential' in window;

const library = () => import('@simplewebauthn/browser');

/** What the browser answers, as WebAuthn writes it in JSON; only the server reads it. */
export type Credential = Record<string, unknown>;

/** Asks the browser to show a passkey; rejects when the person does not want to. */
export async function showPasskey(options: unknown): Promise<Credential> {
  const shown = await (await library()).startAuthentication({ optionsJSON: options as Request });
  return { ...shown };
}

/** Asks the browser to make a passkey; rejects when the person does not want to. */
export async function makePasskey(options: unknown): Promise<Credential> {
  const made = await (await library()).startRegistration({ optionsJSON: options as Creation });
  return { ...made };
}
