import { Injectable } from '@nestjs/common';
import { currentActor } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';

/** Tells an organization what whoever does something to it is called: its trail shows their name. */
@Injectable()
export class KnownStaffWriter {
  /** Shows who is at work to the organization, inside `tx`. */
  async show(tx: Pick<SystemTransaction, 'knownStaff'>, organizationId: string): Promise<void> {
    const { type, id, name } = currentActor();
    if (type !== 'staff' || id === null) return;
    await tx.knownStaff.createMany({ data: [{ organizationId, id, name }], skipDuplicates: true });
  }
}
