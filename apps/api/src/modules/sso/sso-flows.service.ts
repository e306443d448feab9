import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { Clock } from '#core/context/clock.js';
import { currentContext } from '#core/context/context.js';
import { isId, newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { clientNetwork as toNetwork } from '#modules/auth/provider-sessions.service.js';
import type { FlowSecrets } from './oidc-providers.service.js';
import { TooManyFlows } from './sso.exceptions.js';

/** Milliseconds that somebody may spend at their provider. */
export const FLOW_LIFE = 10 * 60_000;
const SECRET_BYTES = 32;
const SWEEP_EVERY = 10 * 60_000;
/** Sign-ins that one client may have at providers at once: an office behind one address on a Monday morning. */
const MOST_OF_ONE_CLIENT = 300;

/** A sign-in that came back from its provider. */
export interface TakenFlow extends FlowSecrets {
  organizationId: string;
  connectionId: string;
  returnTo: string;
}

/**
 * Sign-ins that are at a provider. Each belongs to the browser that began it: what is stored is a hash of the state
 * together with a secret that only that browser's cookie holds, so an answer that was fetched elsewhere and slipped
 * to somebody signs nobody in. Good once, and for ten minutes.
 */
@Injectable()
@Sweeps({ name: 'sso.flows', every: SWEEP_EVERY })
export class SsoFlows implements Sweep {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
  ) {}

  /** Begins one. `binding` is for the browser's cookie. Throws {@link TooManyFlows}. */
  async begin(
    organizationId: string,
    connectionId: string,
    returnTo: string,
  ): Promise<FlowSecrets & { binding: string }> {
    const id = newId();
    const binding = randomBytes(SECRET_BYTES).toString('base64url');
    const state = `${id}.${randomBytes(SECRET_BYTES).toString('base64url')}`;
    const nonce = oidc.randomNonce();
    const verifier = oidc.randomPKCECodeVerifier();
    const now = this.clock.now();
    const clientNetwork = toNetwork(currentContext()?.origin?.address);
    await this.#requireRoom(clientNetwork, now);
    await this.system.client.ssoFlow.create({
      data: {
        ...{ id, organizationId, connectionId, nonce, verifier, returnTo, clientNetwork },
        stateHash: stateHash(state, binding),
        createdAt: now,
        expiresAt: new Date(now.getTime() + FLOW_LIFE),
      },
      select: { id: true },
    });
    return { state, nonce, verifier, binding };
  }

  /** Uses one up. Null for one that is unknown, used, too old, of another connection, or of another browser. */
  async take(connectionId: string, state: string, binding: string): Promise<TakenFlow | null> {
    const id = state.split('.')[0];
    if (!isId(id)) return null;
    const where = { id, connectionId, stateHash: stateHash(state, binding) };
    const row = await this.system.client.ssoFlow.findFirst({
      where: { ...where, expiresAt: { gt: this.clock.now() } },
      select: { organizationId: true, nonce: true, verifier: true, returnTo: true },
    });
    // Two answers at once: one finds it gone.
    const { count } = await this.system.client.ssoFlow.deleteMany({ where });
    return row && count === 1 ? { ...row, connectionId, state } : null;
  }

  async #requireRoom(clientNetwork: string, now: Date): Promise<void> {
    const begun = await this.system.client.ssoFlow.count({
      where: { clientNetwork, expiresAt: { gt: now } },
      take: MOST_OF_ONE_CLIENT,
    });
    if (begun === MOST_OF_ONE_CLIENT) throw new TooManyFlows(FLOW_LIFE / 1000);
  }

  /** Forgets those that nobody came back from. */
  async sweep(): Promise<boolean> {
    await this.system.client.ssoFlow.deleteMany({
      where: { expiresAt: { lte: this.clock.now() } },
    });
    return false;
  }
}

function stateHash(state: string, binding: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(`${state}|${binding}`).digest() as Buffer<ArrayBuffer>;
}
