import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { Permission } from '#core/tenancy/permissions.js';
import { PrincipalCache } from '#core/tenancy/principal-cache.js';
import type { Principal } from '#core/tenancy/principal.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { lockKey } from './api-key-lock.js';
import { ApiKeyRights, networksOf } from './api-key-rights.service.js';
import { newApiKeySecret, type Environment } from './api-key-secret.js';
import { apiKeySelect, toApiKeyDto } from './api-keys.view.js';
import type { ApiKeyDto, CreatedApiKeyDto } from './dto/api-key.dto.js';
import { ApiKeyNotFound } from './integrations.exceptions.js';

export interface NewApiKey {
  name: string;
  scopes: Permission[];
  expiresAt?: string | null;
  environment?: Environment;
  allowedNetworks?: string[];
}

export interface ApiKeyChange {
  name?: string;
  scopes?: Permission[];
  /** Null takes it away. */
  expiresAt?: string | null;
  allowedNetworks?: string[];
}

/** The keys of an organization's integrations. A key is the organization's and nobody's own. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly rights: ApiKeyRights,
    private readonly principals: PrincipalCache,
  ) {}

  /** The keys, revoked ones too, the newest first. */
  async list(page: PageRequest): Promise<Page<ApiKeyDto>> {
    const [rows, counted] = await Promise.all([
      this.db.client.apiKey.findMany({
        ...newestFirst(page),
        select: apiKeySelect,
        relationLoadStrategy: 'join',
      }),
      this.db.client.apiKey.count({ take: COUNTED_AT_MOST }),
    ]);
    const now = this.clock.now();
    return toPage(rows, page, counted, newestFirstCursor, (row) => toApiKeyDto(row, now));
  }

  /**
   * Makes a key and shows its secret this once. Throws ScopeNotHeld and WiderThanMaker for what `creator` cannot give,
   * and ValidationFailed for an expiry or a network that is none.
   */
  async create(creator: Principal, key: NewApiKey): Promise<CreatedApiKeyDto> {
    const environment = key.environment ?? 'live';
    const bounds = {
      environment,
      expiresAt: this.rights.expiryOf(key.expiresAt ?? null, environment),
      allowedNetworks: networksOf(key.allowedNetworks ?? []),
    };
    this.rights.require(creator, key.scopes, bounds);
    const { secret, prefix, hash } = newApiKeySecret(environment);
    const id = newId();
    const createdById = creator.actor.type === 'user' ? creator.actor.id : null;
    const issuedToId = this.rights.holderOf(creator);
    const row = await this.db.transaction(async (tx) => {
      await tx.apiKey.create({
        data: { id, name: key.name, scopes: key.scopes, createdById, ...bounds },
        select: { id: true },
      });
      await tx.apiKeySecret.create({
        data: { id: newId(), keyId: id, prefix, secretHash: hash, issuedToId },
        select: { id: true },
      });
      this.ledger.record({
        type: 'api_key.created',
        subject: { type: 'api_key', id },
        data: {
          name: key.name,
          prefix,
          scopes: key.scopes,
          ...bounds,
          ...currentContext()?.origin,
        },
      });
      return tx.apiKey.findFirstOrThrow({ where: { id }, select: apiKeySelect });
    });
    return { ...toApiKeyDto(row, this.clock.now()), secret };
  }

  /**
   * Changes what `change` names, on every process within a second. Quiet when nothing is changed by it. Throws
   * ApiKeyNotFound, ApiKeyRevoked, and what {@link create} throws, also for what the key could do before: nobody
   * changes a key that reaches further than they do.
   */
  async change(by: Principal, id: string, change: ApiKeyChange): Promise<ApiKeyDto> {
    const networks = change.allowedNetworks && networksOf(change.allowedNetworks);
    const row = await this.db.transaction(async (tx) => {
      const { environment, ...before } = await lockKey(tx, id);
      const after = {
        name: change.name ?? before.name,
        scopes: change.scopes ?? before.scopes,
        allowedNetworks: networks ?? before.allowedNetworks,
        expiresAt:
          change.expiresAt === undefined
            ? before.expiresAt
            : this.rights.expiryOf(change.expiresAt, environment),
      };
      this.rights.require(by, [...before.scopes, ...after.scopes], { environment, ...after });
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length > 0) {
        await tx.apiKey.updateMany({ where: { id }, data: after });
        this.ledger.record({
          type: 'api_key.updated',
          subject: { type: 'api_key', id },
          data: { name: after.name, ...currentContext()?.origin },
          changes,
        });
      }
      return tx.apiKey.findFirstOrThrow({ where: { id }, select: apiKeySelect });
    });
    this.principals.forget(`api_key:${id}`);
    return toApiKeyDto(row, this.clock.now());
  }

  /** Ends a key, on every process at once. Quiet when it is revoked already. Throws {@link ApiKeyNotFound}. */
  async revoke(id: string): Promise<void> {
    const revokedAt = this.clock.now();
    await this.db.transaction(async (tx) => {
      const key = await tx.apiKey.findFirst({ where: { id }, select: { name: true } });
      if (!key) throw new ApiKeyNotFound();
      const { count } = await tx.apiKey.updateMany({
        where: { id, revokedAt: null },
        data: { revokedAt },
      });
      if (count === 0) return;
      await tx.apiKeySecret.updateMany({
        where: { keyId: id, revokedAt: null },
        data: { revokedAt, revokedBecause: 'revoked' },
      });
      this.ledger.record({
        type: 'api_key.revoked',
        subject: { type: 'api_key', id },
        data: { name: key.name, ...currentContext()?.origin },
      });
    });
    this.principals.forget(`api_key:${id}`);
  }
}

type Changes = Record<string, [unknown, unknown]>;

function changesBetween(before: object, after: object): Changes {
  const old = before as Record<string, unknown>;
  const fields = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]),
  );
  return Object.fromEntries(fields.map(([name, value]) => [name, [old[name], value]]));
}
