import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { AppConfig } from '#core/config/config.module.js';
import { PermanentFailure } from '#core/jobs/job-contract.js';
import { Log } from '#core/logging/log.js';
import type { OutboundMail } from './mime/compose-reply.js';

/** Milliseconds that a mail server may take for each step. */
const PATIENCE = 20_000;

/** Where a mail is kept when there is no server to give it to: the organization and the mail, as ids. */
export interface MailPlace {
  organizationId: string;
  id: string;
}

/**
 * Hands mails over: to the server of SMTP_URL, or without one into `.eml` files of the data folder, which the
 * development mailbox shows.
 */
@Injectable()
export class MailTransport implements OnApplicationShutdown {
  readonly #smtp;
  readonly #composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  readonly #folder: string;

  constructor({ settings }: AppConfig, log: Log) {
    if (settings.mode === 'production' && settings.smtpUrl === null) {
      log.warn('mail.no_server', {
        hint: 'SMTP_URL is not set: replies are written to files and reach nobody',
      });
    }
    this.#folder = join(settings.dataDir, 'outbox');
    this.#smtp =
      settings.smtpUrl === null
        ? null
        : createTransport({
            url: settings.smtpUrl,
            pool: true,
            maxConnections: 4,
            connectionTimeout: PATIENCE,
            greetingTimeout: PATIENCE,
            socketTimeout: PATIENCE,
          });
  }

  /** Resolves when the mail is in other hands. Throws {@link PermanentFailure} when the server will never take it. */
  async send(mail: OutboundMail, place: MailPlace): Promise<void> {
    const { unnamed: _, ...shown } = mail;
    const message = { ...shown, envelope: { ...mail.envelope } };
    if (this.#smtp === null)
      return this.#write((await this.#composer.sendMail(message)).message as Buffer, place);
    try {
      await this.#smtp.sendMail(message);
    } catch (error) {
      const { responseCode, message: reason } = error as Error & { responseCode?: number };
      // 5yz is final, 4yz is not (RFC 5321, 4.2.1).
      if (responseCode !== undefined && responseCode >= 500) throw new PermanentFailure(reason);
      throw error;
    }
  }

  /** The bytes of a mail that was kept in a file; null when there is none. */
  async read(place: MailPlace): Promise<Buffer | null> {
    return readFile(this.#file(place)).catch(() => null);
  }

  onApplicationShutdown(): void {
    this.#smtp?.close();
  }

  async #write(bytes: Buffer, place: MailPlace): Promise<void> {
    const file = this.#file(place);
    await mkdir(join(this.#folder, place.organizationId), { recursive: true });
    // Named last: a half-written mail is never seen under its name.
    await writeFile(`${file}.part`, bytes);
    await rename(`${file}.part`, file);
  }

  #file({ organizationId, id }: MailPlace): string {
    return join(this.#folder, organizationId, `${id}.eml`);
  }
}
