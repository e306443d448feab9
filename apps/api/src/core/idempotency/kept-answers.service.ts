import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/config.module.js';
import { Clock } from '../context/clock.js';
import { requireOrganizationId, type Actor } from '../context/context.js';
import { preparedStatement } from '../database/prepared-statement.js';
import { TenantDb } from '../tenancy/tenant-db.js';
import { IdempotencyKeyReused } from './idempotency.exceptions.js';

/** A request that may come again. */
export interface KeyedRequest {
  actor: Actor;
  key: string;
  fingerprint: Buffer;
}

/** What the first request was answered with. */
export interface KeptAnswer {
  status: number;
  /** The tag of the version that it shows, if it has one. */
  etag?: string | undefined;
  body?: unknown;
}

const readAnswer = preparedStatement(
  'idempotency_answer',
  `select fingerprint, status, answer from idempotency_keys where actor_type = $1 and actor_id = $2::uuid and key = $3`,
);

/** Held to the end of the transaction by the one request that runs; whoever comes meanwhile is told at once. */
const tryLock = preparedStatement(
  'idempotency_try_lock',
  `select pg_try_advisory_xact_lock(hashtextextended('idempotency ' || $1::text, 0)) as "isMine"`,
);

const keepAnswer = preparedStatement(
  'idempotency_keep',
  `insert into idempotency_keys (actor_type, actor_id, key, fingerprint, status, answer, created_at)
   values ($1, $2::uuid, $3, $4, $5, $6, $7::timestamptz)`,
);

/** The answers to writes that came with a key. */
@Injectable()
export class KeptAnswers {
  readonly #secrets;

  constructor(
    private readonly db: TenantDb,
    private readonly clock: Clock,
    config: AppConfig,
  ) {
    this.#secrets = config.settings.secrets;
  }

  /** The answer to the first such request, or null. Throws {@link IdempotencyKeyReused} when that was another one. */
  async find({ actor, key, fingerprint }: KeyedRequest): Promise<KeptAnswer | null> {
    const [row] = await this.db.sql<{ fingerprint: Buffer; status: number; answer: Buffer }>(
      readAnswer,
      [actor.type, actor.id, key],
    );
    if (!row) return null;
    if (!fingerprint.equals(row.fingerprint)) throw new IdempotencyKeyReused();
    const text = this.#secrets.unseal('sealed:kept-answer', this.#place(actor, key), row.answer);
    return { status: row.status, ...(JSON.parse(text.toString('utf8')) as object) };
  }

  /** Whether the unit of work under way may run the request: nobody else does. */
  async claim({ actor, key }: KeyedRequest): Promise<boolean> {
    const [row] = await this.db.sql<{ isMine: boolean }>(tryLock, [this.#place(actor, key)]);
    return row!.isMine;
  }

  /** Writes the answer down, in the unit of work under way. */
  async keep(
    { actor, key, fingerprint }: KeyedRequest,
    { status, ...answer }: KeptAnswer,
  ): Promise<void> {
    const text = JSON.stringify(answer);
    const place = this.#place(actor, key);
    const sealed = this.#secrets.seal('sealed:kept-answer', place, Buffer.from(text));
    await this.db.sql(keepAnswer, [
      actor.type,
      actor.id,
      key,
      fingerprint,
      status,
      sealed,
      this.clock.now(),
    ]);
  }

  #place(actor: Actor, key: string): string {
    return `${requireOrganizationId('a kept answer')} ${actor.type} ${actor.id} ${key}`;
  }
}
