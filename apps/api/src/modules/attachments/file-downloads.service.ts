import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { currentContext, runInContext } from '#core/context/context.js';
import { Log } from '#core/logging/log.js';
import { ActorRights } from '#core/tenancy/actor-rights.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { FileLinkDead } from './attachments.exceptions.js';
import { FileLinks, type LinkTarget } from './file-links.service.js';
import { FileMissing, FileStore, type ByteRange } from './file-store.service.js';

/** A file that somebody may have, and the way to its bytes. */
export interface Download {
  name: string;
  mediaType: string;
  size: number;
  /** SHA-256 of the bytes in hex: the same bytes are the same everywhere. */
  digest: string;
  /** Opens the bytes, or some of them. Throws FileLinkDead when they are gone. */
  open(range?: ByteRange): Promise<Readable>;
}

const fileSelect = { id: true, sha256: true, size: true, mediaType: true } as const;

/** Files for who follows a link. The organization is the link's own, and the row is looked up in it anew. */
@Injectable()
export class FileDownloads {
  constructor(
    private readonly db: TenantDb,
    private readonly links: FileLinks,
    private readonly store: FileStore,
    private readonly rights: ActorRights,
    private readonly log: Log,
  ) {}

  /**
   * Throws {@link FileLinkDead}: a wrong link, a late one, one to what was removed, and one of somebody who may not have
   * the file any more look the same.
   */
  async find(token: string): Promise<Download> {
    const target = this.links.read(token);
    const { organizationId } = target;
    const context = { requestId: 'file', ...currentContext(), organizationId };
    const found = await runInContext(context, () => this.#row(target));
    if (!found) throw new FileLinkDead();
    const { file, name } = found;
    const place = { organizationId, id: file.id };
    return {
      ...{ name, mediaType: file.mediaType, size: Number(file.size) },
      digest: Buffer.from(file.sha256).toString('hex'),
      open: (range) =>
        this.store.open(place, range).catch((error: Error) => {
          if (!(error instanceof FileMissing)) throw error;
          this.log.error('file.missing', { ...place, error });
          throw new FileLinkDead();
        }),
    };
  }

  async #row({ kind, id, name, by, needs }: LinkTarget) {
    const rights = await this.rights.of(by);
    if (!needs.every((right) => rights.has(right))) return null;
    if (kind === 'attachment')
      return this.db.client.attachment.findFirst({
        where: { id },
        select: { name: true, file: { select: fileSelect } },
      });
    const file = await this.db.client.file.findFirst({ where: { id }, select: fileSelect });
    return file && { file, name };
  }
}
