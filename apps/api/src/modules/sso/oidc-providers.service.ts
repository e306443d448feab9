import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import * as oidc from 'openid-client';
import { AppConfig } from '#core/config/config.module.js';
import { isAddress } from '#core/context/mail-address.js';
import { SystemDb } from '#core/database/system-db.js';
import { GuardedFetch } from '#core/network/guarded-fetch.js';
import { ProviderUnavailable, SsoRefused } from './sso.exceptions.js';
import { redirectUri } from './sso-connections.view.js';

/** Milliseconds that a provider's own description of itself is believed. */
const KNOWN_FOR = 10 * 60_000;
/** Seconds that a provider has for an answer. */
const PATIENCE = 5;
const SCOPE = 'openid email profile';

/** A connection as a sign-in needs it. */
export interface SignInConnection {
  organizationId: string;
  id: string;
  issuer: string;
  clientId: string;
  role: string;
  roleId: string | null;
  enabled: boolean;
  updatedAt: Date;
}

/** What a sign-in keeps while it is at the provider. */
export interface FlowSecrets {
  state: string;
  nonce: string;
  verifier: string;
}

/** What a provider says of a person, checked. */
export interface ProviderClaims {
  subject: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
  /** How the person showed who they are (RFC 8176), as the provider says. */
  methods: string[];
}

/**
 * Organizations' OpenID providers: authorization code with PKCE, state and nonce (OpenID Connect Core; RFC 9700). All that
 * is fetched goes through {@link GuardedFetch}, since tenants say where.
 */
@Injectable()
export class OidcProviders {
  readonly #known = new LRUCache<string, Promise<oidc.Configuration>>({
    max: 500,
    ttl: KNOWN_FOR,
  });

  constructor(
    private readonly system: SystemDb,
    private readonly guarded: GuardedFetch,
    private readonly config: AppConfig,
  ) {}

  /** Where the browser goes to sign in. Throws {@link ProviderUnavailable}. */
  async authorizationUrl(
    connection: SignInConnection,
    flow: FlowSecrets,
    email: string,
  ): Promise<string> {
    const configuration = await this.#configuration(connection);
    return addressAt(configuration, {
      redirect_uri: redirectUri(this.config.settings.publicUrl, connection.id),
      scope: SCOPE,
      response_type: 'code',
      code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: 'S256',
      state: flow.state,
      nonce: flow.nonce,
      login_hint: email,
    });
  }

  /**
   * What the provider's answer says of the person. `query` is what came back in the URL. Checks state, issuer (RFC 9207),
   * PKCE, and the ID token: signature, issuer, audience, nonce, times. Throws {@link ProviderUnavailable},
   * {@link SsoRefused}.
   */
  async claims(
    connection: SignInConnection,
    flow: FlowSecrets,
    query: string,
  ): Promise<ProviderClaims> {
    const configuration = await this.#configuration(connection);
    const base = redirectUri(this.config.settings.publicUrl, connection.id);
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${base}?${query}`), {
        pkceCodeVerifier: flow.verifier,
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        idTokenExpected: true,
      });
      const token = tokens.claims();
      if (!token) throw new SsoRefused('sso.invalid_response', { reason: 'no ID token' });
      // Many providers put the address into the user info alone; its subject is checked against the token's.
      const more =
        token.email === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
          ? await oidc.fetchUserInfo(configuration, tokens.access_token, token.sub)
          : {};
      return readClaims({ ...more, ...token });
    } catch (error) {
      throw toRefusal(error);
    }
  }

  #configuration(connection: SignInConnection): Promise<oidc.Configuration> {
    const key = `${connection.id}:${connection.updatedAt.getTime()}`;
    const known = this.#known.get(key);
    if (known) return known;
    const found = this.#discover(connection);
    this.#known.set(key, found);
    // A provider that was away for a moment is asked again.
    found.catch(() => this.#known.delete(key));
    return found;
  }

  async #discover(connection: SignInConnection): Promise<oidc.Configuration> {
    const { organizationId, id, issuer, clientId } = connection;
    const { clientSecret } = await this.system.client.ssoConnection.findFirstOrThrow({
      where: { organizationId, id },
      select: { clientSecret: true },
    });
    const secret = this.config.settings.secrets
      .unseal('sealed:sso-client', id, clientSecret)
      .toString();
    const execute = [oidc.enableNonRepudiationChecks];
    // The guard lets http through to where the operator allowed it, and nowhere else.
    if (issuer.startsWith('http:')) execute.push(oidc.allowInsecureRequests);
    try {
      return await oidc.discovery(new URL(issuer), clientId, {}, clientAuthentication(secret), {
        execute,
        timeout: PATIENCE,
        [oidc.customFetch]: (url, { method, headers, body, signal }) =>
          this.guarded.fetch(url, {
            ...{ method, headers },
            body: body as string | URLSearchParams | null,
            ...(signal ? { signal } : {}),
          }),
      });
    } catch (error) {
      throw new ProviderUnavailable({ reason: reasonOf(error), connectionId: id });
    }
  }
}

/**
 * The provider's page with these parameters. The dashboard goes there, so it is a page: a `javascript:` of a provider
 * would run as ours. Throws {@link ProviderUnavailable} for a provider that has none.
 */
function addressAt(configuration: oidc.Configuration, parameters: Record<string, string>): string {
  try {
    const url = oidc.buildAuthorizationUrl(configuration, parameters);
    if (url.protocol === 'https:' || url.protocol === 'http:') return url.href;
  } catch (error) {
    throw new ProviderUnavailable({ reason: reasonOf(error) });
  }
  throw new ProviderUnavailable({ reason: 'its authorization endpoint is no page' });
}

/** In the header, the default of OpenID Connect Core, 9, unless the provider takes it in the body alone. */
function clientAuthentication(secret: string): oidc.ClientAuth {
  const basic = oidc.ClientSecretBasic(secret);
  const post = oidc.ClientSecretPost(secret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

function readClaims(claims: Record<string, unknown>): ProviderClaims {
  const { sub, email, name, amr } = claims;
  return {
    subject: String(sub),
    email: isAddress(email) ? email : null,
    // Entra ID says by `xms_edov` whether the owner of the address' domain vouched for it.
    emailVerified: claims.email_verified === true || [true, 1, '1'].includes(claims.xms_edov as 1),
    name: typeof name === 'string' ? toName(name) : null,
    methods: Array.isArray(amr) ? amr.filter((method) => typeof method === 'string') : [],
  };
}

/** One line that the database can keep and a mail can carry; null when nothing is left. */
function toName(text: string): string | null {
  const line = text
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, 200)
    .toWellFormed();
  return line === '' ? null : line;
}

function toRefusal(error: unknown): SsoRefused | ProviderUnavailable {
  if (error instanceof SsoRefused) return error;
  const reason = reasonOf(error);
  if (error instanceof oidc.AuthorizationResponseError)
    return new SsoRefused('sso.refused', { reason });
  const code = (error as { code?: unknown }).code;
  const isAway =
    error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
  if (isAway && code === undefined) return new ProviderUnavailable({ reason });
  return new SsoRefused('sso.invalid_response', { reason });
}

/** For the log: the library's sentence and that of what it was caused by. Neither holds a token. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, cause } = error as Error & { code?: string };
  const inner = cause instanceof Error ? `: ${cause.message}` : '';
  return `${code ?? error.name}: ${error.message}${inner}`.slice(0, 300);
}
