import {
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../context/clock.js';
import { Notifications } from '../database/notifications.js';
import type { Principal } from './principal.js';

/** Milliseconds that a principal is trusted without looking again: the bound when a notification is lost. */
const TRUSTED_FOR = 30_000;
const MOST_ENTRIES = 20_000;

/** A principal, until when its credential is good, and whose change ends it. */
export interface CachedPrincipal {
  principal: Principal;
  /** The credential's own end, milliseconds since the epoch: held on the cached path too. */
  expiresAt: number;
  /** `session:<id>`, `user:<id>`, `api_key:<id>`: what the database names in a notification. */
  tags: string[];
}

/**
 * Who is behind a credential, for seconds, and dropped at once when the database tells that it changed: a revoked
 * session, key or role stops working on every process within a second. Keys are hashes, never credentials.
 */
@Injectable()
export class PrincipalCache implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #entries = new LRUCache<string, CachedPrincipal>({
    max: MOST_ENTRIES,
    ttl: TRUSTED_FOR,
  });
  readonly #keysOf = new Map<string, Set<string>>();
  readonly #ended = new Set<(tag: string) => void>();
  /** Counts changes, so that a look-up that began before one does not store what it read. */
  #changes = 0;
  #stopListening: (() => void) | undefined;

  constructor(
    private readonly notifications: Notifications,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#stopListening = await this.notifications.listen(
      'principal',
      (tag) => this.forget(tag),
      () => this.clear(),
    );
  }

  onApplicationShutdown(): void {
    this.#stopListening?.();
  }

  /** The principal that is known for `key`; undefined when it must be looked up. */
  get(key: string): Principal | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.expiresAt <= this.clock.now().getTime() || !this.notifications.live)
      return undefined;
    return entry.principal;
  }

  /** Looks up with `load` and keeps what it gives. */
  async load(key: string, load: () => Promise<CachedPrincipal | null>): Promise<Principal | null> {
    const changes = this.#changes;
    const found = await load();
    if (found === null || found.expiresAt <= this.clock.now().getTime()) return null;
    if (changes === this.#changes) this.#keep(key, found);
    return found.principal;
  }

  /** Drops everything that hangs on `tag`, and tells those who hold something open for it. */
  forget(tag: string): void {
    this.#changes += 1;
    for (const key of this.#keysOf.get(tag) ?? []) this.#entries.delete(key);
    this.#keysOf.delete(tag);
    for (const listener of this.#ended) listener(tag);
  }

  clear(): void {
    this.#changes += 1;
    this.#entries.clear();
    this.#keysOf.clear();
  }

  /** Calls `listener` with each tag that changed: an open stream checks its credential again. Gives the way to stop. */
  onChange(listener: (tag: string) => void): () => void {
    this.#ended.add(listener);
    return () => this.#ended.delete(listener);
  }

  #keep(key: string, entry: CachedPrincipal): void {
    // Evicted entries leave their keys behind in the index; thrown away whole before it outgrows the cache.
    if (this.#keysOf.size > MOST_ENTRIES * 4) this.clear();
    this.#entries.set(key, entry);
    for (const tag of entry.tags)
      this.#keysOf.set(tag, (this.#keysOf.get(tag) ?? new Set()).add(key));
  }
}
