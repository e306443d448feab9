import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { currentContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import type { Place } from '#modules/users/identities.service.js';
import { Throttled } from './auth.exceptions.js';
import { OF_ACCOUNT, OF_CLIENT, OF_REQUESTS, waitAfter } from './backoff.js';
import { clientNetwork } from './client-network.js';

/** Rows that can matter: past them every wait is its longest. */
const MOST_COUNTED = 64;
/** Rows of another process's clock may be this much ahead, in milliseconds. */
const CLOCK_SKEW = 60_000;

type Reader = Pick<SystemTransaction, 'signInAttempt'>;

interface Tried {
  at: Date;
  reason: string;
}

/**
 * Holds back who guesses. A try is written before it is looked at, under a lock of the account and one of the client,
 * so that fifty at once are no more than five that are looked at. It is written alike whether there is such an account.
 *
 * A device that has signed in to the account before is counted by itself: a stranger who keeps the account throttled
 * does not hold up the browser of its owner.
 */
@Injectable()
export class Throttle {
  readonly #secrets;

  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.#secrets = config.settings.secrets;
  }

  /** Notes a try to sign in to `account` and gives its id. Throws {@link Throttled}. Settle it with the two below. */
  begin(account: string, device: string | null): Promise<string> {
    const key = this.#secrets.tag('account-hash', `${account}|${device ?? ''}`);
    return this.#enter(
      key,
      { reason: 'pending', knownDevice: device !== null },
      async (tx, now) => {
        const network = clientNetwork(currentContext()?.origin?.address);
        const ofAccount = failuresIn(await this.#tries(tx, key, now, OF_ACCOUNT.window));
        const ofClient = await this.#failuresFrom(tx, network, now);
        return Math.max(
          waitAfter(OF_ACCOUNT, ofAccount.length, ofAccount[0]?.at ?? null, now),
          waitAfter(OF_CLIENT, ofClient.length, ofClient[0]?.at ?? null, now),
        );
      },
    );
  }

  /** The try was right: the account's count begins anew. The client's does not, or an own account would buy guesses. */
  async succeed(id: string): Promise<void> {
    await this.#settle(id, { reason: 'success', recordedAt: this.clock.now() });
  }

  /** The try was wrong. `place`: whose log is to be told. One update, whoever there is. */
  async fail(id: string, reason: string, place: Place | null): Promise<void> {
    await this.#settle(id, {
      reason,
      organizationId: place?.organizationId ?? null,
      membershipId: place?.membershipId ?? null,
      recordedAt: place === null ? this.clock.now() : null,
    });
  }

  /** Notes that the client asks for something that costs more than an answer. Throws {@link Throttled}. */
  async request(kind: string): Promise<void> {
    const network = clientNetwork(currentContext()?.origin?.address);
    const key = this.#secrets.tag('account-hash', `request|${kind}|${network}`);
    await this.#enter(key, { reason: 'request', knownDevice: false }, async (tx, now) => {
      const tries = await this.#tries(tx, key, now, OF_REQUESTS.window);
      return waitAfter(OF_REQUESTS, tries.length, tries[0]?.at ?? null, now);
    });
  }

  /** Forgets the failures of an account: whoever has read its mail need not wait for who has not. */
  async forgive(account: string): Promise<void> {
    const key = this.#secrets.tag('account-hash', `${account}|`) as Buffer<ArrayBuffer>;
    const now = this.clock.now();
    await this.system.client.signInAttempt.create({
      data: {
        ...{ id: newId(), at: now, accountHash: key, address: 'none' },
        ...{ reason: 'success', recordedAt: now },
      },
      select: { id: true },
    });
  }

  async #enter(
    key: Buffer,
    row: { reason: string; knownDevice: boolean },
    waitOf: (tx: Reader, now: Date) => Promise<number>,
  ): Promise<string> {
    const now = this.clock.now();
    const origin = currentContext()?.origin;
    const network = clientNetwork(origin?.address);
    // Looked at without a lock first: a flood of tries that are held back anyway must not queue up for one.
    refuseFor(await waitOf(this.system.client, now), network);
    const id = newId();
    const wait = await this.system.client.$transaction(async (tx) => {
      // The account's first, for everybody: two tries that wait for each other would wait for ever.
      await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${key.toString('hex')}, 1))::text`;
      await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${network}, 2))::text`;
      const milliseconds = await waitOf(tx, now);
      if (milliseconds > 0) return milliseconds;
      await tx.signInAttempt.create({
        data: {
          ...{ id, at: now, accountHash: key as Buffer<ArrayBuffer>, address: network },
          ...row,
          userAgent: origin?.userAgent ?? null,
        },
        select: { id: true },
      });
      return 0;
    });
    refuseFor(wait, network);
    return id;
  }

  async #settle(
    id: string,
    data: {
      reason: string;
      recordedAt: Date | null;
      organizationId?: string | null;
      membershipId?: string | null;
    },
  ): Promise<void> {
    await this.system.client.signInAttempt.updateMany({ where: { id }, data });
  }

  /** The last tries of an account, the newest first. */
  #tries(tx: Reader, key: Buffer, now: Date, window: number): Promise<Tried[]> {
    return tx.signInAttempt.findMany({
      where: { accountHash: key as Buffer<ArrayBuffer>, at: between(now, window) },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: MOST_COUNTED,
      select: { at: true, reason: true },
    });
  }

  /** The last failures of a client, the newest first. */
  #failuresFrom(tx: Reader, address: string, now: Date): Promise<Tried[]> {
    return tx.signInAttempt.findMany({
      where: {
        address,
        at: between(now, OF_CLIENT.window),
        reason: { notIn: ['success', 'request'] },
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: MOST_COUNTED,
      select: { at: true, reason: true },
    });
  }
}

function refuseFor(milliseconds: number, address: string): void {
  if (milliseconds > 0) throw new Throttled(Math.ceil(milliseconds / 1000), { address });
}

function between(now: Date, window: number): { gt: Date; lte: Date } {
  const [from, to] = [now.getTime() - window, now.getTime() + CLOCK_SKEW];
  return { gt: new Date(from), lte: new Date(to) };
}

/** The failures since the last success; `tries` are the newest first. */
function failuresIn(tries: Tried[]): Tried[] {
  const success = tries.findIndex(({ reason }) => reason === 'success');
  return success === -1 ? tries : tries.slice(0, success);
}
