import { answer, api } from '../../api/client.js';
import { ApiError } from '../../api/error.js';
import { accept } from '../../api/session.js';
import type { Language } from '../../messages/catalog.js';
import type { Credential } from './passkeys.js';

export type SecondFactor = 'totp' | 'recovery_code' | 'passkey';

/** A sign-in that is half-way: the password was right, and something more is asked for. */
export type NextStep =
  | { step: 'second'; challenge: string; methods: SecondFactor[] }
  | { step: 'enrol'; challenge: string }
  | { step: 'sso'; required: boolean };

/** What a refused sign-in asks for; null, when it is refused for good. */
export function nextStep(error: unknown): NextStep | null {
  if (!(error instanceof ApiError)) return null;
  const challenge = error.info.challenge as string;
  if (error.code === 'auth.second_factor_required') {
    return { step: 'second', challenge, methods: error.info.methods as SecondFactor[] };
  }
  if (error.code === 'auth.second_factor_setup_required') return { step: 'enrol', challenge };
  return error.code === 'auth.sso_required' ? { step: 'sso', required: true } : null;
}

interface Credentials {
  email: string;
  password: string;
}

/** Signs in; throws an `ApiError` when refused, or when something more is asked for (`nextStep`). */
export async function signIn(body: Credentials): Promise<void> {
  accept((await answer(api.POST('/api/v1/auth/sessions', { body }))).data);
}

export interface SecondProof {
  challenge: string;
  code?: string;
  recoveryCode?: string;
  passkey?: Credential;
  rememberDevice?: boolean;
}

/** Shows the second factor to a sign-in that asked for it. */
export async function proveSecondFactor(body: SecondProof): Promise<void> {
  accept((await answer(api.POST('/api/v1/auth/sessions/second-factor', { body }))).data);
}

/** What the browser is asked to show: a passkey of whoever has one, or the one for a challenge. */
export async function passkeyOptions(challenge?: string) {
  const body = challenge ? { challenge } : {};
  return (await answer(api.POST('/api/v1/auth/passkeys/options', { body }))).data.options;
}

/** Signs in with a passkey alone, which counts as two factors. */
export async function signInWithPasskey(response: Credential): Promise<void> {
  accept((await answer(api.POST('/api/v1/auth/sessions/passkey', { body: { response } }))).data);
}

/** Where the organization of an address signs in; it leads back to the path `returnTo`. */
export async function ssoAddress(email: string, returnTo: string): Promise<string> {
  return (await answer(api.POST('/api/v1/auth/sso', { body: { email, returnTo } }))).data.url;
}

/** Begins the setup that the organization asks for before it lets anybody in. */
export async function beginEnrolment(challenge: string) {
  return (await answer(api.POST('/api/v1/auth/factors/totp', { body: { challenge } }))).data;
}

/** Ends it: signs in once `enter` is called, after the recovery codes were seen. */
export async function confirmEnrolment(body: { challenge: string; code: string }) {
  const { data } = await answer(api.POST('/api/v1/auth/factors/totp/confirmation', { body }));
  return { recoveryCodes: data.recoveryCodes, enter: () => accept(data) };
}

/** The same with a passkey in place of the app: what the browser needs to make one. */
export async function passkeyEnrolment(challenge: string) {
  const call = api.POST('/api/v1/auth/factors/passkeys/options', { body: { challenge } });
  return (await answer(call)).data.options;
}

interface NewPasskey {
  challenge: string;
  name: string;
  response: Credential;
}

/** Ends the setup with a passkey; signs in once `enter` is called. */
export async function enrolPasskey(body: NewPasskey) {
  const { data } = await answer(api.POST('/api/v1/auth/factors/passkeys', { body }));
  return { recoveryCodes: data.recoveryCodes, enter: () => accept(data) };
}

interface Registration {
  organizationName: string;
  name: string;
  email: string;
  locale: Language;
}

/** Asks for a mail with which an organization can be opened; the answer is the same for everybody. */
export async function askToRegister(body: Registration): Promise<void> {
  await answer(api.POST('/api/v1/auth/registrations', { body }));
}

/** What was asked for, by the link in the mail. */
export async function readRegistration(token: string) {
  const params = { path: { token } };
  return (await answer(api.GET('/api/v1/auth/registrations/{token}', { params }))).data;
}

/** Opens the organization and signs its owner in. */
export async function completeRegistration(token: string, password: string): Promise<void> {
  const call = api.POST('/api/v1/auth/registrations/{token}/completion', {
    params: { path: { token } },
    body: { password },
  });
  accept((await answer(call)).data);
}

/** Asks for a mail with which a new password can be set; the answer is the same for everybody. */
export async function askForReset(email: string): Promise<void> {
  await answer(api.POST('/api/v1/auth/password-resets', { body: { email } }));
}

/** Whose password the link is for. */
export async function readReset(token: string) {
  const params = { path: { token } };
  return (await answer(api.GET('/api/v1/auth/password-resets/{token}', { params }))).data;
}

/** Sets a new password by the link; every session of the person ends. */
export async function completeReset(token: string, password: string): Promise<void> {
  await answer(
    api.POST('/api/v1/auth/password-resets/{token}/completion', {
      params: { path: { token } },
      body: { password },
    }),
  );
}

/** Makes the new address the person's own, by the link that went to it. */
export async function completeEmailChange(token: string): Promise<void> {
  const params = { path: { token } };
  await answer(api.POST('/api/v1/auth/email-changes/{token}/completion', { params }));
}

/** Who invites whom to what, by the link in the mail. */
export async function readInvitation(token: string) {
  const params = { path: { token } };
  return (await answer(api.GET('/api/v1/auth/invitations/{token}', { params }))).data;
}

/** Joins: with a new account, with the password of one, or as who is signed in already. */
export async function acceptInvitation(
  token: string,
  body: { name?: string; password?: string },
): Promise<void> {
  const params = { path: { token } };
  accept(
    (await answer(api.POST('/api/v1/auth/invitations/{token}/acceptance', { params, body }))).data,
  );
}
