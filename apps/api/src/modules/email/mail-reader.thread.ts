import { parentPort, workerData } from 'node:worker_threads';
import type { MailReaderAnswer } from './mail-reader.js';
import { MalformedMail } from './mime/malformed-mail.js';
import { readMail } from './mime/read-mail.js';

/** The thread of one large mail: reads it, says what it found, and is done. Any other failure ends it with an error. */
async function read(raw: Uint8Array): Promise<MailReaderAnswer> {
  try {
    return { read: await readMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)) };
  } catch (error) {
    if (error instanceof MalformedMail) return { malformed: error.problem };
    throw error;
  }
}

parentPort!.postMessage(await read(workerData as Uint8Array));
