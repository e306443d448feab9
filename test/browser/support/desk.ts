import { randomInt, randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { address } from './chromium.js';
import { eventually } from './eventually.js';
import { mailTo, tokenOf } from './mails.js';

export const demoPassword = 'manydesk-demo';

/** An organization of its own for a test, and its owner acting through the API. */
export interface Desk {
  organizationId: string;
  name: string;
  email: string;
  password: string;
  userId: string;
  api: Api;
}

/** Calls the API as somebody, a string as a raw mail; throws with the answer when it refuses. */
export type Api = <T = Record<string, unknown>>(
  method: string,
  route: string,
  body?: unknown,
) => Promise<T>;

function apiAs(credential: string): Api {
  return async <T>(method: string, route: string, body?: unknown) => {
    const answer = await fetch(`${address}/api/v1${route}`, {
      method,
      headers: {
        authorization: `Bearer ${credential}`,
        ...(body === undefined
          ? {}
          : { 'content-type': typeof body === 'string' ? 'message/rfc822' : 'application/json' }),
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${route} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as T;
  };
}

/** A client's address, out of the block for tests (RFC 2544). */
function somewhere(): string {
  return `198.18.${randomInt(256)}.${randomInt(256)}`;
}

/** Asks the API as nobody; throws with the answer when it refuses. */
async function ask<T>(route: string, body: object): Promise<T> {
  const answer = await fetch(`${address}/api/v1${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': somewhere() },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`POST ${route} answered ${answer.status}: ${text}`);
  return JSON.parse(text) as T;
}

interface SignedIn {
  data: { accessToken: string; user: { id: string }; organization: { id: string } };
}

/** Registers a fresh organization through the API, by the mail that a person would read. */
export async function newDesk(): Promise<Desk> {
  const mark = randomUUID().slice(0, 8);
  const name = `Desk ${mark}`;
  const email = `owner-${mark}@desk.example`;
  const password = `a long password ${mark}`;
  await ask('/auth/registrations', { organizationName: name, name: 'Olive Owner', email });
  const token = tokenOf(await mailTo(email, 'registration'));
  const { data } = await ask<SignedIn>(`/auth/registrations/${token}/completion`, { password });
  return {
    organizationId: data.organization.id,
    ...{ name, email, password },
    userId: data.user.id,
    api: apiAs(data.accessToken),
  };
}

/** Somebody who has joined a desk. */
export interface Colleague {
  name: string;
  email: string;
  password: string;
  userId: string;
  api: Api;
  /** Their access token. */
  token: string;
}

/** Invites somebody to the desk and lets them join, through the API. */
export async function newColleague(desk: Desk, role: string, name: string): Promise<Colleague> {
  const mark = randomUUID().slice(0, 8);
  const email = `colleague-${mark}@desk.example`;
  const password = `another long one ${mark}`;
  await desk.api('POST', '/invitations', { email, role });
  const token = tokenOf(await mailTo(email, 'invitation'));
  const { data } = await ask<SignedIn>(`/auth/invitations/${token}/acceptance`, { name, password });
  const { accessToken } = data;
  return {
    ...{ name, email, password },
    userId: data.user.id,
    api: apiAs(accessToken),
    token: accessToken,
  };
}

export interface NewTicket {
  subject: string;
  body?: string;
  requester?: { email: string; name?: string };
  priority?: string;
  tags?: string[];
  assigneeId?: string;
}

/** Creates a ticket through the API. */
export async function newTicket(desk: Desk, ticket: NewTicket) {
  const { data } = await desk.api<{ data: { id: string; number: number } }>('POST', '/tickets', {
    body: 'Hello, could you help me?',
    requester: { email: 'rita@customer.example', name: 'Rita Requester' },
    ...ticket,
  });
  return data;
}

/** Signs in as a person does, and waits for the queue. */
export async function signIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await fillSignIn(page, who);
  await atQueue(page);
}

/** Types e-mail and password and sends them; what comes next is up to the desk. */
export async function fillSignIn(
  page: Page,
  who: { email: string; password: string },
): Promise<void> {
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password').fill(who.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Waits for the queue, where everybody who has come in begins. */
export async function atQueue(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'All open', level: 1 }).waitFor();
}

/** Signs out by the person's menu. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
}

/** Waits for a notice in the corner; assistive technology gets the same words, so they are there twice. */
export async function told(page: Page, words: string): Promise<void> {
  await page.getByText(words).first().waitFor();
}

/** The row of a ticket in the queue. */
export function row(page: Page, subject: string) {
  return page.getByRole('list', { name: 'Tickets' }).getByRole('link', { name: subject });
}

/** Waits until the queue has settled on `subjects`, in this order. */
export async function queueShows(page: Page, subjects: string[]): Promise<void> {
  const rows = page.getByRole('list', { name: 'Tickets' }).getByRole('link');
  let seen: string[] = [];
  const isShown = async (): Promise<boolean> => {
    const texts = await rows.allInnerTexts();
    seen = texts.map((text) => subjects.find((subject) => text.includes(subject)) ?? text);
    return JSON.stringify(seen) === JSON.stringify(subjects);
  };
  await eventually(`the queue shows ${subjects.join(', ')}`, isShown, () => seen);
}
