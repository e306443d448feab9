import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { newId } from '#core/context/ids.js';
import { changesOf, requireSeen, type SeenVersion } from '#core/context/version.js';
import { wholePage, type Page } from '#core/database/page.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { countAlone } from '#core/tenancy/limit-lock.js';
import type { TenantClient, TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TicketStateDto } from './dto/ticket-state.dto.js';
import {
  TicketStateIsArchived,
  TicketStateIsDefault,
  TicketStateNameTaken,
  TicketStateNotFound,
  TooManyTicketStates,
} from './ticket-states.exceptions.js';
import { holdStates } from './ticket-states.sql.js';
import { stateSelect, toTicketStateDto, type StateRow } from './ticket-states.view.js';
import type { TicketStatus } from './ticket-terms.js';

export interface NewState {
  name: string;
  category: TicketStatus;
  position?: number;
}

export interface StateChange {
  name?: string;
  position?: number;
  isDefault?: true;
}

/** More than a menu can show. */
const MOST_STATES = 100;
const UNIQUE_VIOLATION = 'P2002';

/** The states of an organization's tickets, as they are made, ordered and archived. The category of each is fixed. */
@Injectable()
export class TicketStateSettings {
  constructor(
    private readonly db: TenantDb,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** All states in their order, the archived ones too: tickets may still be in them. */
  async list(): Promise<Page<TicketStateDto>> {
    const rows = await this.db.client.ticketState.findMany({
      select: stateSelect,
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
    });
    return wholePage(rows.map(toTicketStateDto));
  }

  /** Makes a state. Throws {@link TicketStateNameTaken}, {@link TooManyTicketStates}. */
  async create({ name, category, position }: NewState): Promise<TicketStateDto> {
    return this.#write(async (tx) => {
      await countAlone(tx, 'states');
      if ((await tx.ticketState.count({ where: { archivedAt: null } })) >= MOST_STATES)
        throw new TooManyTicketStates(MOST_STATES);
      const { _max: last } = await tx.ticketState.aggregate({ _max: { position: true } });
      const place = position ?? (last.position ?? 0) + 1;
      const row = await tx.ticketState.create({
        data: { id: newId(), name, category, position: place },
        select: stateSelect,
      });
      this.#record('ticket_state.created', row);
      return toTicketStateDto(row);
    });
  }

  /**
   * Changes what is given and leaves the rest. Throws {@link TicketStateNotFound}, {@link TicketStateNameTaken},
   * {@link TicketStateIsArchived} for a default one, EditConflict.
   */
  async change(id: string, change: StateChange, seen: SeenVersion): Promise<TicketStateDto> {
    return this.#write(async (tx) => {
      const before = await this.#held(tx, id);
      const changes = changesOf(before, change);
      requireSeen(seen, before, change);
      if (Object.keys(changes).length === 0) return toTicketStateDto(before);
      if (changes.isDefault) await this.#yield(tx, before);
      const after = await this.#update(tx, id, change);
      this.#record('ticket_state.changed', after, changes);
      return toTicketStateDto(after);
    });
  }

  /** Archives a state; its tickets keep it. Throws {@link TicketStateNotFound}, {@link TicketStateIsDefault}. */
  async archive(id: string): Promise<void> {
    await this.#write(async (tx) => {
      const before = await this.#held(tx, id);
      if (before.archivedAt !== null) return;
      if (before.isDefault) throw new TicketStateIsDefault();
      const after = await this.#update(tx, id, { archivedAt: this.clock.now() });
      this.#record('ticket_state.archived', after);
    });
  }

  /** Takes the place from the default state of its category, for one that is not archived. */
  async #yield(tx: TenantTransaction, { category, archivedAt }: StateRow): Promise<void> {
    if (archivedAt !== null) throw new TicketStateIsArchived();
    const stepped = await tx.ticketState.updateManyAndReturn({
      where: { category, isDefault: true },
      data: { isDefault: false, version: { increment: 1 }, updatedAt: this.clock.now() },
      select: stateSelect,
    });
    for (const row of stepped)
      this.#record('ticket_state.changed', row, { isDefault: [true, false] });
  }

  async #update(
    tx: TenantClient,
    id: string,
    data: StateChange & { archivedAt?: Date },
  ): Promise<StateRow> {
    const [row] = await tx.ticketState.updateManyAndReturn({
      where: { id },
      data: { ...data, version: { increment: 1 }, updatedAt: this.clock.now() },
      select: stateSelect,
    });
    return row!;
  }

  async #held(tx: TenantTransaction, id: string): Promise<StateRow> {
    await tx.sql(holdStates, []);
    const row = await tx.ticketState.findFirst({ where: { id }, select: stateSelect });
    if (!row) throw new TicketStateNotFound();
    return row;
  }

  #record(
    type: string,
    { id, name, category }: StateRow,
    changes?: Record<string, [unknown, unknown]>,
  ): void {
    this.ledger.record({
      type,
      subject: { type: 'ticket_state', id },
      data: { name, category },
      ...(changes && { changes }),
    });
  }

  /** Only a name can be there twice: which is the default is decided with all states held. */
  async #write<T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
    return this.db.transaction(work).catch((error: unknown) => {
      if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) throw new TicketStateNameTaken();
      throw error;
    });
  }
}
