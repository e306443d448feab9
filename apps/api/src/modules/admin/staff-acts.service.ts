import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentActor, currentContext } from '#core/context/context.js';
import { newId } from '#core/context/ids.js';
import { AdminDb } from '#core/database/admin-db.js';
import { COUNTED_AT_MOST, toPage, type Page, type PageRequest } from '#core/database/page.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import type { StaffActDto } from './dto/staff-act.dto.js';

/** What somebody of the staff did. */
export interface NewAct {
  /** `domain.action`, in the past tense. */
  type: string;
  data?: Record<string, string | number | boolean | null>;
  organizationId?: string;
  /** Who, where the context does not say it yet: at a sign-in. */
  staffId?: string;
}

/** The staff's own log: one line an act, written with it, and never changed. */
@Injectable()
export class StaffActs {
  constructor(
    private readonly db: AdminDb,
    private readonly clock: Clock,
  ) {}

  /** Writes the act down inside `tx`, which may be of another handle: that one adds acts too, and reads none. */
  async record(
    tx: Pick<SystemTransaction, 'staffAct'>,
    { type, data = {}, organizationId, staffId }: NewAct,
  ): Promise<void> {
    const actor = currentActor();
    const { requestId, origin } = currentContext() ?? {};
    await tx.staffAct.createMany({
      data: [
        {
          id: newId(),
          at: this.clock.now(),
          staffId: staffId ?? (actor.type === 'staff' ? actor.id : null),
          type,
          organizationId: organizationId ?? null,
          data,
          requestId: requestId ?? null,
          address: origin?.address ?? null,
        },
      ],
    });
  }

  /** The acts, the newest first; those that touched one organization when it is named. */
  async list(page: PageRequest, organizationId?: string): Promise<Page<StaffActDto>> {
    const { cursor, skip, limit } = page;
    const of = organizationId === undefined ? {} : { organizationId };
    const { client } = this.db;
    const [rows, counted] = await Promise.all([
      client.staffAct.findMany({
        where: {
          ...of,
          ...(cursor && {
            OR: [{ at: { lt: cursor.key } }, { at: cursor.key, id: { lt: cursor.id } }],
          }),
        },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        skip,
        take: limit + 1,
        include: { staff: { select: { name: true } } },
      }),
      client.staffAct.count({ where: of, take: COUNTED_AT_MOST }),
    ]);
    const placeOf = ({ at, id }: { at: Date; id: string }) => ({ key: at.toISOString(), id });
    return toPage(rows, page, counted, placeOf, ({ staff, at, data, ...row }) => ({
      ...row,
      at: at.toISOString(),
      staffName: staff?.name ?? null,
      data: data as Record<string, unknown>,
    }));
  }
}
