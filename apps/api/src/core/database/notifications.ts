import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { AppConfig } from '../config/config.module.js';

export type Channel =
  | 'ledger'
  | 'principal'
  | 'signing_keys'
  | 'account_mails'
  | 'presence'
  | 'notification_mails'
  | 'entitlements'
  | 'features'
  | 'stripe';
type Listener = (payload: string) => void;

/** Milliseconds before a lost LISTEN connection is tried again. */
const RETRY_AFTER = 500;

/**
 * Postgres' LISTEN over one plain connection of its own (a pooler in transaction mode cannot carry it).
 *
 * A notification that was sent while the connection was down is lost for good, so a listener registers what to do
 * after a gap: re-read what it follows, drop what it cached.
 */
@Injectable()
export class Notifications implements OnApplicationShutdown {
  readonly #listeners = new Map<Channel, Set<Listener>>();
  readonly #afterGap = new Set<() => void>();
  readonly #connectionString: string;
  #client: pg.Client | undefined;
  #connecting: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(config: AppConfig) {
    this.#connectionString = config.settings.databaseSystemUrl;
  }

  /** Whether notifications are arriving: false means that caches which rely on them must not be trusted. */
  get live(): boolean {
    return this.#client !== undefined;
  }

  /** Calls `listener` with each payload of `channel`, and `afterGap` whenever some may have been missed. Gives the way to stop. */
  async listen(channel: Channel, listener: Listener, afterGap: () => void): Promise<() => void> {
    const listeners = this.#listeners.get(channel) ?? new Set<Listener>();
    this.#listeners.set(channel, listeners.add(listener));
    this.#afterGap.add(afterGap);
    if (this.#client) await this.#client.query(`listen ${channel}`);
    else await this.#connect();
    return () => {
      listeners.delete(listener);
      this.#afterGap.delete(afterGap);
    };
  }

  async onApplicationShutdown(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#connecting?.catch(() => undefined);
    await this.#client?.end().catch(() => undefined);
  }

  #connect(): Promise<void> {
    this.#connecting ??= this.#open().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  async #open(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#connectionString,
      keepAlive: true,
      application_name: 'manydesk-listen',
    });
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ channel, payload }) => {
      for (const listener of this.#listeners.get(channel as Channel) ?? []) listener(payload ?? '');
    });
    try {
      await client.connect();
      for (const channel of this.#listeners.keys()) await client.query(`listen ${channel}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      this.#retryLater();
      throw error;
    }
    this.#client = client;
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    for (const heal of this.#afterGap) heal();
    this.#retryLater();
  }

  #retryLater(): void {
    if (this.#closed || this.#retry) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#connect().then(
        () => this.#afterGap.forEach((heal) => heal()),
        () => undefined,
      );
    }, RETRY_AFTER);
    this.#retry.unref();
  }
}
