import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentContext, runInContext } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Log } from '#core/logging/log.js';

/** Failures that a sweep takes at once. */
const BATCH = 50;
const DAY = 24 * 3_600_000;
/** Milliseconds that the process which answered has to tell of the failure itself. */
const OWN_TIME = 10_000;

/**
 * Tells the organization of a person that somebody failed to sign in as them. After the answer, because only where
 * there is an account is there anything to tell, and the time of an answer must not say so; what a crash leaves
 * untold is found by the sweep.
 */
@Injectable()
@Sweeps({ name: 'auth.sign_in_trail', every: 30_000 })
export class SignInTrail implements Sweep, OnModuleDestroy {
  readonly #telling = new Set<Promise<void>>();

  constructor(
    private readonly system: SystemDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.#telling);
  }

  /** Tells of a failure once the answer is out. */
  tellSoon(attemptId: string): void {
    const telling = new Promise((resolve) => setImmediate(resolve))
      .then(() => this.#tell(attemptId))
      .catch((error: unknown) => this.log.error('auth.failure_not_told', { error }))
      .finally(() => this.#telling.delete(telling));
    this.#telling.add(telling);
  }

  /** Tells of the failures that a crash left untold, and forgets those older than a day. */
  async sweep(): Promise<boolean> {
    const now = this.clock.now().getTime();
    await this.system.client.signInAttempt.deleteMany({
      where: { at: { lt: new Date(now - DAY) }, OR: [{ recordedAt: { not: null } }, unsettled] },
    });
    const left = await this.system.client.signInAttempt.findMany({
      where: {
        recordedAt: null,
        organizationId: { not: null },
        at: { lt: new Date(now - OWN_TIME) },
      },
      orderBy: { at: 'asc' },
      take: BATCH,
      select: { id: true },
    });
    for (const { id } of left) await this.#tell(id);
    return left.length === BATCH;
  }

  async #tell(id: string): Promise<void> {
    const row = await this.system.client.signInAttempt.findFirst({
      where: { id, recordedAt: null },
      select: {
        ...{ at: true, address: true, reason: true, userAgent: true, knownDevice: true },
        ...{ organizationId: true, membershipId: true },
      },
    });
    if (!row?.organizationId || !row.membershipId) return;
    const { organizationId, membershipId, at, ...facts } = row;
    // Whoever it was, it was nobody that we know.
    const { actor: _, ...context } = { requestId: 'sign-in', ...currentContext() };
    await runInContext(context, () =>
      this.system.transactionIn(organizationId, async (tx) => {
        const { count } = await tx.signInAttempt.updateMany({
          where: { id, recordedAt: null },
          data: { recordedAt: this.clock.now() },
        });
        if (count === 0) return;
        this.ledger.record({
          type: 'auth.sign_in_failed',
          subject: { type: 'user', id: membershipId },
          data: { ...facts, at: at.toISOString() },
        });
      }),
    );
  }
}

/** A try whose process died before it was looked at. */
const unsettled = { organizationId: null };
