import { Injectable } from '@nestjs/common';
import { currentContext } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { DomainError } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Log } from '#core/logging/log.js';
import { SignIn, type OpenedSession } from '#modules/auth/sign-in.service.js';
import { domainOf } from './domain-name.js';
import {
  OidcProviders,
  type ProviderClaims,
  type SignInConnection,
} from './oidc-providers.service.js';
import { safeReturnTo, signedInAt } from './return-to.js';
import { SsoFlows, type TakenFlow } from './sso-flows.service.js';
import { SsoPeople } from './sso-people.service.js';
import { SsoNotConfigured, SsoRefused } from './sso.exceptions.js';

/** Ways of showing who one is that count as two (RFC 8176, 2). */
const STRONG_METHODS = ['mfa', 'otp', 'hwk', 'sc'];

const connectionSelect = {
  organizationId: true,
  id: true,
  issuer: true,
  clientId: true,
  role: true,
  roleId: true,
  enabled: true,
  updatedAt: true,
} as const;

/** How a sign-in at a provider ended: where the browser goes, and the session if there is one. */
export interface SsoOutcome {
  path: string;
  opened: OpenedSession | null;
}

/** Sign-in at an organization's own provider, from an address to a session. */
@Injectable()
export class SsoSignIn {
  constructor(
    private readonly system: SystemDb,
    private readonly providers: OidcProviders,
    private readonly flows: SsoFlows,
    private readonly people: SsoPeople,
    private readonly signIn: SignIn,
    private readonly ledger: Ledger,
    private readonly log: Log,
  ) {}

  /**
   * Begins a sign-in for the organization that has verified the address' domain; whose the address is is not asked.
   * `binding` goes into the browser's cookie. Throws {@link SsoNotConfigured}, ProviderUnavailable.
   */
  async start(email: string, returnTo?: string): Promise<{ url: string; binding: string }> {
    const domain = domainOf(email);
    const connection = domain === null ? null : await this.#connectionOf(domain);
    if (!connection) throw new SsoNotConfigured();
    const { organizationId, id } = connection;
    const flow = await this.flows.begin(organizationId, id, safeReturnTo(returnTo));
    const url = await this.providers.authorizationUrl(connection, flow, email);
    return { url, binding: flow.binding };
  }

  /** Ends a sign-in: `query` is what the provider sent the browser back with. Never throws what is the caller's doing. */
  async finish(connectionId: string, query: string, binding: string | null): Promise<SsoOutcome> {
    const state = new URLSearchParams(query).get('state') ?? '';
    const flow = await this.flows.take(connectionId, state, binding ?? '');
    if (!flow) {
      this.log.warn('sso.flow_unknown');
      return refusedWith('sso.flow_expired');
    }
    try {
      return { path: signedInAt(flow.returnTo), opened: await this.#enter(flow, query) };
    } catch (error) {
      if (!(error instanceof DomainError)) this.log.error('sso.sign_in_broke', { error });
      const code = error instanceof DomainError ? error.code : 'sso.failed';
      await this.#recordFailure(flow, code, error instanceof DomainError ? error.internal : {});
      return refusedWith(code);
    }
  }

  async #enter(flow: TakenFlow, query: string): Promise<OpenedSession> {
    const { organizationId, connectionId: id } = flow;
    const connection = await this.system.client.ssoConnection.findFirst({
      where: { organizationId, id, enabled: true },
      select: connectionSelect,
    });
    if (!connection) throw new SsoRefused('sso.not_configured');
    const claims = await this.providers.claims(connection, flow, query);
    const place = await this.people.place(connection, claims);
    return this.signIn.open(place, await this.signIn.check(place, howOf(claims)));
  }

  async #connectionOf(domain: string): Promise<SignInConnection | null> {
    const row = await this.system.client.ssoDomain.findFirst({
      where: { domain, verifiedAt: { not: null }, connection: { enabled: true } },
      select: { connection: { select: connectionSelect } },
    });
    return row?.connection ?? null;
  }

  #recordFailure(
    { organizationId, connectionId }: TakenFlow,
    reason: string,
    internal: Record<string, unknown> = {},
  ): Promise<void> {
    const origin = currentContext()?.origin;
    this.log.warn('sso.sign_in_failed', { ...internal, reason, connectionId });
    return this.system.transactionIn(organizationId, async () =>
      this.ledger.record({
        type: 'sso.sign_in_failed',
        subject: { type: 'sso_connection', id: connectionId },
        data: { reason, address: origin?.address ?? null, userAgent: origin?.userAgent ?? null },
      }),
    );
  }
}

function howOf({ methods }: ProviderClaims) {
  const secondFactor = methods.some((method) => STRONG_METHODS.includes(method));
  return { method: 'sso' as const, secondFactor };
}

function refusedWith(code: string): SsoOutcome {
  return { path: `/sign-in?${new URLSearchParams({ error: code }).toString()}`, opened: null };
}
