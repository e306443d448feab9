import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { requireOrganizationId } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import type { Principal } from '#core/tenancy/principal.js';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { AttachmentNotFound, UploadBroken } from './attachments.exceptions.js';
import { attachmentSelect, toAttachmentDto } from './attachments.view.js';
import type { AttachmentDto, FileLinkDto } from './dto/attachment.dto.js';
import { FileLinks } from './file-links.service.js';
import { cleanFileName } from './file-name.js';
import { FileStore } from './file-store.service.js';
import { Files } from './files.service.js';
import { placeUploads, uploader, whyNotFound } from './own-uploads.js';

/** A file that came with a mail: its bytes count already (`Files.record`). */
export interface ReceivedFile {
  fileId: string;
  name: string;
  contentId: string | null;
  inline: boolean;
}

/** An attachment whose bytes can be read. */
export interface AttachmentContent extends AttachmentDto {
  open(): Promise<Readable>;
}

/** Files under names: uploaded first, then put on a message. */
@Injectable()
export class Attachments {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly files: Files,
    private readonly links: FileLinks,
    private readonly store: FileStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps `content`, as it comes in, for a message of the caller. Throws AttachmentTooLarge, UploadBroken, StorageFull;
   * then nothing of it stays.
   */
  async keep(content: AsyncIterable<Uint8Array>, name: string): Promise<AttachmentDto> {
    await this.files.requireRoom();
    const stored = await this.files.take(uploaded(content));
    try {
      return await this.db.transaction(async (tx) => {
        const fileId = await this.files.recordOne(tx, stored);
        const id = newId();
        const createdAt = this.clock.now();
        const data = { id, fileId, name: cleanFileName(name), createdAt, ...uploader() };
        await tx.attachment.createMany({ data: [data] });
        const { size, mediaType } = stored;
        this.#record('attachment.uploaded', id, { size, mediaType });
        const row = await tx.attachment.findFirstOrThrow({
          where: { id },
          select: attachmentSelect,
        });
        return toAttachmentDto(row);
      });
    } finally {
      await this.files.release([stored]);
    }
  }

  /**
   * Puts uploads of the caller on the message `messageId`, inside `tx`, in the order of `ids`. Throws
   * AttachmentNotFound, AttachmentInUse, AttachmentsTooMany, AttachmentTooLarge.
   */
  async claim(
    tx: TenantClient,
    ids: readonly string[],
    messageId: string,
  ): Promise<AttachmentDto[]> {
    return placeUploads(tx, ids, { messageId, draftId: null });
  }

  /** Puts files of a mail on the message that it became, inside `tx`. */
  async receive(
    tx: TenantClient,
    files: readonly ReceivedFile[],
    messageId: string,
  ): Promise<void> {
    if (files.length === 0) return;
    const createdAt = this.clock.now();
    const data = files.map(({ name, ...file }) => ({
      ...{ id: newId(), messageId, name: cleanFileName(name), createdAt },
      ...file,
    }));
    await tx.attachment.createMany({ data });
  }

  /** The attachments of messages, in the order in which they were added. Nothing stands under a message that has none. */
  async of(messageIds: readonly string[]): Promise<Map<string, AttachmentDto[]>> {
    if (messageIds.length === 0) return new Map();
    const rows = await this.db.client.attachment.findMany({
      where: { messageId: { in: [...messageIds] } },
      select: { ...attachmentSelect, messageId: true },
      orderBy: { id: 'asc' },
    });
    const byMessage = Map.groupBy(rows, ({ messageId }) => messageId!);
    return new Map([...byMessage].map(([id, group]) => [id, group.map(toAttachmentDto)]));
  }

  /** The attachments of a message with a way to the bytes of each. */
  async contentsOf(messageId: string): Promise<AttachmentContent[]> {
    const organizationId = requireOrganizationId('attachments');
    const rows = await this.db.client.attachment.findMany({
      where: { messageId },
      select: { ...attachmentSelect, fileId: true },
      orderBy: { id: 'asc' },
    });
    return rows.map((row) => ({
      ...toAttachmentDto(row),
      open: () => this.store.open({ organizationId, id: row.fileId }),
    }));
  }

  /**
   * A link to the bytes, for who may see the attachment: that of a note only for who reads notes, one that is on no message
   * only for who uploaded it. Throws AttachmentNotFound.
   */
  async link(by: Principal, id: string): Promise<FileLinkDto> {
    const onMessage = by.permissions.has('notes:read')
      ? { messageId: { not: null } }
      : { message: { kind: { in: ['inbound', 'reply'] } } };
    const found = await this.db.client.attachment.findFirst({
      where: { id, OR: [onMessage, { messageId: null, ...uploader() }] },
      select: { message: { select: { kind: true } } },
    });
    if (!found) throw new AttachmentNotFound();
    const isOnNote = found.message?.kind === 'note';
    const needs = ['tickets:read', ...(isOnNote ? (['notes:read'] as const) : [])] as const;
    return this.links.to(by, { kind: 'attachment', id, needs });
  }

  /** Deletes an upload of the caller that is on no message. Throws AttachmentNotFound, AttachmentInUse. */
  async remove(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const where = { id, messageId: null, ...uploader() };
      const { count } = await tx.attachment.deleteMany({ where });
      if (count === 0) throw await whyNotFound(tx, [id]);
      this.#record('attachment.deleted', id, {});
    });
  }

  #record(type: 'attachment.uploaded' | 'attachment.deleted', id: string, data: object): void {
    this.ledger.record({ type, subject: { type: 'attachment', id }, data: { ...data } });
  }
}

/** What a client sends. Throws {@link UploadBroken} where it ends before its end. */
async function* uploaded(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of content) yield chunk;
  } catch {
    throw new UploadBroken();
  }
}
