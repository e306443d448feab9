import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { DomainError } from '#core/errors/domain-error.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TicketChanges, type TicketChange } from '#modules/tickets/ticket-changes.service.js';
import { UsersService } from '#modules/users/users.service.js';
import type { LockedTicket } from './operation-records.service.js';
import type { UndoConflict } from './operations.exceptions.js';

/** What an operation changed of one ticket, as its item keeps it. */
export interface ChangedItem {
  ticketId: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** Gives one ticket back the fields that an operation changed. */
@Injectable()
export class ItemUndoing {
  constructor(
    private readonly changes: TicketChanges,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  /** The fields of the item that are not as the operation left them. Empty when it can be undone. */
  conflictsOf(item: ChangedItem, now: LockedTicket): UndoConflict[] {
    const about = { ticketId: now.id, number: now.number };
    if (now.mergedIntoId !== null && Object.keys(item.after).length > 0) {
      const merge = { field: 'mergedIntoId', before: null, after: null, now: now.mergedIntoId };
      return [{ ...about, ...merge }];
    }
    return Object.entries(item.after)
      .filter(([field, after]) => isConflict(field, after, valueOf(now, field)))
      .map(([field, after]) => ({
        ...about,
        ...(field === 'stateId'
          ? {
              field: 'status',
              before: item.before.status ?? item.before.stateId,
              after: item.after.status ?? after,
            }
          : { field, before: item.before[field], after }),
        now:
          field === 'stateId' && item.after.status !== undefined ? now.status : valueOf(now, field),
      }));
  }

  /** Holds whom the undoing of `items` gives tickets back to, inside `tx` and before their tickets are locked. */
  async hold(tx: TenantTransaction, items: readonly ChangedItem[]): Promise<void> {
    await this.changes.hold(
      tx,
      items.map(({ before }) => before.assigneeId),
    );
  }

  /** Undoes the item inside `tx`; its ticket must be locked and without a conflict. Throws what a change throws. */
  async undo(tx: TenantTransaction, operationId: string, item: ChangedItem): Promise<void> {
    const change = await this.#change(tx, item);
    const options = { operationId, maySettle: true, restores: true };
    await this.changes.apply(tx, item.ticketId, change, options);
  }

  async #change(tx: TenantTransaction, { before, after }: ChangedItem): Promise<TicketChange> {
    const change: Record<string, unknown> = {};
    const fields: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(before)) {
      if (field.startsWith('fields.')) fields[field.slice('fields.'.length)] = value;
      else if (field === 'tags') Object.assign(change, tagsBack(before, after));
      else if (field === 'assigneeId') change.assigneeId = await this.#ifThere(tx, value);
      else if (field === 'snoozedUntil') change.snoozedUntil = this.#ifAhead(value);
      // The state says it more closely, and the company follows from who asks.
      else if (field !== 'status' && field !== 'companyId') change[field] = value;
    }
    return { ...change, ...(Object.keys(fields).length > 0 && { fields }) } as TicketChange;
  }

  /** Somebody who has left since cannot have it back: it would wait unseen with them. */
  async #ifThere(tx: TenantTransaction, userId: unknown): Promise<string | null> {
    if (typeof userId !== 'string') return null;
    const there = await this.users.getActive(userId, tx).catch((error: unknown) => {
      if (error instanceof DomainError) return null;
      throw error;
    });
    return there === null ? null : userId;
  }

  /** A time that has passed meanwhile is over. */
  #ifAhead(instant: unknown): string | null {
    const isAhead = typeof instant === 'string' && Date.parse(instant) > this.clock.now().getTime();
    return isAhead ? instant : null;
  }
}

/** Each tag by itself: those that were added go, those that were taken away come back, all others stay. */
function tagsBack(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): { addTags: string[]; removeTags: string[] } {
  const [was, became] = [before.tags as string[], after.tags as string[]];
  return {
    addTags: was.filter((tag) => !became.includes(tag)),
    removeTags: became.filter((tag) => !was.includes(tag)),
  };
}

/** Tags are undone one by one and never collide; a ticket that has woken up needs no waking. */
function isConflict(field: string, after: unknown, now: unknown): boolean {
  if (field === 'tags' || field === 'status' || field === 'companyId') return false;
  if (field === 'snoozedUntil') return now !== null && time(now) !== time(after);
  return JSON.stringify(after ?? null) !== JSON.stringify(now ?? null);
}

function time(instant: unknown): number {
  return typeof instant === 'string' ? Date.parse(instant) : Number.NaN;
}

function valueOf(ticket: LockedTicket, field: string): unknown {
  if (field.startsWith('fields.')) return ticket.fields[field.slice('fields.'.length)] ?? null;
  return (ticket as unknown as Record<string, unknown>)[field] ?? null;
}
