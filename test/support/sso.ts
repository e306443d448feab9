import { randomUUID } from 'node:crypto';
import { DnsSilent, DnsTxt } from '#core/network/dns-txt.js';
import type { RunningApp } from './app.js';
import { expectStatus, type Answer } from './as.js';
import type { GivenOrganization } from './given.js';

/** Where the provider of the tests may be. */
export const LOOPBACK_ALLOWED = { ALLOWED_PRIVATE_NETWORKS: '127.0.0.0/8' };

/** The DNS in a test's hands. */
export class FixedDns {
  readonly records = new Map<string, string[]>();
  isSilent = false;

  constructor(running: RunningApp) {
    Object.defineProperty(running.get(DnsTxt), 'lookup', {
      value: async (name: string) => {
        if (this.isSilent) throw new DnsSilent('no answer');
        return this.records.get(name) ?? [];
      },
    });
  }

  /** Puts a record where the API says that it goes. */
  publish({ txtName, txtValue }: { txtName: string; txtValue: string }): void {
    this.records.set(txtName, [...(this.records.get(txtName) ?? []), txtValue]);
  }
}

/** A domain that no other test has. */
export function newDomain(): string {
  return `${randomUUID()}.example`;
}

/** A connection of an organization, and one domain of it that is verified. */
export interface GivenConnection {
  id: string;
  redirectUri: string;
  clientId: string;
  domainId: string;
  domain: string;
}

/** Connects `organization` to the provider at `issuer` and verifies a domain for it, as an administrator does. */
export async function givenConnection(
  { owner }: GivenOrganization,
  dns: FixedDns,
  provider: { issuer: string; register(id: string, secret: string, redirectUri: string): void },
  more: { role?: string; domain?: string } = {},
): Promise<GivenConnection> {
  const { domain = newDomain(), ...fields } = more;
  const clientId = `desk-${randomUUID()}`;
  const clientSecret = randomUUID();
  const connection = expectStatus(
    await owner.post('/sso/connections', {
      ...{ name: 'Acme login', issuer: provider.issuer, clientId, clientSecret },
      ...fields,
    }),
    201,
  ).body.data;
  provider.register(clientId, clientSecret, connection.redirectUri);
  const added = expectStatus(
    await owner.post('/sso/domains', { domain, connectionId: connection.id }),
    201,
  ).body.data;
  dns.publish(added);
  expectStatus(await owner.post(`/sso/domains/${added.id}/verification`), 200);
  const { id, redirectUri } = connection;
  return { id, redirectUri, clientId, domain, domainId: added.id };
}

/** What the desk answered to the beginning of a sign-in: where to go, and its cookie. */
export async function startSso(
  running: RunningApp,
  email: string,
  returnTo?: string,
): Promise<{ url: string; cookie: string }> {
  const body = { email, ...(returnTo === undefined ? {} : { returnTo }) };
  const answer = expectStatus(await running.as(null).post('/auth/sso', body), 200);
  return { url: answer.body.data.url, cookie: answer.cookies[0]!.split(';')[0]! };
}

/** Brings the answer of a provider back to the desk. */
export function finishSso(running: RunningApp, back: URL, cookie: string): Promise<Answer> {
  return running.as(null).get(`${back.pathname}${back.search}`, { headers: { cookie } });
}

/** The error that a redirect to the sign-in page names; null for one that goes elsewhere. */
export function errorOf({ status, headers }: Answer): string | null {
  const { pathname, searchParams } = new URL(headers.location ?? '', 'http://desk.example');
  return status === 302 && pathname === '/sign-in' ? searchParams.get('error') : null;
}

/** The access token of a browser that a sign-in sent to the dashboard: by its refresh cookie, as the dashboard does. */
export async function tokenOf(running: RunningApp, answer: Answer): Promise<string> {
  const cookie = answer.cookies.find((line) => line.startsWith('manydesk_refresh='));
  if (cookie === undefined) throw new Error(`no session: ${answer.headers.location}`);
  const refreshed = await running.as(null).post('/auth/sessions/refresh', undefined, {
    headers: { cookie: cookie.split(';')[0]!, 'x-manydesk-csrf': '1' },
  });
  return expectStatus(refreshed, 200).body.data.accessToken;
}
