import { Queue } from 'bullmq';
import pg from 'pg';
import { AppConfig } from '#core/config/config.module.js';
import { JOB_QUEUE, queueConnection } from '#core/jobs/queue.js';
import { startApp, type RunningApp } from '../support/app.js';
import { databaseOfItsOwn, type TestDatabase } from '../support/database.js';
import { Door } from '../support/door.js';
import type { GivenOrganization } from '../support/given.js';
import { MailServer, type ReceivedMail } from '../support/mail-server.js';
import { openBackend, type QueueBackend } from '../support/queues.js';

/** A reply on its way, as it is seen from outside. */
export interface ReplyUnderWay {
  ticketId: string;
  /** What the mail server took for it, and what it was handed. */
  taken(): ReceivedMail[];
  seen(): ReceivedMail[];
  isNoted(): Promise<boolean>;
  /** What the log says of its delivery. */
  events(): Promise<{ type: string }[]>;
}

/** The API in this process, workers in processes of their own, a mail server between the two and the world. */
export class Scene {
  readonly #doors: Door[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly backend: QueueBackend,
    readonly server: MailServer,
    readonly running: RunningApp,
    readonly acme: GivenOrganization,
    /** The tables' owner, who looks. */
    readonly owner: pg.Client,
    /** The tables' owner again, who holds locks: who looks in a transaction sees the same for ever. */
    readonly locker: pg.Client,
    readonly queue: Queue,
  ) {}

  static async open(name: QueueBackend['name'], label: string): Promise<Scene> {
    const [backend, database, server] = await Promise.all([
      openBackend(name),
      databaseOfItsOwn(label),
      MailServer.start(),
    ]);
    const running = await startApp({ database });
    const acme = await running.given.organization();
    const { settings } = running.get(AppConfig);
    const redisUrl = backend.settings.REDIS_URL ?? null;
    const connection = queueConnection({ ...settings, redisUrl });
    const queue = new Queue(JOB_QUEUE, { connection });
    queue.on('error', () => undefined);
    const clients = [0, 1].map(() => new pg.Client({ connectionString: database.ownerUrl }));
    // Some of these tests end every connection that there is.
    for (const client of clients) client.on('error', () => undefined);
    await Promise.all(clients.map((client) => client.connect()));
    const [owner, locker] = clients;
    return new Scene(database, backend, server, running, acme, owner!, locker!, queue);
  }

  /** Ends what a test has started. */
  async reset(): Promise<void> {
    this.server.judge = () => undefined;
    await this.locker.query('rollback');
    await this.queue.resume();
    await Promise.all(this.#doors.splice(0).map((door) => door.close()));
  }

  async close(): Promise<void> {
    await this.queue.close();
    await Promise.all([this.owner.end(), this.locker.end()]);
    await this.running.close();
    await this.server.close();
    await this.backend.close();
  }

  async worker(): Promise<Door> {
    const settings = { ...this.backend.settings, SMTP_URL: this.server.url };
    const door = await Door.worker(this.database, settings);
    this.#doors.push(door);
    return door;
  }

  /** A new ticket with a reply that is to be mailed. */
  async reply(acme = this.acme): Promise<ReplyUnderWay> {
    const { id } = await acme.ticket();
    const { id: messageId } = await acme.message(id, 'reply');
    const isOurs = ({ from }: ReceivedMail): boolean => from.includes(id.replaceAll('-', ''));
    return {
      ticketId: id,
      taken: () => this.server.mails.filter(isOurs),
      seen: () => this.server.seen.filter(isOurs),
      isNoted: async () => {
        const { body } = await acme.owner.get(`/tickets/${id}/messages`);
        // Undefined while the API itself has lost its connections.
        return body.data?.[1].delivery.status === 'sent';
      },
      events: async () => {
        const { rows } = await this.owner.query(
          "select type from ledger_events where type like 'mail.%' and data ->> 'messageId' = $1",
          [messageId],
        );
        return rows;
      },
    };
  }

  /** Whether somebody waits for a lock with a statement like this. */
  async isWaiting(statement: string): Promise<boolean> {
    const { rowCount } = await this.owner.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike $1",
      [statement],
    );
    return rowCount! > 0;
  }

  async outboxSize(): Promise<number> {
    return (await this.owner.query('select from outbox')).rowCount!;
  }
}
