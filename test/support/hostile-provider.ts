import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';

/** How an answer of the provider differs from a right one. */
export interface Lie {
  /** Claims beside the right ones; undefined takes one away. */
  claims?: Record<string, unknown>;
  /** What the redirect says beside `code`, `state` and `iss`; null leaves one away. */
  redirect?: Record<string, string | null>;
  /** Signs with a key that it does not publish. */
  otherKey?: boolean;
  algorithm?: 'RS256' | 'none' | 'HS256';
  noToken?: boolean;
}

interface Asked {
  clientId: string;
  nonce: string;
  challenge: string;
  lie: Lie;
}

/** An OpenID provider that says what a test wants it to, on the loopback. */
export class HostileProvider {
  /** Requests for tokens, as they came. */
  readonly tokenRequests: URLSearchParams[] = [];
  /** What the document of discovery says beside the right things. */
  metadata: Record<string, unknown> = {};
  readonly #codes = new Map<string, Asked>();
  readonly #key = newKey();
  readonly #other = newKey();

  private constructor(
    private readonly server: Server,
    readonly issuer: string,
  ) {}

  static async start(): Promise<HostileProvider> {
    const server = createServer((request, response) => void own.#answer(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const own: HostileProvider = new HostileProvider(server, `http://127.0.0.1:${port}`);
    return own;
  }

  register(): void {
    // Takes any client: it is not on anybody's side.
  }

  /** Sends the person that `url` brings back at once, with `claims` and whatever is wrong with them. */
  signIn(url: string, claims: Record<string, unknown>, lie: Lie = {}): URL {
    const asked = new URL(url).searchParams;
    const code = randomUUID();
    const sent: Lie = { ...lie, claims: { ...claims, ...lie.claims } };
    this.#codes.set(code, {
      clientId: asked.get('client_id')!,
      nonce: asked.get('nonce')!,
      challenge: asked.get('code_challenge')!,
      lie: sent,
    });
    const back = new URL(asked.get('redirect_uri')!);
    const said = { code, state: asked.get('state'), iss: this.issuer, ...lie.redirect };
    for (const [name, value] of Object.entries(said))
      if (value !== null) back.searchParams.set(name, value);
    return back;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((done) => this.server.close(() => done()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (body: object): void => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    };
    if (request.url === '/.well-known/openid-configuration') return send(this.#discovery());
    if (request.url === '/jwks') return send({ keys: [publicJwk(this.#key)] });
    if (request.url !== '/token') return void response.writeHead(404).end();
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const form = new URLSearchParams(body);
    this.tokenRequests.push(form);
    const asked = this.#codes.get(form.get('code') ?? '');
    if (!asked) return void response.writeHead(400).end('{"error":"invalid_grant"}');
    const idToken = asked.lie.noToken ? {} : { id_token: this.#idToken(asked) };
    send({ access_token: randomUUID(), token_type: 'Bearer', expires_in: 60, ...idToken });
  }

  #discovery(): object {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      authorization_response_iss_parameter_supported: true,
      ...this.metadata,
    };
  }

  #idToken({ clientId, nonce, lie }: Asked): string {
    const now = Math.floor(Date.now() / 1000);
    const right = { iss: this.issuer, aud: clientId, nonce, iat: now, exp: now + 60 };
    const claims = Object.fromEntries(
      Object.entries({ ...right, ...lie.claims }).filter(([, value]) => value !== undefined),
    );
    const { algorithm = 'RS256' } = lie;
    if (algorithm === 'none') return jwt.sign(claims, '', { algorithm });
    if (algorithm === 'HS256') return jwt.sign(claims, 'x'.repeat(32), { algorithm, keyid: 'key' });
    return jwt.sign(claims, lie.otherKey ? this.#other : this.#key, { algorithm, keyid: 'key' });
  }
}

function newKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}

function publicJwk(key: KeyObject): object {
  const { kty, n, e } = key.export({ format: 'jwk' });
  return { kty, n, e, kid: 'key', alg: 'RS256', use: 'sig' };
}
