import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { requireOrganizationId } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { Log } from '#core/logging/log.js';
import { Entitlements, type Grant } from '#core/tenancy/entitlements.js';
import { LimitReached } from '#core/tenancy/entitlements.exceptions.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { StorageFull } from './attachments.exceptions.js';
import { lockStorage, storageUsed } from './attachments.sql.js';
import { FileMeter } from './file-meter.js';
import { FileStore } from './file-store.service.js';
import { mediaTypeOf } from './media-type.js';

const MEGABYTE = 1024 * 1024;
/** The largest file that people and mails bring. */
export const LARGEST_FILE = 25 * MEGABYTE;

/** Bytes that are in the store, and what they are. Whether they count is for a row to say. */
export interface StoredFile {
  id: string;
  sha256: Buffer<ArrayBuffer>;
  size: number;
  mediaType: string;
}

/**
 * Files of the organization in context: bytes go into the store first, then a row makes them count, and `release`
 * forgets those that got none. The same bytes are kept once an organization.
 */
@Injectable()
export class Files {
  readonly #mostBytes: number;

  constructor(
    private readonly db: TenantDb,
    private readonly store: FileStore,
    private readonly log: Log,
    private readonly entitlements: Entitlements,
    { settings }: AppConfig,
  ) {
    this.#mostBytes = settings.storagePerOrganization;
  }

  /**
   * Puts `content` into the store as it comes, never holding it as a whole. Throws AttachmentTooLarge and what `content`
   * throws, and then nothing of it stays.
   */
  async take(content: AsyncIterable<Uint8Array>, mostBytes = LARGEST_FILE): Promise<StoredFile> {
    const place = { organizationId: requireOrganizationId('a file'), id: newId() };
    const meter = new FileMeter(mostBytes);
    await this.store.put(place, meter.through(content));
    const mediaType = await mediaTypeOf(meter.head);
    return { id: place.id, sha256: meter.digest(), size: meter.size, mediaType };
  }

  /** Throws {@link StorageFull} or LimitReached when the organization can keep nothing more. Asked before the bytes are sent. */
  async requireRoom(): Promise<void> {
    const [row] = await this.db.sql<{ used: number }>(storageUsed, []);
    const most = this.#most(await this.entitlements.own());
    if (row!.used >= most) throw this.#full(most, row!.used);
  }

  /**
   * Makes files count, inside `tx`: gives the id of the row of each, an older one where the same bytes are kept
   * already, and null for what the storage has no room for. Holds the storage until the end of the transaction.
   */
  async record(tx: TenantTransaction, stored: readonly StoredFile[]): Promise<(string | null)[]> {
    if (stored.length === 0) return [];
    await tx.sql(lockStorage, []);
    // As it stands now: the plan may have changed while we waited.
    const most = this.#most(await this.entitlements.ownWithin(tx));
    const [row] = await tx.sql<{ used: number }>(storageUsed, []);
    let used = row!.used;
    const ids: (string | null)[] = [];
    for (const { id, sha256, size, mediaType } of stored) {
      const same = await tx.file.findFirst({ where: { sha256 }, select: { id: true } });
      if (!same && used + size <= most) {
        await tx.file.createMany({ data: [{ id, sha256, size: BigInt(size), mediaType }] });
        used += size;
        ids.push(id);
      } else ids.push(same?.id ?? null);
    }
    return ids;
  }

  /** The same for one, which must find room. Throws {@link StorageFull}, LimitReached. */
  async recordOne(tx: TenantTransaction, stored: StoredFile): Promise<string> {
    const [id] = await this.record(tx, [stored]);
    if (!id) {
      const [row] = await tx.sql<{ used: number }>(storageUsed, []);
      throw this.#full(this.#most(await this.entitlements.ownWithin(tx)), row!.used);
    }
    return id;
  }

  /**
   * Makes an archive of the organization count inside `tx`, beside its storage: who is near its end could not leave
   * otherwise. Gives the id of its row.
   */
  async recordApart(tx: TenantTransaction, { id, sha256, ...stored }: StoredFile): Promise<string> {
    await tx.sql(lockStorage, []);
    const same = await tx.file.findFirst({ where: { sha256 }, select: { id: true } });
    if (same) return same.id;
    const { size, mediaType } = stored;
    await tx.file.createMany({ data: [{ id, sha256, size: BigInt(size), mediaType }] });
    return id;
  }

  /** What the plan lets the organization keep, and at most what the operator lets everybody. */
  #most({ storageBytes }: Grant): number {
    return Math.min(storageBytes ?? this.#mostBytes, this.#mostBytes);
  }

  #full(most: number, used: number): StorageFull | LimitReached {
    return most < this.#mostBytes
      ? new LimitReached('storageBytes', most, used)
      : new StorageFull(this.#mostBytes);
  }

  /** Forgets the bytes that no row counts. For the end of whatever took them, well or badly; what it misses a sweep finds. */
  async release(stored: readonly StoredFile[]): Promise<void> {
    if (stored.length === 0) return;
    const organizationId = requireOrganizationId('files');
    const ids = stored.map(({ id }) => id);
    try {
      const rows = await this.db.client.file.findMany({
        where: { id: { in: ids } },
        select: { id: true },
      });
      const counted = new Set(rows.map(({ id }) => id));
      const left = ids.filter((id) => !counted.has(id));
      await Promise.all(left.map((id) => this.store.remove({ organizationId, id })));
    } catch (error) {
      this.log.warn('file.not_released', { organizationId, error: error as Error });
    }
  }
}
