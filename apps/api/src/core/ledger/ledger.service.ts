import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/config.module.js';
import { Clock } from '../context/clock.js';
import { currentContext, requireOrganizationId } from '../context/context.js';
import type { SystemTransaction } from '../database/prisma-client.js';
import {
  CLOSING_STATEMENT,
  currentTransaction,
  ENTER_STATEMENT,
  type RawRunner,
  type TransactionScope,
} from '../database/transaction.js';
import { EventCatalogue } from './event-catalogue.js';
import { toAppendable, type AppendableEvent, type NewEvent } from './ledger-event.js';

/** An event was recorded outside a transaction: it could not be written together with its change. */
export class NoTransaction extends Error {
  constructor(type: string) {
    super(`${type} was recorded outside a transaction: record it in the one that makes the change`);
    this.name = 'NoTransaction';
  }
}

/**
 * Where services state what happened. The events of a transaction are collected and appended together as its last
 * statement, so that the lock on the organization's head is held only from there to the commit.
 */
@Injectable()
export class Ledger {
  readonly #pending = new WeakMap<TransactionScope, Map<string, AppendableEvent[]>>();

  constructor(
    private readonly clock: Clock,
    private readonly catalogue: EventCatalogue,
    private readonly config: AppConfig,
  ) {}

  /** Begins the log of a new organization, inside `tx`. Its first event chains to 32 zero bytes. */
  async open(tx: SystemTransaction, organizationId: string): Promise<void> {
    await tx.ledgerHead.create({
      data: { organizationId, hash: new Uint8Array(32) },
      select: { seq: true },
    });
  }

  /** Records `event` in the transaction under way. Throws {@link NoTransaction} when there is none. */
  record(event: NewEvent): void {
    const transaction = currentTransaction();
    if (!transaction) throw new NoTransaction(event.type);
    this.#add(transaction, requireOrganizationId(event.type), event);
    transaction.beforeCommit('ledger', (runner) => this.#append(transaction, runner));
  }

  /**
   * Records `event` in the log of `organizationId`, in a transaction of the cross-tenant handle: what a person does to
   * their account is told to every organization that they are in. Throws {@link NoTransaction} when there is none.
   */
  recordIn(organizationId: string, event: NewEvent): void {
    const transaction = currentTransaction();
    if (!transaction) throw new NoTransaction(event.type);
    this.#add(transaction, organizationId, event);
    transaction.beforeCommit('ledger', (runner) => this.#append(transaction, runner));
  }

  #add(transaction: TransactionScope, organizationId: string, event: NewEvent): void {
    const logs = this.#pending.get(transaction) ?? new Map<string, AppendableEvent[]>();
    this.#pending.set(transaction, logs);
    logs.set(organizationId, [...(logs.get(organizationId) ?? []), this.prepare(event)]);
  }

  /** One log is the usual case, of the organization that is set already. Several are locked in one order for everybody. */
  async #append(transaction: TransactionScope, runner: RawRunner): Promise<void> {
    const current = currentContext()?.organizationId;
    const logs = [...this.#pending.get(transaction)!].toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [organizationId, events] of logs) {
      if (organizationId !== current || logs.length > 1)
        await runner.$queryRawUnsafe(ENTER_STATEMENT, organizationId);
      await runner.$queryRawUnsafe(CLOSING_STATEMENT, JSON.stringify(events));
    }
  }

  /**
   * The event as `ledger_append` takes it, for a hand-written statement that calls the function itself. Under test it is
   * held against what its room declares, so that the published catalogue is true: throws EventNotAsDeclared. `places` are
   * values that the statement replaces by what it alone knows.
   */
  prepare(event: NewEvent, places: readonly string[] = []): AppendableEvent {
    if (this.config.settings.mode === 'test') this.catalogue.check(event, places);
    return toAppendable(event, this.clock.now());
  }
}
