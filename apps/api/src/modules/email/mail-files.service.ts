import { extname } from 'node:path';
import { Injectable } from '@nestjs/common';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { Attachments } from '#modules/attachments/attachments.service.js';
import { Files, type StoredFile } from '#modules/attachments/files.service.js';
import type { MailAttachment } from './mime/mail-body.js';

/** An attachment of a mail whose bytes are in the store. */
export interface KeptFile {
  name: string;
  size: number;
  contentId: string | null;
  inline: boolean;
  stored: StoredFile;
  /** The row that counts the bytes; null until there is one, and when the storage has no room for them. */
  fileId: string | null;
}

/** Names for what came without one. */
const EXTENSIONS: Record<string, string> = {
  'message/rfc822': '.eml',
  'text/plain': '.txt',
  'text/html': '.html',
  'text/calendar': '.ics',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'application/pdf': '.pdf',
};

/** The attachments of received mails, on their way to the messages that the mails become. */
@Injectable()
export class MailFiles {
  constructor(
    private readonly files: Files,
    private readonly attachments: Attachments,
  ) {}

  /** Puts the bytes into the store, outside of any transaction. */
  async take(parts: readonly MailAttachment[]): Promise<KeptFile[]> {
    const taken: KeptFile[] = [];
    try {
      for (const part of parts) {
        const { contentId, inline, size } = part;
        const stored = await this.files.take(bytesOf(part.content));
        taken.push({ name: nameOf(part), size, contentId, inline, stored, fileId: null });
      }
      return taken;
    } catch (error) {
      await this.release(taken);
      throw error;
    }
  }

  /** Makes them count, inside `tx`, as far as the storage has room. */
  async record(tx: TenantTransaction, files: readonly KeptFile[]): Promise<KeptFile[]> {
    const ids = await this.files.record(
      tx,
      files.map(({ stored }) => stored),
    );
    return files.map((file, at) => ({ ...file, fileId: ids[at] ?? null }));
  }

  /** Puts what counts on the message, inside `tx`. */
  async attach(
    tx: TenantTransaction,
    files: readonly KeptFile[],
    messageId: string,
  ): Promise<void> {
    const received = files.flatMap(({ fileId, name, contentId, inline }) =>
      fileId === null ? [] : [{ fileId, name, contentId, inline }],
    );
    await this.attachments.receive(tx, received, messageId);
  }

  /** Forgets the bytes that nothing counts. */
  async release(files: readonly KeptFile[]): Promise<void> {
    await this.files.release(files.map(({ stored }) => stored));
  }
}

/** In slices, so that what watches them go by is never given a large one. */
async function* bytesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  const slice = 64 * 1024;
  for (let at = 0; at < content.length; at += slice) yield content.subarray(at, at + slice);
}

function nameOf({ fileName, contentType }: MailAttachment): string {
  const extension = EXTENSIONS[contentType] ?? '';
  if (fileName === null) return `attachment${extension}`;
  return extname(fileName) === '' && contentType === 'message/rfc822'
    ? `${fileName}.eml`
    : fileName;
}
