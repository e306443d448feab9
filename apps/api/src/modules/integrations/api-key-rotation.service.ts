import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { PrincipalCache } from '#core/tenancy/principal-cache.js';
import type { Principal } from '#core/tenancy/principal.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { lockKey } from './api-key-lock.js';
import { ApiKeyRights } from './api-key-rights.service.js';
import { newApiKeySecret } from './api-key-secret.js';
import { apiKeySelect, toApiKeyDto } from './api-keys.view.js';
import type { CreatedApiKeyDto } from './dto/api-key.dto.js';
import { ApiKeyExpired } from './integrations.exceptions.js';

const AN_HOUR = 3_600_000;

interface LiveSecret {
  id: string;
  prefix: string;
  expiresAt: Date | null;
}

/** New secrets for keys that stay what they are. At most two secrets of a key work at once. */
@Injectable()
export class ApiKeyRotation {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly rights: ApiKeyRights,
    private readonly principals: PrincipalCache,
  ) {}

  /**
   * Gives the key a new secret and shows it this once. The one of before goes on for `overlapHours`; one that was
   * still going on from an earlier rotation ends now. Throws ApiKeyNotFound, ApiKeyRevoked, {@link ApiKeyExpired},
   * and ScopeNotHeld or WiderThanMaker when the key reaches further than `by`, who is shown its secret.
   */
  async rotate(by: Principal, id: string, overlapHours: number): Promise<CreatedApiKeyDto> {
    const now = this.clock.now();
    const made = await this.db.transaction(async (tx) => {
      const key = await lockKey(tx, id);
      this.rights.require(by, key.scopes, key);
      if (key.expiresAt !== null && key.expiresAt <= now) throw new ApiKeyExpired();
      const [previous, ...older] = await liveSecrets(tx, id, now);
      const previousEndsAt = previous ? endOf(previous, now, overlapHours) : null;
      const ended = previousEndsAt && previousEndsAt <= now ? [previous!, ...older] : older;
      await this.#end(tx, { id, name: key.name }, ended, now);
      if (previous && !ended.includes(previous)) {
        await tx.apiKeySecret.updateMany({
          where: { id: previous.id },
          data: { expiresAt: previousEndsAt },
        });
      }
      const { secret, prefix, hash } = newApiKeySecret(key.environment);
      const issuedToId = this.rights.holderOf(by);
      await tx.apiKeySecret.create({
        data: { id: newId(), keyId: id, prefix, secretHash: hash, issuedToId },
        select: { id: true },
      });
      this.ledger.record({
        type: 'api_key.rotated',
        subject: { type: 'api_key', id },
        data: { name: key.name, prefix, previousEndsAt, ...currentContext()?.origin },
      });
      const row = await tx.apiKey.findFirstOrThrow({ where: { id }, select: apiKeySelect });
      return { ...toApiKeyDto(row, now), secret };
    });
    this.principals.forget(`api_key:${id}`);
    return made;
  }

  async #end(
    tx: TenantClient,
    key: { id: string; name: string },
    secrets: LiveSecret[],
    now: Date,
  ): Promise<void> {
    if (secrets.length === 0) return;
    await tx.apiKeySecret.updateMany({
      where: { id: { in: secrets.map((secret) => secret.id) } },
      data: { revokedAt: now, revokedBecause: 'rotated' },
    });
    for (const { prefix } of secrets) {
      this.ledger.record({
        type: 'api_key.secret_ended',
        subject: { type: 'api_key', id: key.id },
        data: { name: key.name, prefix, because: 'rotated' },
      });
    }
  }
}

/** The newest first. */
function liveSecrets(tx: TenantClient, keyId: string, now: Date): Promise<LiveSecret[]> {
  return tx.apiKeySecret.findMany({
    where: { keyId, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    select: { id: true, prefix: true, expiresAt: true },
    orderBy: { id: 'desc' },
  });
}

/** A secret that was to end sooner than the overlap still does. */
function endOf({ expiresAt }: LiveSecret, now: Date, overlapHours: number): Date {
  const end = new Date(now.getTime() + overlapHours * AN_HOUR);
  return expiresAt !== null && expiresAt < end ? expiresAt : end;
}
