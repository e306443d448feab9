import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import type { LockedTicket } from './operation-records.service.js';
import { addressesAddedBy, addressesMergedHere, writeTickets } from './operations.sql.js';

/** Who reads along on a ticket because another one was merged into it, and no longer when that is undone. */
@Injectable()
export class MergedCopies {
  constructor(private readonly clock: Clock) {}

  /**
   * Copies whoever asked or read along on `sources` on `target`, inside `tx`. Gives the addresses that were not on it
   * before. The tickets must be locked.
   */
  async join(
    tx: TenantTransaction,
    target: LockedTicket,
    sources: LockedTicket[],
  ): Promise<string[]> {
    const wanted = sources.flatMap(({ requesterEmail, cc }) => [requesterEmail, ...cc]);
    const known = new Set([target.requesterEmail, ...target.cc].map((it) => it.toLowerCase()));
    const added = [...new Set(wanted.map((it) => it.toLowerCase()))].filter((it) => !known.has(it));
    if (added.length > 0) await this.#write(tx, target.id, [...target.cc, ...added]);
    return added;
  }

  /**
   * Takes the addresses that merging `sources` into the first of `chain` has `added` off it again, and off the tickets
   * that it was merged into since and that had them from it: a customer whose ticket is their own again must not read
   * what is said to others. Who reads along for another reason stays. Gives the copies before and after of each ticket
   * that lost some.
   */
  async leave(
    tx: TenantTransaction,
    chain: LockedTicket[],
    sources: readonly string[],
    added: readonly string[],
  ): Promise<Map<string, [string[], string[]]>> {
    const changed = new Map<string, [string[], string[]]>();
    let leaving = added;
    for (const [place, ticket] of chain.entries()) {
      const before = chain[place - 1];
      if (before) leaving = await this.#addedBy(tx, before.id, ticket.id, leaving);
      const staying = await tx.sql<{ requesterEmail: string; cc: string[] }>(addressesMergedHere, [
        ticket.id,
        [...sources],
      ]);
      const stays = new Set(
        staying.flatMap(({ requesterEmail, cc }) => [requesterEmail, ...cc]).map(lower),
      );
      leaving = leaving.filter((it) => !stays.has(it));
      const cc = ticket.cc.filter((it) => !leaving.includes(lower(it)));
      if (cc.length === ticket.cc.length) continue;
      await this.#write(tx, ticket.id, cc);
      changed.set(ticket.id, [ticket.cc, cc]);
    }
    return changed;
  }

  /** Those of `addresses` that came to `target` when `source` was merged into it, and not before. */
  async #addedBy(
    tx: TenantTransaction,
    source: string,
    target: string,
    addresses: readonly string[],
  ): Promise<string[]> {
    const rows = await tx.sql<{ ccAdded: string[] | null }>(addressesAddedBy, [source, target]);
    const added = new Set(rows.flatMap(({ ccAdded }) => ccAdded ?? []));
    return addresses.filter((it) => added.has(it));
  }

  async #write(tx: TenantTransaction, id: string, cc: string[]): Promise<void> {
    await tx.sql(writeTickets, [JSON.stringify([{ id, data: { cc } }]), this.clock.now()]);
  }
}

function lower(address: string): string {
  return address.toLowerCase();
}
