import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { Notifications } from '#core/database/notifications.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Log } from '#core/logging/log.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Milliseconds before a new key signs: by then every process knows it. */
const LEAD = MINUTE;
/** Milliseconds that an old key is good past its last signature: the life of a token, and a minute for clocks. */
const OVERLAP = 16 * MINUTE;
/** Milliseconds after which a key is replaced. */
const LIFE = 30 * DAY;
/** Milliseconds between looks for a key that we do not know: whoever makes names up must not keep us busy. */
const LOOK_AGAIN_AFTER = 1_000;
const PURPOSE = 'sealed:signing-key';
/** One at a time makes keys: the name of the database's lock. */
const LOCK = 7_160_100;

interface SigningKey {
  id: string;
  key: KeyObject;
  activeFrom: Date;
  goodUntil: Date | null;
}

/**
 * The keys that access tokens are signed with. They live in the database, sealed under `MANYDESK_SECRET`, and in the
 * memory of every process, because each request asks for one: a change is told to all by a notification.
 */
@Injectable()
export class SigningKeys implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #secrets;
  #keys = new Map<string, SigningKey>();
  #loading: Promise<void> = Promise.resolve();
  #lookedAt = 0;
  #stopListening: (() => void) | undefined;

  constructor(
    private readonly system: SystemDb,
    private readonly notifications: Notifications,
    private readonly clock: Clock,
    private readonly log: Log,
    config: AppConfig,
  ) {
    this.#secrets = config.settings.secrets;
  }

  async onApplicationBootstrap(): Promise<void> {
    const reload = (): void => void this.reload();
    this.#stopListening = await this.notifications.listen('signing_keys', reload, reload);
    await this.#makeFirst();
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopListening?.();
    await this.#loading;
  }

  /** The key that signs now. */
  current(): { id: string; key: KeyObject } {
    const now = this.clock.now();
    const keys = [...this.#keys.values()].toSorted((a, b) => +b.activeFrom - +a.activeFrom);
    const found = keys.find(({ activeFrom }) => activeFrom <= now) ?? keys.at(-1);
    if (!found) throw new Error('there is no signing key: the application has not started');
    return found;
  }

  /** The key with this `kid`, when it is still good for checking; undefined for any other. */
  find(id: string): KeyObject | undefined {
    const found = this.#keys.get(id);
    if (!found) return undefined;
    const isOver = found.goodUntil !== null && found.goodUntil <= this.clock.now();
    return isOver ? undefined : found.key;
  }

  /** Looks for a key that is not known yet, at most once a second. Gives whether it is known now. */
  async look(id: string): Promise<boolean> {
    if (this.#keys.has(id)) return true;
    if (performance.now() - this.#lookedAt >= LOOK_AGAIN_AFTER) {
      this.#lookedAt = performance.now();
      void this.reload();
    }
    await this.#loading;
    return this.#keys.has(id);
  }

  /** Makes a new key, which signs a minute from now; the ones before check until their last token is over. Gives its id. */
  async rotate(): Promise<string> {
    const id = await this.system.client.$transaction((tx) => this.#rotateIn(tx));
    await this.reload();
    return id;
  }

  /** Does what is due: a new key after 30 days, and no row of a key that is over. */
  async maintain(): Promise<void> {
    const now = this.clock.now();
    await this.system.client.$transaction(async (tx) => {
      await lock(tx);
      await tx.signingKey.deleteMany({ where: { goodUntil: { lte: now } } });
      const young = { createdAt: { gt: new Date(now.getTime() - LIFE) }, goodUntil: null };
      if ((await tx.signingKey.count({ where: young })) === 0) await this.#rotateIn(tx);
    });
  }

  /** Reads the keys anew; one look at a time. */
  reload(): Promise<void> {
    this.#loading = this.#loading
      .then(() => this.#load())
      .catch((error: unknown) => this.log.error('signing_keys.not_read', { error }));
    return this.#loading;
  }

  /** Two processes that start at once make one key between them. */
  async #makeFirst(): Promise<void> {
    await this.#load();
    if (this.#keys.size > 0) return;
    await this.system.client.$transaction(async (tx) => {
      await lock(tx);
      await this.#load(tx);
      if (this.#keys.size === 0) await this.#make(tx, this.clock.now());
    });
    await this.#load();
  }

  async #rotateIn(tx: SystemTransaction): Promise<string> {
    await lock(tx);
    const activeFrom = new Date(this.clock.now().getTime() + LEAD);
    await tx.signingKey.updateMany({
      where: { goodUntil: null },
      data: { goodUntil: new Date(activeFrom.getTime() + OVERLAP) },
    });
    return this.#make(tx, activeFrom);
  }

  async #make(tx: SystemTransaction, activeFrom: Date): Promise<string> {
    const id = newId();
    const sealed = this.#secrets.seal(PURPOSE, id, randomBytes(32));
    const createdAt = this.clock.now();
    await tx.signingKey.create({
      data: { id, sealed, createdAt, activeFrom },
      select: { id: true },
    });
    return id;
  }

  async #load(client: Pick<SystemTransaction, 'signingKey'> = this.system.client): Promise<void> {
    const rows = await client.signingKey.findMany({
      select: { id: true, sealed: true, activeFrom: true, goodUntil: true },
    });
    const keys = rows.flatMap(({ sealed, ...row }) => {
      const bytes = this.#open(row.id, sealed);
      return bytes === null ? [] : [[row.id, { ...row, key: createSecretKey(bytes) }] as const];
    });
    this.#keys = new Map(keys);
  }

  /** Null for one that was sealed under another `MANYDESK_SECRET`: its tokens are no longer good, and nobody's start fails. */
  #open(id: string, sealed: Uint8Array): Buffer | null {
    try {
      return this.#secrets.unseal(PURPOSE, id, sealed);
    } catch (error) {
      this.log.warn('signing_keys.not_ours', { kid: id, error });
      return null;
    }
  }
}

async function lock(tx: SystemTransaction): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(${LOCK})::text`;
}
