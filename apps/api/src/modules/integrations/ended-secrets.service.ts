import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';

/** Secrets that ended with whoever was shown them. */
@Injectable()
export class EndedSecrets {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Writes into the trail which secrets ended because the person `holderId` left, each once however often it is asked. */
  async tellOf(holderId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const ended = await tx.apiKeySecret.updateManyAndReturn({
        where: { issuedToId: holderId, revokedBecause: 'holder_left', toldAt: null },
        data: { toldAt: this.clock.now() },
        select: { keyId: true, prefix: true, key: { select: { name: true } } },
      });
      for (const { keyId, prefix, key } of ended) {
        this.ledger.record({
          type: 'api_key.secret_ended',
          subject: { type: 'api_key', id: keyId },
          data: { name: key.name, prefix, because: 'holder_left' },
        });
      }
    });
  }
}
