import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { Browser } from './browser.js';

/** What a provider knows of one of its people. */
export interface ProviderAccount {
  email?: string;
  email_verified?: boolean;
  name?: string;
}

interface ProviderClient {
  client_id: string;
  client_secret: string;
  redirect_uris: string[];
  response_types: ['code'];
  grant_types: ['authorization_code'];
}

/** A real OpenID provider (npm oidc-provider) on the loopback, with its own sign-in and consent pages. */
export class OpenIdProvider {
  readonly accounts = new Map<string, ProviderAccount>();
  readonly #clients: ProviderClient[] = [];
  #handle: RequestListener = (_, response) => response.writeHead(503).end();

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(): Promise<OpenIdProvider> {
    const server = createServer((request, response) => own.#handle(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const own: OpenIdProvider = new OpenIdProvider(server, `http://127.0.0.1:${port}`);
    own.#rebuild();
    return own;
  }

  /** Makes a client known. */
  register(clientId: string, clientSecret: string, redirectUri: string): void {
    this.#clients.push({
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    });
    this.#rebuild();
  }

  /**
   * What a person does at the provider: signs in as `subject`, agrees, and is sent back. Gives where to, without going
   * there.
   */
  async signIn(url: string, subject: string, browser = new Browser()): Promise<URL> {
    let answer = await browser.go(url, this.issuer);
    for (let step = 0; step < 10; step += 1) {
      if (answer.leaves) return answer.leaves;
      const action = /<form[^>]* action="([^"]+)"/.exec(answer.text)?.[1];
      const prompt = /name="prompt" value="(\w+)"/.exec(answer.text)?.[1];
      if (!action || !prompt) throw new Error(`no form of the provider: ${answer.text}`);
      const form = new URLSearchParams({ prompt, login: subject, password: 'any' });
      answer = await browser.go(action, this.issuer, form);
    }
    throw new Error('the provider never sent the person back');
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((done) => this.server.close(() => done()));
  }

  #rebuild(): void {
    const find = (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...this.accounts.get(id) }),
    });
    const provider = quietly(
      () =>
        new Provider(this.issuer, {
          clients: this.#clients,
          findAccount: find,
          claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
          cookies: { keys: ['the tests of manydesk'] },
          ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 60, IdToken: 60 },
        }),
    );
    this.#handle = provider.callback();
  }
}

/** It warns of what makes it fit for a test: keys and pages of its own. */
function quietly<T>(make: () => T): T {
  const { warn } = console;
  Object.assign(console, { warn: () => undefined });
  try {
    return make();
  } finally {
    Object.assign(console, { warn });
  }
}
