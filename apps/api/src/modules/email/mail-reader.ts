import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { packageRoot } from '#core/config/root.js';
import { Log } from '#core/logging/log.js';
import { MalformedMail, type MalformedMailProblem } from './mime/malformed-mail.js';
import { readHeaderOfMail, readMail, type ReadMail } from './mime/read-mail.js';

/** Bytes past which a mail is read in a thread: one of 25 MB that means harm holds a processor for seconds. */
const LARGE = 256 * 1024;
/** Large mails that are read at once; the others wait their turn. */
const THREADS = 2;
/** What the thread of one mail may hold, in megabytes. */
const MEMORY = 512;

/** What a thread says of its mail. */
export type MailReaderAnswer = { read: ReadMail } | { malformed: MalformedMailProblem };

/**
 * Reads raw mails without holding up other requests: a large one is read in a thread of its own, with an end to time
 * and memory. One that comes to that end is not lost: its header is read here, and its text is a mark.
 */
@Injectable()
export class MailReader {
  /** The built file, also under test: a thread has no compiler. */
  protected readonly thread: string = join(
    packageRoot(),
    'dist/api/modules/email/mail-reader.thread.js',
  );
  /** Milliseconds that a thread may take. */
  protected readonly patience: number = 30_000;
  #free = THREADS;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly log: Log) {}

  /** Throws {@link MalformedMail} for bytes that are no mail. */
  async read(raw: Buffer): Promise<ReadMail> {
    if (raw.length <= LARGE) return readMail(raw);
    await this.#turn();
    try {
      return await this.#readInThread(raw);
    } catch (error) {
      if (error instanceof MalformedMail) throw error;
      this.log.warn('mail.reading_given_up', { size: raw.length, error: error as Error });
      return await readHeaderOfMail(raw);
    } finally {
      this.#next();
    }
  }

  async #readInThread(raw: Buffer): Promise<ReadMail> {
    const thread = new Worker(this.thread, {
      workerData: raw,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    });
    const read = new Promise<ReadMail>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`not read within ${this.patience} ms`)),
        this.patience,
      );
      thread.once('message', (answer: MailReaderAnswer) => {
        if ('read' in answer) resolve(answer.read);
        else reject(new MalformedMail(answer.malformed));
      });
      thread.once('error', reject);
      thread.once('exit', (code) => reject(new Error(`the thread ended with code ${code}`)));
      thread.once('exit', () => clearTimeout(timer));
    });
    try {
      return await read;
    } finally {
      await thread.terminate();
    }
  }

  #turn(): Promise<void> | undefined {
    if (this.#free === 0) return new Promise((go) => this.#waiting.push(go));
    this.#free -= 1;
    return undefined;
  }

  /** The turn goes to the one that waits longest, or is free again. */
  #next(): void {
    const go = this.#waiting.shift();
    if (go) go();
    else this.#free += 1;
  }
}
