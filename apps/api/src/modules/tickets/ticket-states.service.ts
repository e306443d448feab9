import { Injectable } from '@nestjs/common';
import type { TenantClient } from '#core/tenancy/tenant-client.js';
import { TicketStateIsArchived, TicketStateNotFound } from './ticket-states.exceptions.js';
import type { TicketStatus } from './ticket-terms.js';

/** A state and its category. */
export interface KnownState {
  stateId: string;
  status: TicketStatus;
}

/** Which states there are for a ticket to be in. Making and changing them is in `ticket-state-settings.service.ts`. */
@Injectable()
export class TicketStates {
  /**
   * The state `id`, inside `tx`. Throws {@link TicketStateNotFound}, and {@link TicketStateIsArchived} unless
   * `archivedToo`.
   */
  async find(tx: TenantClient, id: string, archivedToo = false): Promise<KnownState> {
    const state = await tx.ticketState.findFirst({
      where: { id },
      select: { id: true, category: true, archivedAt: true },
    });
    if (!state) throw new TicketStateNotFound();
    if (state.archivedAt !== null && !archivedToo) throw new TicketStateIsArchived();
    return { stateId: state.id, status: state.category as TicketStatus };
  }

  /** The state that a ticket gets when only the category is said, inside `tx`. Every category has one from birth. */
  async defaultOf(tx: TenantClient, status: TicketStatus): Promise<KnownState> {
    const { id } = await tx.ticketState.findFirstOrThrow({
      where: { category: status, isDefault: true },
      select: { id: true },
    });
    return { stateId: id, status };
  }
}
