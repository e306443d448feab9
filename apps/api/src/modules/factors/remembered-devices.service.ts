import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import {
  COUNTED_AT_MOST,
  newestFirst,
  newestFirstCursor,
  toPage,
  type Page,
  type PageRequest,
} from '#core/database/page.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import type { DeviceDto } from './dto/device.dto.js';
import { toDeviceDto } from './factors.view.js';

const DAY = 24 * 3_600_000;
/** Milliseconds that a device is remembered. Using it does not make it longer. */
const REMEMBERED_FOR = 30 * DAY;

/** Devices that need not show the second factor again for a while. Never spare anybody the first one. */
@Injectable()
export class RememberedDevices {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
  ) {}

  /** Remembers a device in `tx`, which `device` names in words. Gives its id and the token for its cookie, of which the hash alone is kept. */
  async remember(
    tx: Pick<SystemTransaction, 'rememberedDevice'>,
    identityId: string,
    device: string,
  ): Promise<{ id: string; token: string }> {
    const id = newId();
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    await tx.rememberedDevice.create({
      data: {
        id,
        identityId,
        tokenHash: hashOf(token),
        device,
        createdAt: now,
        lastUsedAt: now,
        expiresAt: new Date(now.getTime() + REMEMBERED_FOR),
      },
      select: { id: true },
    });
    return { id, token };
  }

  /** Whether `token` is of a device of this person that is still remembered. Notes that it was used. */
  async isRemembered(identityId: string, token: string | null | undefined): Promise<boolean> {
    if (!token || token.length > 100) return false;
    const now = this.clock.now();
    const { count } = await this.system.client.rememberedDevice.updateMany({
      where: { identityId, tokenHash: hashOf(token), expiresAt: { gt: now } },
      data: { lastUsedAt: now },
    });
    return count > 0;
  }

  /** Forgets every device of the person in `tx`. Gives how many. */
  async forgetAll(
    tx: Pick<SystemTransaction, 'rememberedDevice'>,
    identityId: string,
  ): Promise<number> {
    return (await tx.rememberedDevice.deleteMany({ where: { identityId } })).count;
  }

  /** The devices that are remembered, the newest first. */
  async list(identityId: string, page: PageRequest): Promise<Page<DeviceDto>> {
    const { where, ...order } = newestFirst(page);
    const mine = { identityId, expiresAt: { gt: this.clock.now() } };
    const { rememberedDevice } = this.system.client;
    const [rows, counted] = await Promise.all([
      rememberedDevice.findMany({ where: { AND: [mine, where] }, ...order }),
      rememberedDevice.count({ where: mine, take: COUNTED_AT_MOST }),
    ]);
    return toPage(rows, page, counted, newestFirstCursor, toDeviceDto);
  }

  /** Forgets one device of the person in `tx`. Gives whether there was one. */
  async forget(
    tx: Pick<SystemTransaction, 'rememberedDevice'>,
    identityId: string,
    id: string,
  ): Promise<boolean> {
    const { count } = await tx.rememberedDevice.deleteMany({ where: { id, identityId } });
    return count > 0;
  }

  /** Deletes those whose time is over. Gives how many. */
  async deleteExpired(): Promise<number> {
    const where = { expiresAt: { lte: this.clock.now() } };
    return (await this.system.client.rememberedDevice.deleteMany({ where })).count;
  }
}

function hashOf(token: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(token).digest() as Buffer<ArrayBuffer>;
}
