import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Channel, Notifications } from '../database/notifications.js';
import type { Log } from '../logging/log.js';

/**
 * A few rows that a process answers from memory: read when it begins and when the database tells of a change. A reading that
 * fails is logged, and what was known before goes on.
 */
export abstract class ToldMemory implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Readings one after the other: an older one must not replace a newer. */
  #reading: Promise<void> = Promise.resolve();
  #stopListening: (() => void) | undefined;

  constructor(
    private readonly notifications: Notifications,
    private readonly log: Log,
    private readonly told: {
      /** Where the database tells of a change, and which of what it tells there is one. */
      channel: Channel;
      isChange?: (payload: string) => boolean;
      /** What a reading that fails is logged as. */
      failure: string;
    },
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { channel, isChange = () => true } = this.told;
    const reread = (): void => void this.reread();
    const hear = (payload: string): void => {
      if (isChange(payload)) reread();
    };
    this.#stopListening = await this.notifications.listen(channel, hear, reread);
    await this.reread();
  }

  onApplicationShutdown(): void {
    this.#stopListening?.();
  }

  /** Reads anew what is there. Never fails. */
  reread(): Promise<void> {
    this.#reading = this.#reading.then(async () => {
      try {
        await this.read();
      } catch (error) {
        this.log.error(this.told.failure, { error });
      }
    });
    return this.#reading;
  }

  /** Reads all of it and takes it over at once. */
  protected abstract read(): Promise<void>;
}
